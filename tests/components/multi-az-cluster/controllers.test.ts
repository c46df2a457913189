import { expect } from "chai";
import { chartSource } from "../../../components/multi-az-cluster/load-balancer-controller";
import type { Registration } from "../../support/engine";
import { clusterArgs, inputsOf, recordCluster, recordStandardCluster } from "./fixture";

describe("The add-ons of a MultiAzCluster", () => {
  let registrations: Registration[];
  before(async () => {
    ({ registrations } = await recordStandardCluster());
  });

  const everyAddon = {
    clusterName: "auterity-test",
    resolveConflictsOnCreate: "NONE",
    resolveConflictsOnUpdate: "OVERWRITE",
    preserve: false,
    tags: { project: "auterity" },
  };
  const { addons } = clusterArgs.versions;
  const roleArn = (name: string) => `arn:aws:iam::123456789012:role/main-${name}`;
  const special: Partial<Record<string, object>> = {
    "vpc-cni": {
      preserve: true,
      configurationValues: '{"enableNetworkPolicy":"true"}',
      podIdentityAssociations: [{ roleArn: roleArn("vpc-cni"), serviceAccount: "aws-node" }],
    },
    coredns: {
      configurationValues: '{"autoScaling":{"enabled":true,"minReplicas":2,"maxReplicas":8}}',
    },
    "aws-ebs-csi-driver": {
      podIdentityAssociations: [
        { roleArn: roleArn("aws-ebs-csi-driver"), serviceAccount: "ebs-csi-controller-sa" },
      ],
    },
  };
  for (const [addonName, addonVersion] of Object.entries(addons)) {
    it(`hold ${addonName} at its pinned version`, () => {
      expect(inputsOf(registrations, "eks/Addon", addonName)).to.deep.equal({
        ...everyAddon,
        addonName,
        addonVersion,
        ...special[addonName],
      });
    });
  }

  it("give claims that name none a volume with the cluster's key", () => {
    expect(
      inputsOf(registrations, "kubernetes:storage.k8s.io/v1:StorageClass", "gp3"),
    ).to.deep.equal({
      apiVersion: "storage.k8s.io/v1",
      kind: "StorageClass",
      metadata: {
        name: "gp3",
        annotations: { "storageclass.kubernetes.io/is-default-class": "true" },
      },
      provisioner: "ebs.csi.aws.com",
      parameters: {
        type: "gp3",
        encrypted: "true",
        kmsKeyId: "arn:aws:kms:us-west-2:123456789012:key/main-volumes-id",
      },
      volumeBindingMode: "WaitForFirstConsumer",
      allowVolumeExpansion: true,
      reclaimPolicy: "Delete",
    });
  });
});

describe("The load balancer controller of a MultiAzCluster", () => {
  const release = (registrations: readonly Registration[]) =>
    inputsOf(registrations, "kubernetes:helm.sh/v3:Release", "load-balancer-controller");
  it("is one exact release, undone as a whole if it fails", async () => {
    const { registrations } = await recordStandardCluster();
    const inputs = { ...release(registrations) };
    delete inputs["values"];
    expect(inputs).to.deep.equal({
      chart: "aws-load-balancer-controller",
      version: "3.5.0",
      repositoryOpts: { repo: "https://charts.example.com/eks" },
      name: "aws-load-balancer-controller",
      namespace: "kube-system",
      atomic: true,
      cleanupOnFail: true,
      timeout: 600,
      compat: "true",
    });
  });

  it("gets its role through Pod Identity, under its own service account", async () => {
    const { registrations } = await recordStandardCluster();
    expect(
      inputsOf(registrations, "kubernetes:core/v1:ServiceAccount", "load-balancer-controller"),
    ).to.deep.equal({
      apiVersion: "v1",
      kind: "ServiceAccount",
      metadata: { name: "aws-load-balancer-controller", namespace: "kube-system" },
      automountServiceAccountToken: true,
    });
    expect(
      inputsOf(registrations, "eks/PodIdentityAssociation", "load-balancer-controller"),
    ).to.deep.equal({
      clusterName: "auterity-test",
      namespace: "kube-system",
      serviceAccount: "aws-load-balancer-controller",
      roleArn: "arn:aws:iam::123456789012:role/main-load-balancer-controller",
      tags: { project: "auterity" },
    });
  });

  it("runs hardened, in two zones, without asking the metadata service", async () => {
    const { registrations } = await recordStandardCluster();
    const labelSelector = {
      matchLabels: { "app.kubernetes.io/name": "aws-load-balancer-controller" },
    };
    expect(release(registrations)["values"]).to.deep.equal({
      clusterName: "auterity-test",
      region: "us-west-2",
      vpcId: "vpc-1",
      image: { repository: "registry.example.com/load-balancer-controller", tag: "v3.5.0" },
      serviceAccount: { create: false, name: "aws-load-balancer-controller" },
      replicaCount: 2,
      podDisruptionBudget: { maxUnavailable: 1 },
      topologySpreadConstraints: [
        {
          maxSkew: 1,
          labelSelector,
          topologyKey: "topology.kubernetes.io/zone",
          whenUnsatisfiable: "DoNotSchedule",
          nodeTaintsPolicy: "Honor",
        },
        {
          maxSkew: 1,
          labelSelector,
          topologyKey: "kubernetes.io/hostname",
          whenUnsatisfiable: "ScheduleAnyway",
        },
      ],
      resources: { requests: { cpu: "100m", memory: "256Mi" }, limits: { memory: "256Mi" } },
      podSecurityContext: {
        fsGroup: 65534,
        runAsNonRoot: true,
        seccompProfile: { type: "RuntimeDefault" },
      },
      securityContext: {
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        runAsNonRoot: true,
        capabilities: { drop: ["ALL"] },
        seccompProfile: { type: "RuntimeDefault" },
      },
      defaultTargetType: "ip",
      defaultTags: { project: "auterity" },
      enableShield: false,
      enableWaf: false,
      enableServiceMutatorWebhook: false,
      keepTLSSecret: true,
    });
  });

  it("runs the image of the digest, where there is one", async () => {
    const digest = `sha256:${"0a".repeat(32)}`;
    const { versions } = clusterArgs;
    const { chart, image } = versions.loadBalancerController;
    const { registrations } = await recordCluster({
      versions: {
        ...versions,
        loadBalancerController: { chart, image: { ...image, digest } },
      },
    });
    expect(release(registrations)["values"]).to.deep.include({
      image: {
        repository: "registry.example.com/load-balancer-controller",
        tag: `v3.5.0@${digest}`,
      },
    });
  });

  const sources: [string, string][] = [
    [
      "oci://registry.example.com/charts",
      "oci://registry.example.com/charts/aws-load-balancer-controller",
    ],
    ["./charts/", "./charts/aws-load-balancer-controller"],
    ["/srv/charts", "/srv/charts/aws-load-balancer-controller"],
  ];
  for (const [repository, chart] of sources) {
    it(`takes its chart from ${repository}`, () => {
      expect(chartSource({ repository, version: "3.5.0" })).to.deep.equal({
        chart,
        version: "3.5.0",
      });
    });
  }
});
