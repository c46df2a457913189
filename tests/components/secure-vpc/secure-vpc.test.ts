import { expect } from "chai";
import { type SecureVpcArgs } from "../../../components/secure-vpc";
import { valueOf } from "../../support/engine";
import { buildVpc, fourZones, identities, threeZones } from "./fixture";

/** Children of every SecureVpc with three zones, beside the component itself. */
const always = [
  "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl net-default-acl",
  "aws:ec2/defaultRouteTable:DefaultRouteTable net-default-routes",
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup net-default-group",
  "aws:ec2/flowLog:FlowLog net-flow-logs",
  "aws:ec2/networkAcl:NetworkAcl net-data",
  "aws:ec2/networkAclAssociation:NetworkAclAssociation net-data-us-west-2a",
  "aws:ec2/networkAclAssociation:NetworkAclAssociation net-data-us-west-2b",
  "aws:ec2/networkAclAssociation:NetworkAclAssociation net-data-us-west-2c",
  "aws:ec2/networkAclRule:NetworkAclRule net-data-in-high-ports",
  "aws:ec2/networkAclRule:NetworkAclRule net-data-in-https",
  "aws:ec2/networkAclRule:NetworkAclRule net-data-in-path-mtu",
  "aws:ec2/networkAclRule:NetworkAclRule net-data-out-high-ports",
  "aws:ec2/networkAclRule:NetworkAclRule net-data-out-https",
  "aws:ec2/networkAclRule:NetworkAclRule net-data-out-path-mtu",
  "aws:ec2/vpcEndpoint:VpcEndpoint net-endpoint-dynamodb",
  "aws:ec2/vpcEndpoint:VpcEndpoint net-endpoint-s3",
  "aws:ec2/vpcEndpointRouteTableAssociation:VpcEndpointRouteTableAssociation net-endpoint-dynamodb-us-west-2a",
  "aws:ec2/vpcEndpointRouteTableAssociation:VpcEndpointRouteTableAssociation net-endpoint-dynamodb-us-west-2b",
  "aws:ec2/vpcEndpointRouteTableAssociation:VpcEndpointRouteTableAssociation net-endpoint-dynamodb-us-west-2c",
  "aws:ec2/vpcEndpointRouteTableAssociation:VpcEndpointRouteTableAssociation net-endpoint-s3-us-west-2a",
  "aws:ec2/vpcEndpointRouteTableAssociation:VpcEndpointRouteTableAssociation net-endpoint-s3-us-west-2b",
  "aws:ec2/vpcEndpointRouteTableAssociation:VpcEndpointRouteTableAssociation net-endpoint-s3-us-west-2c",
  "aws:kms/key:Key net-flow-logs",
  "aws:s3/bucket:Bucket net-flow-logs",
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration net-flow-logs-lifecycle",
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls net-flow-logs-ownership",
  "aws:s3/bucketPolicy:BucketPolicy net-flow-logs-policy",
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock net-flow-logs-public-access",
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration net-flow-logs-encryption",
  "aws:s3/bucketVersioning:BucketVersioning net-flow-logs-versioning",
  "awsx:ec2:Vpc net",
];
const component = "platform:network:SecureVpc net";
const regionalEgress = [
  "aws:ec2/natGateway:NatGateway net-nat",
  "aws:ec2/route:Route net-egress-us-west-2a",
  "aws:ec2/route:Route net-egress-us-west-2b",
  "aws:ec2/route:Route net-egress-us-west-2c",
];
const twoEndpoints = [
  "aws:ec2/securityGroup:SecurityGroup net-endpoints",
  "aws:ec2/vpcEndpoint:VpcEndpoint net-endpoint-ecr.api",
  "aws:ec2/vpcEndpoint:VpcEndpoint net-endpoint-sts",
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule net-endpoints-https",
];

const shapes: [string, Partial<SecureVpcArgs>, string[]][] = [
  ["nothing but what is required", {}, []],
  ["a single NAT gateway", { natGateways: "single" }, []],
  ["no NAT gateway", { natGateways: "none" }, []],
  ["a regional NAT gateway", { natGateways: "regional" }, regionalEgress],
  ["two interface endpoints", { interfaceEndpoints: ["ecr.api", "sts"] }, twoEndpoints],
];

describe("SecureVpc", () => {
  for (const mode of ["known", "unknown"] as const) {
    for (const [title, overrides, extra] of shapes) {
      it(`registers exactly its parts with ${title}, values ${mode}`, async () => {
        const { registrations } = await buildVpc(overrides, mode);
        expect(identities(registrations)).to.deep.equal([...always, component, ...extra].sort());
      });
    }
  }

  it("is the parent of every child and the prefix of its name", async () => {
    const { registrations, find } = await buildVpc({
      natGateways: "regional",
      interfaceEndpoints: ["sts"],
    });
    const { urn } = find("platform:network:SecureVpc", "net");
    const children = registrations.filter((r) => r.urn !== urn);
    expect(children.filter((r) => r.parent !== urn)).to.deep.equal([]);
    expect(children.filter((r) => !/^net(-|$)/.test(r.name))).to.deep.equal([]);
  });

  it("creates everything in its region, and puts the caller's tags on whatever takes tags", async () => {
    const { registrations } = await buildVpc({
      natGateways: "regional",
      interfaceEndpoints: ["sts"],
      tags: { team: "platform" },
    });
    const children = registrations.filter((r) => r.type !== "platform:network:SecureVpc");
    expect(children.filter((r) => r.inputs["region"] !== "us-west-2")).to.deep.equal([]);
    const tagged = children.filter((r) => r.inputs["tags"] !== undefined);
    expect(identities(tagged)).to.deep.equal([
      "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl net-default-acl",
      "aws:ec2/defaultRouteTable:DefaultRouteTable net-default-routes",
      "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup net-default-group",
      "aws:ec2/flowLog:FlowLog net-flow-logs",
      "aws:ec2/natGateway:NatGateway net-nat",
      "aws:ec2/networkAcl:NetworkAcl net-data",
      "aws:ec2/securityGroup:SecurityGroup net-endpoints",
      "aws:ec2/vpcEndpoint:VpcEndpoint net-endpoint-dynamodb",
      "aws:ec2/vpcEndpoint:VpcEndpoint net-endpoint-s3",
      "aws:ec2/vpcEndpoint:VpcEndpoint net-endpoint-sts",
      "aws:kms/key:Key net-flow-logs",
      "aws:s3/bucket:Bucket net-flow-logs",
      "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule net-endpoints-https",
      "awsx:ec2:Vpc net",
    ]);
    for (const { inputs, name, type } of tagged)
      expect(inputs["tags"]).to.deep.equal({
        ...{ team: "platform", Name: name },
        ...(type === "aws:s3/bucket:Bucket" && { "data-class": "none" }),
      });
  });

  for (const protect of [true, false]) {
    it(`protects the flow logs' bucket and key by itself: ${protect}`, async () => {
      const { registrations, find } = await buildVpc({ protect });
      expect(identities(registrations.filter((r) => r.protect))).to.deep.equal(
        protect ? ["aws:kms/key:Key net-flow-logs", "aws:s3/bucket:Bucket net-flow-logs"] : [],
      );
      expect(find("aws:s3/bucket:Bucket", "net-flow-logs").inputs["forceDestroy"]).to.equal(
        !protect,
      );
    });
  }

  it("gives its ids in the order of the zones", async () => {
    const { vpc } = await buildVpc({ interfaceEndpoints: ["sts"] });
    const all = (ids: Parameters<typeof valueOf<string>>[0][]) => Promise.all(ids.map(valueOf));
    expect(await valueOf(vpc.vpcId)).to.equal("vpc-net");
    expect(vpc.cidrBlock).to.equal("10.40.0.0/16");
    expect(await all(vpc.publicSubnetIds)).to.deep.equal([
      "subnet-net-public-us-west-2a",
      "subnet-net-public-us-west-2b",
      "subnet-net-public-us-west-2c",
    ]);
    expect(Object.keys(vpc.privateSubnetIdByZone)).to.deep.equal(threeZones);
    expect(await all(Object.values(vpc.privateSubnetIdByZone))).to.deep.equal([
      "subnet-net-private-us-west-2a",
      "subnet-net-private-us-west-2b",
      "subnet-net-private-us-west-2c",
    ]);
    expect(await all(vpc.dataSubnetIds)).to.deep.equal([
      "subnet-net-data-us-west-2a",
      "subnet-net-data-us-west-2b",
      "subnet-net-data-us-west-2c",
    ]);
    expect(await all(vpc.clusterSubnetIds)).to.deep.equal([
      "subnet-net-cluster-us-west-2a",
      "subnet-net-cluster-us-west-2b",
      "subnet-net-cluster-us-west-2c",
    ]);
    expect(await valueOf(vpc.endpointSecurityGroupId!)).to.equal("net-endpoints-id");
    expect(await valueOf(vpc.flowLogBucketName)).to.equal("net-flow-logs");
    expect(await valueOf(vpc.flowLogBucketArn)).to.equal("arn:aws:s3:::net-flow-logs");
  });

  it("tells the ranges of every tier, which are those of the subnets it asks for", async () => {
    const { vpc } = await buildVpc();
    expect(vpc.subnetCidrs).to.deep.equal({
      private: ["10.40.0.0/20", "10.40.64.0/20", "10.40.128.0/20"],
      public: ["10.40.16.0/24", "10.40.80.0/24", "10.40.144.0/24"],
      data: ["10.40.17.0/24", "10.40.81.0/24", "10.40.145.0/24"],
      cluster: ["10.40.18.0/28", "10.40.82.0/28", "10.40.146.0/28"],
    });
  });

  it("has no security group for endpoints that are not there", async () => {
    const { vpc } = await buildVpc();
    expect(vpc.endpointSecurityGroupId).to.equal(undefined);
  });

  it("adds a fourth zone without a change to what stands, but that each interface endpoint is extended", async () => {
    const overrides = { natGateways: "regional", interfaceEndpoints: ["sts"] } as const;
    const three = await buildVpc(overrides);
    const four = await buildVpc({ ...overrides, availabilityZones: fourZones });
    const changed = three.registrations.filter(
      ({ type, name, inputs }) =>
        JSON.stringify(four.find(type, name).inputs) !== JSON.stringify(inputs),
    );
    expect(identities(changed)).to.deep.equal([
      "aws:ec2/vpcEndpoint:VpcEndpoint net-endpoint-sts",
      "awsx:ec2:Vpc net",
      "platform:network:SecureVpc net",
    ]);
    const endpoint = four.find("aws:ec2/vpcEndpoint:VpcEndpoint", "net-endpoint-sts");
    expect(endpoint.inputs["subnetIds"]).to.deep.equal(
      fourZones.map((zone) => `subnet-net-private-${zone}`),
    );
    const added = identities(four.registrations).filter(
      (identity) => !identities(three.registrations).includes(identity),
    );
    expect(added).to.deep.equal([
      "aws:ec2/networkAclAssociation:NetworkAclAssociation net-data-us-west-2d",
      "aws:ec2/route:Route net-egress-us-west-2d",
      "aws:ec2/vpcEndpointRouteTableAssociation:VpcEndpointRouteTableAssociation net-endpoint-dynamodb-us-west-2d",
      "aws:ec2/vpcEndpointRouteTableAssociation:VpcEndpointRouteTableAssociation net-endpoint-s3-us-west-2d",
    ]);
  });
});
