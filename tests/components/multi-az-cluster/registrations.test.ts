import { expect } from "chai";
import type { Registration } from "../../support/engine";
import { valueOf } from "../../support/engine";
import { clusterArgs, recordCluster, recordStandardCluster, shortType } from "./fixture";

const byName = (registrations: readonly Registration[]) =>
  registrations.map(({ type, name }) => `${shortType(type)} ${name}`).sort();

const expected = [
  "cloudwatch/LogGroup main-logs",
  "ec2/LaunchTemplate main-ai-processing",
  "ec2/LaunchTemplate main-general",
  "ec2/LaunchTemplate main-spot",
  "ec2/LaunchTemplate main-system",
  "ec2/SecurityGroup main-control-plane",
  "ec2/SecurityGroup main-nodes",
  "eks/AccessEntry main-access-deployer",
  "eks/AccessEntry main-access-support",
  "eks/AccessEntry main-nodes",
  "eks/AccessPolicyAssociation main-access-deployer",
  "eks/AccessPolicyAssociation main-access-support",
  "eks/Addon main-aws-ebs-csi-driver",
  "eks/Addon main-coredns",
  "eks/Addon main-eks-node-monitoring-agent",
  "eks/Addon main-eks-pod-identity-agent",
  "eks/Addon main-kube-proxy",
  "eks/Addon main-metrics-server",
  "eks/Addon main-snapshot-controller",
  "eks/Addon main-vpc-cni",
  "eks/PodIdentityAssociation main-load-balancer-controller",
  "eks:index:Cluster main",
  "eks:index:ManagedNodeGroup main-ai-processing-us-west-2a",
  "eks:index:ManagedNodeGroup main-ai-processing-us-west-2b",
  "eks:index:ManagedNodeGroup main-general-us-west-2a",
  "eks:index:ManagedNodeGroup main-general-us-west-2b",
  "eks:index:ManagedNodeGroup main-spot-us-west-2a",
  "eks:index:ManagedNodeGroup main-spot-us-west-2b",
  "eks:index:ManagedNodeGroup main-system-us-west-2a",
  "eks:index:ManagedNodeGroup main-system-us-west-2b",
  "iam/Role main-aws-ebs-csi-driver",
  "iam/Role main-control-plane",
  "iam/Role main-load-balancer-controller",
  "iam/Role main-nodes",
  "iam/Role main-vpc-cni",
  "iam/RolePolicy main-aws-ebs-csi-driver",
  "iam/RolePolicy main-control-plane",
  "iam/RolePolicy main-load-balancer-controller",
  "iam/RolePolicy main-nodes",
  "iam/RolePolicyAttachment main-aws-ebs-csi-driver",
  "iam/RolePolicyAttachment main-nodes-AmazonEC2ContainerRegistryPullOnly",
  "iam/RolePolicyAttachment main-nodes-AmazonEKSWorkerNodeMinimalPolicy",
  "iam/RolePolicyAttachment main-vpc-cni",
  "kms/Key main-logs",
  "kms/Key main-secrets",
  "kms/Key main-volumes",
  "kubernetes:core/v1:ServiceAccount main-load-balancer-controller",
  "kubernetes:helm.sh/v3:Release main-load-balancer-controller",
  "kubernetes:storage.k8s.io/v1:StorageClass main-gp3",
  "platform:cluster:MultiAzCluster main",
  "pulumi:providers:kubernetes main-kubernetes",
  "vpc/SecurityGroupEgressRule main-control-plane-kubelet",
  "vpc/SecurityGroupEgressRule main-control-plane-load-balancer-controller",
  "vpc/SecurityGroupEgressRule main-control-plane-metrics-server",
  "vpc/SecurityGroupEgressRule main-nodes-dns-tcp",
  "vpc/SecurityGroupEgressRule main-nodes-dns-udp",
  "vpc/SecurityGroupEgressRule main-nodes-https",
  "vpc/SecurityGroupEgressRule main-nodes-pods",
  "vpc/SecurityGroupIngressRule main-control-plane-nodes",
  "vpc/SecurityGroupIngressRule main-nodes-dns-tcp",
  "vpc/SecurityGroupIngressRule main-nodes-dns-udp",
  "vpc/SecurityGroupIngressRule main-nodes-kubelet",
  "vpc/SecurityGroupIngressRule main-nodes-load-balancer-controller",
  "vpc/SecurityGroupIngressRule main-nodes-metrics-server",
  "vpc/SecurityGroupIngressRule main-nodes-pods",
];

describe("MultiAzCluster registers", () => {
  for (const mode of ["known", "unknown"] as const) {
    it(`exactly these resources with computed values ${mode}`, async () => {
      const { registrations } = await recordCluster({}, mode);
      expect(byName(registrations)).to.deep.equal(expected);
    });
  }

  it("no class of nodes that it was not given", async () => {
    const { system, general } = clusterArgs.nodeClasses;
    const { registrations } = await recordCluster({ nodeClasses: { system, general } });
    expect(byName(registrations)).to.deep.equal(
      expected.filter((line) => !/-(spot|ai-processing)/.test(line)),
    );
  });

  it("a further zone without touching the others", async () => {
    const { registrations } = await recordCluster({
      nodeSubnetIdByZone: { ...clusterArgs.nodeSubnetIdByZone, "us-west-2c": "subnet-3" },
    });
    expect(byName(registrations).filter((line) => !expected.includes(line))).to.deep.equal([
      "eks:index:ManagedNodeGroup main-ai-processing-us-west-2c",
      "eks:index:ManagedNodeGroup main-general-us-west-2c",
      "eks:index:ManagedNodeGroup main-spot-us-west-2c",
      "eks:index:ManagedNodeGroup main-system-us-west-2c",
    ]);
    expect(registrations).to.have.length(expected.length + 4);
  });

  it("everything as its own children, named after it", async () => {
    const { registrations } = await recordStandardCluster();
    const [component, ...children] = registrations;
    expect(component?.type).to.equal("platform:cluster:MultiAzCluster");
    expect(new Set(children.map(({ parent }) => parent))).to.deep.equal(new Set([component?.urn]));
    expect(
      children.filter(({ name }) => name !== "main" && !name.startsWith("main-")),
    ).to.deep.equal([]);
  });

  it("AWS resources under the given provider and what is inside under its own", async () => {
    const { registrations } = await recordStandardCluster();
    const providerName = (reference: string | undefined) => reference?.split("::")[3];
    const providers = registrations
      .filter(({ custom, type }) => custom && type !== "pulumi:providers:kubernetes")
      .map(({ type, provider }) => [type.split(":")[0], providerName(provider)].join(" "));
    expect(new Set(providers)).to.deep.equal(
      new Set(["aws account", "kubernetes main-kubernetes"]),
    );
    // Packaged components get theirs from the engine, which knows their parent's.
    expect(providerName(registrations[0]?.providers["aws"])).to.equal("account");
    const ownProviders = registrations
      .filter(({ remote }) => remote)
      .map(({ providers: own }) => Object.keys(own));
    expect(ownProviders.flat()).to.deep.equal([]);
  });

  it("keys, log group and cluster as protected, and nothing else", async () => {
    const { registrations } = await recordStandardCluster();
    expect(byName(registrations.filter(({ protect }) => protect))).to.deep.equal([
      "cloudwatch/LogGroup main-logs",
      "eks:index:Cluster main",
      "kms/Key main-logs",
      "kms/Key main-secrets",
      "kms/Key main-volumes",
    ]);
    const open = await recordCluster({ protect: false });
    expect(open.registrations.filter(({ protect }) => protect)).to.deep.equal([]);
  });
});

describe("MultiAzCluster gives back", () => {
  it("plain values, known in an update", async () => {
    const { cluster } = await recordStandardCluster();
    expect(await valueOf(cluster.clusterName)).to.equal("auterity-test");
    expect(await valueOf(cluster.endpoint)).to.equal("https://auterity-test.eks.example");
    expect(await valueOf(cluster.clusterSecurityGroupId)).to.equal("main-control-plane-id");
    expect(await valueOf(cluster.nodeSecurityGroupId)).to.equal("main-nodes-id");
    expect(await valueOf(cluster.nodeRoleName)).to.equal("main-nodes");
    expect(await valueOf(cluster.volumesKeyArn)).to.equal(
      "arn:aws:kms:us-west-2:123456789012:key/main-volumes-id",
    );
    expect(await valueOf(cluster.oidcIssuer)).to.match(/^oidc\.eks\./);
  });

  it("the cluster's name in a first preview, and nothing that EKS decides", async () => {
    const { cluster } = await recordCluster({}, "unknown");
    expect(await valueOf(cluster.clusterName)).to.equal("auterity-test");
    expect(await valueOf(cluster.endpoint)).to.equal(undefined);
    expect(await valueOf(cluster.oidcIssuer)).to.equal(undefined);
  });
});
