import * as aws from "@pulumi/aws";
import * as k8s from "@pulumi/kubernetes";
import {
  ClusterAutoscaler,
  type ClusterAutoscalerArgs,
} from "../../../components/cluster-autoscaler";
import { charts, images } from "../../../components/shared/versions";
import { type Registration, startOfflineEngine } from "../../support/engine";

export const accountId = "123456789012";
export const digest = `sha256:${"0".repeat(64)}`;
export const args: ClusterAutoscalerArgs = {
  region: "us-west-2",
  accountId,
  clusterName: "auterity",
  kubernetesVersion: "1.35",
  version: {
    chart: charts.clusterAutoscaler,
    image: { ...images.clusterAutoscaler135, digest },
  },
  network: { clusterSubnetCidrs: ["10.0.64.0/24"], endpointSubnetCidrs: ["10.0.65.0/24"] },
  preferredGroups: ["^eks-auterity-spot-", "^eks-auterity-general-"],
  permissionsBoundaryArn: `arn:aws:iam::${accountId}:policy/auterity-boundary`,
};

export async function register(given: ClusterAutoscalerArgs, mode: "known" | "unknown" = "known") {
  const engine = await startOfflineEngine({ mode });
  const account = new aws.Provider("account", { region: "us-west-2" });
  const kubernetes = new k8s.Provider("cluster", { kubeconfig: "{}" });
  new ClusterAutoscaler("nodes", given, { providers: { aws: account, kubernetes } });
  await engine.settle();
  return engine.registrations.filter(({ type }) => !type.startsWith("pulumi:providers:"));
}

export function inputsOf(registrations: readonly Registration[], type: string) {
  const found = registrations.filter((each) => each.type.endsWith(type));
  if (found.length !== 1) throw new Error(`${found.length} registrations of ${type}`);
  return found[0]!.inputs;
}
