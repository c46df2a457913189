import { parseCpu } from "../../../components/shared/quantities";
import type { ServiceRecord } from "../../../components/shared/service-record";

/**
 * What is asked of a service, in replicas' worth: 1 is what one replica does when it is exactly as busy as its record
 * wants it to be. So the same number makes its CPU, its requests, its queue and its jobs.
 */
export type Demand = (service: string) => number;

/** Of the record's signals, what one replica does at its target. */
export interface ReplicaWork {
  /** Millicores that a replica asks for. */
  readonly requestMillicores: number;
  readonly limitMillicores: number;
  readonly targetPercent: number;
  readonly requestsPerSecond: number | undefined;
  readonly queued: number | undefined;
}

/** Where a record has no signal of CPU, what its replicas are taken to use of their request at their target. */
const assumedPercent = 70;

export function replicaWork({ requests, limits, scaling }: ServiceRecord): ReplicaWork {
  const { signals } = scaling;
  const find = <Kind extends (typeof signals)[number]["kind"]>(kind: Kind) =>
    signals.find(
      (signal): signal is Extract<(typeof signals)[number], { readonly kind: Kind }> =>
        signal.kind === kind,
    );
  return {
    requestMillicores: parseCpu(requests.cpu),
    limitMillicores: parseCpu(limits.cpu),
    targetPercent: find("cpu")?.targetPercent ?? assumedPercent,
    requestsPerSecond: find("request-rate")?.perReplicaPerSecond,
    queued: find("queue-length")?.perReplica,
  };
}

/** Millicores that each of so many ready replicas uses: work is shared evenly and none gets more than its limit. */
export function usageOf(work: ReplicaWork, demand: number, ready: number): number {
  const all = (demand * work.requestMillicores * work.targetPercent) / 100;
  return ready === 0 ? 0 : Math.min(all / ready, work.limitMillicores);
}
