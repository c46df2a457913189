import type { Experiments } from "./args";

/** Names of the experiments that there are, in the order in which they are made. */
export function experimentNames({ experiments }: { readonly experiments: Experiments }): string[] {
  const { zonePower, ...others } = experiments;
  const names = {
    nodeLoss: "node-loss",
    networkLatency: "network-latency",
    nodeLatency: "node-latency",
    databaseFailover: "database-failover",
    spotInterruption: "spot-interruption",
    regionConnectivity: "region-connectivity",
  } as const satisfies Record<keyof typeof others, string>;
  return [
    ...(zonePower?.zones ?? []).map((zone) => `zone-power-${zone}`),
    ...(Object.keys(names) as (keyof typeof names)[])
      .filter((key) => others[key] !== undefined)
      .map((key) => names[key]),
  ];
}

/** Namespace of pods that faults may be put into, and the account with which AWS does it. */
export const faultNamespace = "chaos";
export const faultAccount = "fault-injector";
/** Label of the pods in it that are hit. */
export const faultTargetLabel = { key: "auterity.io/chaos-target", value: "true" } as const;
/** What the experiment's role is called in the cluster. */
export const faultUser = "fis-experiment";
