import * as k8s from "@pulumi/kubernetes";
import { ClusterCosts, type ClusterCostsArgs } from "../../../components/cluster-costs";
import { charts, images } from "../../../components/shared/versions";
import { startOfflineEngine } from "../../support/engine";

export type Args = Omit<ClusterCostsArgs, "provider">;
export const digest = `sha256:${"0".repeat(64)}`;
export const args: Args = {
  clusterName: "auterity-prod",
  network: { clusterSubnetCidrs: ["10.0.64.0/24"], endpointSubnetCidrs: ["10.0.65.0/24"] },
  chart: charts.openCost,
  image: { ...images.openCost, digest },
};

export async function register(given: Args = args, mode: "known" | "unknown" = "known") {
  const engine = await startOfflineEngine({ mode });
  const provider = new k8s.Provider("cluster", { kubeconfig: "{}" });
  new ClusterCosts("costs", { ...given, provider });
  await engine.settle();
  return engine.registrations.filter(({ name }) => name !== "cluster");
}

export async function inputsOf(name: string, given: Args = args) {
  const found = (await register(given)).find((each) => each.name === name);
  return found?.inputs ?? {};
}
