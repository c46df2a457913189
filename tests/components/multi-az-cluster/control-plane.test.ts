import { expect } from "chai";
import { narrowCluster } from "../../../components/multi-az-cluster/control-plane";
import type { Registration } from "../../support/engine";
import { inputsOf, recordCluster, recordStandardCluster } from "./fixture";

/** As the SDK completes it. */
const addonOff = {
  enabled: false,
  resolveConflictsOnCreate: "OVERWRITE",
  resolveConflictsOnUpdate: "OVERWRITE",
};

describe("The control plane of a MultiAzCluster", () => {
  let registrations: Registration[];
  before(async () => {
    ({ registrations } = await recordStandardCluster());
  });

  it("is private, encrypted, logged and without anything that it was not told", () => {
    const inputs = { ...inputsOf(registrations, "eks:index:Cluster", "") };
    const references = ["clusterSecurityGroup", "serviceRole"].map(
      (key) => (inputs[key] as { urn: string }).urn.split("::")[3],
    );
    expect(references).to.deep.equal(["main-control-plane", "main-control-plane"]);
    delete inputs["clusterSecurityGroup"];
    delete inputs["serviceRole"];
    expect(inputs).to.deep.equal({
      name: "auterity-test",
      version: "1.35",
      vpcId: "vpc-1",
      subnetIds: ["subnet-c1", "subnet-c2"],
      skipDefaultSecurityGroups: true,
      skipDefaultNodeGroup: true,
      bootstrapSelfManagedAddons: false,
      useDefaultVpcCni: true,
      kubeProxyAddonOptions: addonOff,
      corednsAddonOptions: addonOff,
      authenticationMode: "API",
      endpointPrivateAccess: true,
      endpointPublicAccess: false,
      encryptionConfigKeyArn: "arn:aws:kms:us-west-2:123456789012:key/main-secrets-id",
      enabledClusterLogTypes: ["api", "audit", "authenticator", "controllerManager", "scheduler"],
      upgradePolicy: { supportType: "STANDARD" },
      deletionProtection: true,
      tags: { project: "auterity" },
    });
  });

  it("opens its endpoint to the named ranges only", async () => {
    const { registrations: changed } = await recordCluster({
      endpointAccess: {
        public: { cidrBlocks: ["203.0.113.0/24"] },
        private: { cidrBlocks: ["10.9.0.0/16"] },
      },
      kubeconfigRoleArn: "arn:aws:iam::123456789012:role/deployer",
      supportType: "EXTENDED",
      deletionProtection: false,
    });
    expect(inputsOf(changed, "eks:index:Cluster", "")).to.deep.include({
      endpointPrivateAccess: true,
      endpointPublicAccess: true,
      publicAccessCidrs: ["203.0.113.0/24"],
      providerCredentialOpts: { roleArn: "arn:aws:iam::123456789012:role/deployer" },
      upgradePolicy: { supportType: "EXTENDED" },
      deletionProtection: false,
    });
    expect(
      inputsOf(changed, "vpc/SecurityGroupIngressRule", "control-plane-10.9.0.0-16"),
    ).to.deep.include({ cidrIpv4: "10.9.0.0/16", fromPort: 443, toPort: 443, ipProtocol: "tcp" });
  });

  it("writes to a log group of the name that EKS expects, with an end", () => {
    expect(inputsOf(registrations, "cloudwatch/LogGroup", "logs")).to.deep.equal({
      name: "/aws/eks/auterity-test/cluster",
      retentionInDays: 365,
      kmsKeyId: "arn:aws:kms:us-west-2:123456789012:key/main-logs-id",
      tags: { project: "auterity" },
    });
  });

  it("lets in whom the arguments name, as far as they say", () => {
    expect(inputsOf(registrations, "eks/AccessEntry", "access-deployer")).to.deep.equal({
      clusterName: "auterity-test",
      principalArn: "arn:aws:iam::123456789012:role/deployer",
      tags: { project: "auterity" },
    });
    const associations = ["access-deployer", "access-support"].map((name) =>
      inputsOf(registrations, "eks/AccessPolicyAssociation", name),
    );
    expect(associations).to.deep.equal([
      {
        clusterName: "auterity-test",
        principalArn: "arn:aws:iam::123456789012:role/deployer",
        policyArn: "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy",
        accessScope: { type: "cluster" },
      },
      {
        clusterName: "auterity-test",
        principalArn: "arn:aws:iam::123456789012:role/support",
        policyArn: "arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy",
        accessScope: { type: "namespace", namespaces: ["automatrix", "relaycore"] },
      },
    ]);
    expect(inputsOf(registrations, "eks/AccessEntry", "nodes")).to.deep.equal({
      clusterName: "auterity-test",
      principalArn: "arn:aws:iam::123456789012:role/main-nodes",
      type: "EC2_LINUX",
      tags: { project: "auterity" },
    });
  });

  it("is reached by a provider that is replaced only with the cluster", () => {
    expect(inputsOf(registrations, "pulumi:providers:kubernetes", "kubernetes")).to.deep.include({
      clusterIdentifier: "arn:aws:eks:us-west-2:123456789012:cluster/auterity-test",
      enableServerSideApply: "true",
      deleteUnreachable: "false",
    });
  });
});

describe("narrowCluster", () => {
  const transform = (type: string, props: object, zonalShift: boolean) =>
    narrowCluster(zonalShift)({
      custom: true,
      type,
      name: "main-eksCluster",
      props,
      opts: { protect: true },
    });

  for (const zonalShift of [true, false]) {
    it(`takes the creator's rights away and sets zonal shift to ${zonalShift}`, async () => {
      const props = {
        name: "auterity-test",
        accessConfig: {
          authenticationMode: "API",
          bootstrapClusterCreatorAdminPermissions: true,
        },
      };
      expect(await transform("aws:eks/cluster:Cluster", props, zonalShift)).to.deep.equal({
        props: {
          name: "auterity-test",
          accessConfig: {
            authenticationMode: "API",
            bootstrapClusterCreatorAdminPermissions: false,
          },
          zonalShiftConfig: { enabled: zonalShift },
        },
        opts: { protect: true },
      });
    });
  }

  it("leaves the component's other children alone", async () => {
    expect(await transform("eks:index:Cluster", {}, true)).to.equal(undefined);
    expect(await transform("aws:eks/addon:Addon", {}, true)).to.equal(undefined);
  });
});
