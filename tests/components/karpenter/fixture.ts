import * as aws from "@pulumi/aws";
import * as k8s from "@pulumi/kubernetes";
import { Karpenter, type KarpenterArgs } from "../../../components/karpenter";
import { charts, images, kubernetesMatrix } from "../../../components/shared/versions";
import { type Registration, startOfflineEngine } from "../../support/engine";

export const accountId = "123456789012";
export const args: KarpenterArgs = {
  region: "us-west-2",
  accountId,
  clusterName: "auterity",
  version: { chart: charts.karpenter, image: images.karpenter },
  network: { clusterSubnetCidrs: ["10.0.64.0/24"], endpointSubnetCidrs: ["10.0.65.0/24"] },
  nodePools: {
    general: {
      capacityType: "on-demand",
      instanceTypes: ["m6i.xlarge"],
      maxNodes: 9,
      diskGiB: 80,
    },
    spot: {
      capacityType: "spot",
      instanceTypes: ["m6i.large", "m6a.large", "m5.large"],
      maxNodes: 12,
      diskGiB: 80,
    },
    "ai-processing": {
      capacityType: "on-demand",
      instanceTypes: ["m6i.4xlarge"],
      maxNodes: 6,
      diskGiB: 200,
    },
  },
  nodeSubnetIdByZone: { "us-west-2a": "subnet-a", "us-west-2b": "subnet-b" },
  nodeSecurityGroupId: "sg-nodes",
  nodeRoleName: "nodes-1234567",
  volumesKeyArn: "arn:aws:kms:us-west-2:123456789012:key/volumes",
  amiRelease: kubernetesMatrix["1.35"].amiReleases.AL2023_x86_64_STANDARD,
  zonalShift: true,
  permissionsBoundaryArn: `arn:aws:iam::${accountId}:policy/auterity-boundary`,
  tags: { project: "auterity" },
};

export async function register(
  mode: "known" | "unknown" = "known",
  changes: Partial<KarpenterArgs> = {},
): Promise<Registration[]> {
  const engine = await startOfflineEngine({ mode });
  const account = new aws.Provider("account", { region: "us-west-2" });
  const kubernetes = new k8s.Provider("cluster", { kubeconfig: "{}" });
  new Karpenter("nodes", { ...args, ...changes }, { providers: { aws: account, kubernetes } });
  await engine.settle();
  return engine.registrations.filter(({ type }) => !type.startsWith("pulumi:providers:"));
}

export function inputsOf(registrations: readonly Registration[], type: string, name: string) {
  const found = registrations.filter((each) => each.type.endsWith(type) && each.name === name);
  if (found.length !== 1) throw new Error(`${found.length} registrations of ${type} ${name}`);
  return found[0]!.inputs;
}
