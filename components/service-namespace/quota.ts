import { amountsAsQuantities, containerAmounts, type Amounts } from "../shared/container-resources";
import { formatBytes, formatCpu } from "../shared/quantities";
import { peakPods } from "../shared/replicas";
import type { ServiceRecord, Tier } from "../shared/service-record";

const amountKeys = ["cpu", "memory", "ephemeralStorage"] as const;

/**
 * The hard limits of a namespace: what all its services need at their peak, and nothing beyond it. Nothing in it may
 * make a load balancer or open a port on the nodes (traffic comes through the one ingress), or keep a volume (state is
 * outside the cluster).
 */
export function quotaFor(records: readonly ServiceRecord[]): Record<string, string> {
  const requests = total(records, "requests");
  const limits = total(records, "limits");
  return {
    pods: String(podsAtPeak(records)),
    "requests.cpu": formatCpu(requests.cpu),
    "requests.memory": formatBytes(requests.memory),
    "requests.ephemeral-storage": formatBytes(requests.ephemeralStorage),
    "limits.cpu": formatCpu(limits.cpu),
    "limits.memory": formatBytes(limits.memory),
    "limits.ephemeral-storage": formatBytes(limits.ephemeralStorage),
    persistentvolumeclaims: "0",
    "services.loadbalancers": "0",
    "services.nodeports": "0",
  };
}

/** Pods of one tier at their peak: how many may have its priority. */
export function priorityQuotaFor(
  records: readonly ServiceRecord[],
  tier: Tier,
): Record<string, string> {
  return { pods: String(podsAtPeak(records.filter((record) => record.tier === tier))) };
}

/**
 * Bounds of a single container: none larger than the largest of the records, and the smallest of them for what is put
 * into a pod without any resources, since the quota refuses it otherwise.
 */
export function containerLimitsFor(records: readonly ServiceRecord[]): {
  max: Record<string, string>;
  default: Record<string, string>;
  defaultRequest: Record<string, string>;
} {
  const amounts = records.map(containerAmounts);
  const requests = amounts.map((amount) => amount.requests);
  const limits = amounts.map((amount) => amount.limits);
  return {
    max: amountsAsQuantities(combine(limits, (values) => Math.max(...values))),
    default: amountsAsQuantities(combine(limits, (values) => Math.min(...values))),
    defaultRequest: amountsAsQuantities(combine(requests, (values) => Math.min(...values))),
  };
}

function podsAtPeak(records: readonly ServiceRecord[]): number {
  return records.reduce((pods, record) => pods + peakPods(record), 0);
}

function total(records: readonly ServiceRecord[], side: "requests" | "limits"): Amounts {
  const amounts = records.map((record) => scale(containerAmounts(record)[side], peakPods(record)));
  return combine(amounts, (values) => values.reduce((sum, value) => sum + value, 0));
}

function scale(amounts: Amounts, factor: number): Amounts {
  return combine([amounts], ([value = 0]) => value * factor);
}

function combine(all: readonly Amounts[], reduce: (values: number[]) => number): Amounts {
  const [cpu, memory, ephemeralStorage] = amountKeys.map((key) =>
    reduce(all.map((amounts) => amounts[key])),
  );
  return { cpu: cpu ?? 0, memory: memory ?? 0, ephemeralStorage: ephemeralStorage ?? 0 };
}
