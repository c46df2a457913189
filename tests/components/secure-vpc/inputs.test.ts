import { expect } from "chai";
import { type NatGateways } from "../../../components/secure-vpc";
import { buildVpc, threeZones } from "./fixture";

const subnetSpecs = [
  { name: "private", type: "Private", cidrMask: 20, tags: {} },
  { name: "public", type: "Public", cidrMask: 24, tags: {} },
  { name: "data", type: "Isolated", cidrMask: 24, tags: {} },
  { name: "cluster", type: "Isolated", cidrMask: 28, tags: {} },
];

describe("SecureVpc's network", () => {
  it("leaves no choice to defaults", async () => {
    const { find } = await buildVpc();
    expect(find("awsx:ec2:Vpc", "net").inputs).to.deep.equal({
      region: "us-west-2",
      cidrBlock: "10.40.0.0/16",
      availabilityZoneNames: threeZones,
      availabilityZoneCidrMask: 18,
      subnetStrategy: "Auto",
      subnetNameTagStrategy: "AvailabilityZone",
      subnetSpecs,
      natGateways: { strategy: "OnePerAz" },
      enableDnsSupport: true,
      enableDnsHostnames: true,
      tags: { Name: "net" },
    });
  });

  it("tags the subnets for load balancers of the cluster that it is told of", async () => {
    const { find } = await buildVpc({ clusterName: "auterity-dev" });
    const cluster = { "kubernetes.io/cluster/auterity-dev": "shared" };
    expect(find("awsx:ec2:Vpc", "net").inputs["subnetSpecs"]).to.deep.equal([
      { ...subnetSpecs[0], tags: { ...cluster, "kubernetes.io/role/internal-elb": "1" } },
      { ...subnetSpecs[1], tags: { ...cluster, "kubernetes.io/role/elb": "1" } },
      subnetSpecs[2],
      subnetSpecs[3],
    ]);
  });

  const strategies: [NatGateways, string][] = [
    ["per-zone", "OnePerAz"],
    ["single", "Single"],
    ["regional", "None"],
    ["none", "None"],
  ];
  for (const [natGateways, strategy] of strategies) {
    it(`asks awsx for the strategy ${strategy} when NAT gateways are ${natGateways}`, async () => {
      const { find } = await buildVpc({ natGateways });
      expect(find("awsx:ec2:Vpc", "net").inputs["natGateways"]).to.deep.equal({ strategy });
    });
  }

  it("routes each private subnet through the regional NAT gateway", async () => {
    const { find } = await buildVpc({ natGateways: "regional" });
    expect(find("aws:ec2/natGateway:NatGateway", "net-nat").inputs).to.deep.equal({
      region: "us-west-2",
      vpcId: "vpc-net",
      availabilityMode: "regional",
      connectivityType: "public",
      tags: { Name: "net-nat" },
    });
    for (const zone of threeZones) {
      expect(find("aws:ec2/route:Route", `net-egress-${zone}`).inputs).to.deep.equal({
        region: "us-west-2",
        routeTableId: `rtb-net-private-${zone}`,
        destinationCidrBlock: "0.0.0.0/0",
        natGatewayId: "net-nat-id",
      });
    }
  });

  it("adopts the default security group and route table empty", async () => {
    const { find } = await buildVpc();
    expect(
      find("aws:ec2/defaultSecurityGroup:DefaultSecurityGroup", "net-default-group").inputs,
    ).to.deep.equal({
      region: "us-west-2",
      vpcId: "vpc-net",
      ingress: [],
      egress: [],
      tags: { Name: "net-default-group" },
    });
    expect(
      find("aws:ec2/defaultRouteTable:DefaultRouteTable", "net-default-routes").inputs,
    ).to.deep.equal({
      region: "us-west-2",
      defaultRouteTableId: "rtb-net-default",
      routes: [],
      tags: { Name: "net-default-routes" },
    });
  });

  it("adopts the default network ACL with the web and high ports alone open to the outside", async () => {
    const { registrations, find } = await buildVpc();
    const acl = find("aws:ec2/defaultNetworkAcl:DefaultNetworkAcl", "net-default-acl");
    const anywhere = { cidrBlock: "0.0.0.0/0" };
    const all = { ruleNo: 100, action: "allow", protocol: "-1", fromPort: 0, toPort: 0 };
    expect(acl.inputs).to.deep.equal({
      region: "us-west-2",
      defaultNetworkAclId: "acl-net-default",
      ingress: [
        { ...all, cidrBlock: "10.40.0.0/16" },
        { ...anywhere, ruleNo: 300, action: "allow", protocol: "tcp", fromPort: 80, toPort: 80 },
        { ...anywhere, ruleNo: 310, action: "allow", protocol: "tcp", fromPort: 443, toPort: 443 },
        {
          ...anywhere,
          ruleNo: 400,
          action: "allow",
          protocol: "tcp",
          fromPort: 1024,
          toPort: 65535,
        },
        {
          ...anywhere,
          ruleNo: 410,
          action: "allow",
          protocol: "udp",
          fromPort: 1024,
          toPort: 65535,
        },
        {
          ...anywhere,
          ruleNo: 420,
          action: "allow",
          protocol: "icmp",
          fromPort: 0,
          toPort: 0,
          icmpType: 3,
          icmpCode: 4,
        },
      ],
      egress: [{ ...all, ...anywhere }],
      tags: { Name: "net-default-acl" },
    });
    expect(registrations.filter((r) => r.ignoreChanges.length > 0)).to.deep.equal([acl]);
    expect(acl.ignoreChanges).to.deep.equal(["subnetIds"]);
  });

  it("keeps the data subnets to the VPC, in both directions", async () => {
    const { registrations, find } = await buildVpc();
    const rules = registrations
      .filter((r) => r.type === "aws:ec2/networkAclRule:NetworkAclRule")
      .map(({ name, inputs }) => ({ name, ...inputs }));
    const ofVpc = {
      region: "us-west-2",
      networkAclId: "net-data-id",
      ruleAction: "allow",
      cidrBlock: "10.40.0.0/16",
    };
    const https = { ...ofVpc, ruleNumber: 100, protocol: "tcp", fromPort: 443, toPort: 443 };
    const high = { ...ofVpc, ruleNumber: 110, protocol: "tcp", fromPort: 1024, toPort: 65535 };
    const mtu = { ...ofVpc, ruleNumber: 120, protocol: "icmp", icmpType: 3, icmpCode: 4 };
    expect(rules).to.have.deep.members([
      { name: "net-data-in-https", egress: false, ...https },
      { name: "net-data-in-high-ports", egress: false, ...high },
      { name: "net-data-in-path-mtu", egress: false, ...mtu },
      { name: "net-data-out-https", egress: true, ...https },
      { name: "net-data-out-high-ports", egress: true, ...high },
      { name: "net-data-out-path-mtu", egress: true, ...mtu },
    ]);
    for (const zone of threeZones) {
      expect(
        find("aws:ec2/networkAclAssociation:NetworkAclAssociation", `net-data-${zone}`).inputs,
      ).to.deep.equal({
        region: "us-west-2",
        networkAclId: "net-data-id",
        subnetId: `subnet-net-data-${zone}`,
      });
    }
  });
});

describe("SecureVpc's endpoints", () => {
  for (const service of ["s3", "dynamodb"]) {
    it(`reaches ${service} by a gateway, from the private subnets`, async () => {
      const { find } = await buildVpc();
      const { policy, ...inputs } = find(
        "aws:ec2/vpcEndpoint:VpcEndpoint",
        `net-endpoint-${service}`,
      ).inputs;
      expect(policy).to.be.a("string").that.contains("OwnPrincipalsOnOwnResources");
      expect(inputs).to.deep.equal({
        region: "us-west-2",
        vpcId: "vpc-net",
        vpcEndpointType: "Gateway",
        serviceName: `com.amazonaws.us-west-2.${service}`,
        tags: { Name: `net-endpoint-${service}` },
      });
      for (const zone of threeZones) {
        const association = find(
          "aws:ec2/vpcEndpointRouteTableAssociation:VpcEndpointRouteTableAssociation",
          `net-endpoint-${service}-${zone}`,
        );
        expect(association.inputs).to.deep.equal({
          region: "us-west-2",
          vpcEndpointId: `net-endpoint-${service}-id`,
          routeTableId: `rtb-net-private-${zone}`,
        });
      }
    });
  }

  it("puts an interface endpoint into every private subnet, under the service's own name", async () => {
    const { find } = await buildVpc({ interfaceEndpoints: ["ecr.api"] });
    const { policy, ...inputs } = find(
      "aws:ec2/vpcEndpoint:VpcEndpoint",
      "net-endpoint-ecr.api",
    ).inputs;
    expect(policy).to.be.a("string").that.contains('"aws:PrincipalAccount":"123456789012"');
    expect(inputs).to.deep.equal({
      region: "us-west-2",
      vpcId: "vpc-net",
      vpcEndpointType: "Interface",
      serviceName: "com.amazonaws.us-west-2.ecr.api",
      subnetIds: threeZones.map((zone) => `subnet-net-private-${zone}`),
      securityGroupIds: ["net-endpoints-id"],
      privateDnsEnabled: true,
      tags: { Name: "net-endpoint-ecr.api" },
    });
  });

  it("admits HTTPS from the VPC and nothing else", async () => {
    const { find } = await buildVpc({ interfaceEndpoints: ["ecr.api"] });
    expect(find("aws:ec2/securityGroup:SecurityGroup", "net-endpoints").inputs).to.deep.equal({
      region: "us-west-2",
      vpcId: "vpc-net",
      description: "Interface endpoints: HTTPS from the VPC",
      tags: { Name: "net-endpoints" },
    });
    expect(
      find("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", "net-endpoints-https")
        .inputs,
    ).to.deep.equal({
      region: "us-west-2",
      securityGroupId: "net-endpoints-id",
      description: "HTTPS from the VPC",
      cidrIpv4: "10.40.0.0/16",
      ipProtocol: "tcp",
      fromPort: 443,
      toPort: 443,
      tags: { Name: "net-endpoints-https" },
    });
  });
});
