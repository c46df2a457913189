import { charts, images } from "../../../components/shared/versions";
import {
  ProgressiveDelivery,
  type ProgressiveDeliveryArgs,
} from "../../../components/progressive-delivery";
import { startOfflineEngine, type Registration } from "../../support/engine";

export const digest = `sha256:${"0".repeat(64)}`;
export const args: ProgressiveDeliveryArgs = {
  namespaces: { shop: "shop" },
  network: { clusterSubnetCidrs: ["10.0.64.0/24"], endpointSubnetCidrs: ["10.0.65.0/24"] },
  version: { chart: charts.argoRollouts, image: { ...images.argoRollouts, digest } },
};

export async function register(
  given: ProgressiveDeliveryArgs,
  mode: "known" | "unknown" = "known",
): Promise<readonly Registration[]> {
  const engine = await startOfflineEngine({ mode });
  new ProgressiveDelivery("rollouts", given);
  await engine.settle();
  return engine.registrations;
}

export function inputsOf(registrations: readonly Registration[], type: string, name: string) {
  const found = registrations.find((each) => each.type.endsWith(type) && each.name === name);
  if (found === undefined) throw new Error(`no ${type} ${name}`);
  return found.inputs;
}

export async function valuesOf(given: ProgressiveDeliveryArgs): Promise<Record<string, unknown>> {
  const release = inputsOf(await register(given), ":Release", "rollouts-release");
  return release["values"] as Record<string, unknown>;
}
