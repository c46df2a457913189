import { expect } from "chai";
import { guardNodeGroup } from "../../../components/multi-az-cluster/node-groups";
import type { Registration } from "../../support/engine";
import { clusterArgs, inputsOf, recordCluster, recordStandardCluster } from "./fixture";

describe("The nodes of a MultiAzCluster", () => {
  let registrations: Registration[];
  before(async () => {
    ({ registrations } = await recordStandardCluster());
  });
  const group = (name: string) => inputsOf(registrations, "eks:index:ManagedNodeGroup", name);

  it("come from a group of one class in one zone, at a pinned image release", () => {
    const inputs = { ...group("general-us-west-2b") };
    expect((inputs["cluster"] as { urn: string }).urn).to.match(/::main$/);
    delete inputs["cluster"];
    expect(inputs).to.deep.equal({
      clusterName: "auterity-test",
      nodeRoleArn: "arn:aws:iam::123456789012:role/main-nodes",
      subnetIds: ["subnet-b"],
      capacityType: "ON_DEMAND",
      instanceTypes: ["m7i.large"],
      amiType: "AL2023_x86_64_STANDARD",
      version: "1.35",
      releaseVersion: "1.35.8-20260923",
      launchTemplate: { id: "main-general-id", version: "1" },
      scalingConfig: { minSize: 1, maxSize: 4, desiredSize: 2 },
      ignoreScalingChanges: true,
      labels: { workload: "general" },
      taints: [],
      tags: {
        project: "auterity",
        "k8s.io/cluster-autoscaler/node-template/resources/ephemeral-storage": "50Gi",
      },
    });
  });

  const classes: [string, string, object[], object][] = [
    ["system", "ON_DEMAND", [], { minSize: 1, maxSize: 2, desiredSize: 1 }],
    [
      "spot",
      "SPOT",
      [{ key: "workload", value: "spot", effect: "NO_SCHEDULE" }],
      { minSize: 0, maxSize: 6, desiredSize: 0 },
    ],
    [
      "ai-processing",
      "ON_DEMAND",
      [{ key: "workload", value: "ai-processing", effect: "NO_SCHEDULE" }],
      { minSize: 0, maxSize: 2, desiredSize: 0 },
    ],
  ];
  for (const [nodeClass, capacityType, taints, scalingConfig] of classes) {
    it(`of class ${nodeClass} have its label, taint and capacity`, () => {
      expect(group(`${nodeClass}-us-west-2a`)).to.deep.include({
        capacityType,
        taints,
        scalingConfig,
        labels: { workload: nodeClass },
        subnetIds: ["subnet-a"],
      });
    });
  }

  it("with an Arm processor carry the label and taint of their class, and start its image for Arm", async () => {
    const { nodeClasses, versions } = clusterArgs;
    const arm = { ...nodeClasses.general, amiType: "AL2023_ARM_64_STANDARD" as const };
    const { registrations: both } = await recordCluster({
      nodeClasses: {
        ...nodeClasses,
        "general-arm64": { ...arm, instanceTypes: ["m7g.large"] },
        "spot-arm64": { ...arm, instanceTypes: ["m6g.large", "m7g.large", "m8g.large"] },
      },
      versions: {
        ...versions,
        amiReleaseVersion: {
          ...versions.amiReleaseVersion,
          AL2023_ARM_64_STANDARD: "1.35.8-20260923",
        },
      },
    });
    const found = (name: string) => inputsOf(both, "eks:index:ManagedNodeGroup", name);
    expect(found("general-arm64-us-west-2a")).to.deep.include({
      ...{ amiType: "AL2023_ARM_64_STANDARD", releaseVersion: "1.35.8-20260923" },
      ...{ capacityType: "ON_DEMAND", labels: { workload: "general" }, taints: [] },
    });
    expect(found("spot-arm64-us-west-2b")).to.deep.include({
      ...{ amiType: "AL2023_ARM_64_STANDARD", capacityType: "SPOT", labels: { workload: "spot" } },
      taints: [{ key: "workload", value: "spot", effect: "NO_SCHEDULE" }],
    });
  });

  it("start encrypted, watched, and with their credentials out of the pods' reach", () => {
    const tags = {
      project: "auterity",
      Name: "auterity-test-ai-processing",
      workload: "ai-processing",
    };
    expect(inputsOf(registrations, "ec2/LaunchTemplate", "ai-processing")).to.deep.equal({
      description: "Nodes of class ai-processing in cluster auterity-test",
      updateDefaultVersion: true,
      vpcSecurityGroupIds: ["main-nodes-id"],
      metadataOptions: {
        httpEndpoint: "enabled",
        httpTokens: "required",
        httpPutResponseHopLimit: 1,
        instanceMetadataTags: "disabled",
      },
      monitoring: { enabled: true },
      blockDeviceMappings: [
        {
          deviceName: "/dev/xvda",
          ebs: {
            volumeType: "gp3",
            volumeSize: 200,
            encrypted: "true",
            kmsKeyId: "arn:aws:kms:us-west-2:123456789012:key/main-volumes-id",
            deleteOnTermination: "true",
          },
        },
      ],
      tagSpecifications: [
        { resourceType: "instance", tags },
        { resourceType: "volume", tags },
        { resourceType: "network-interface", tags },
      ],
      tags: { project: "auterity" },
    });
  });
});

describe("guardNodeGroup", () => {
  const transform = (type: string) =>
    guardNodeGroup({
      custom: true,
      type,
      name: "group",
      props: { clusterName: "auterity-test" },
      opts: { ignoreChanges: ["scalingConfig.desiredSize"] },
    });

  it("replaces a third of the nodes at a time and repairs broken ones", async () => {
    expect(await transform("aws:eks/nodeGroup:NodeGroup")).to.deep.equal({
      props: {
        clusterName: "auterity-test",
        updateConfig: { maxUnavailablePercentage: 33 },
        nodeRepairConfig: { enabled: true },
      },
      opts: { ignoreChanges: ["scalingConfig.desiredSize"] },
    });
  });

  it("leaves the component itself alone", async () => {
    expect(await transform("eks:index:ManagedNodeGroup")).to.equal(undefined);
  });
});
