import { formatBytes, formatCpu, parseBytes, parseCpu } from "./quantities";
import type { ServiceRecord } from "./service-record";

/** Limit of each writable directory where the record says none. */
export const defaultWritableSize = "256Mi";

/** Room for the container's log files: the kubelet keeps 5 of 10 MiB. @see https://kubernetes.io/docs/reference/config-api/kubelet-config.v1beta1/ */
const logBytes = 50 * 2 ** 20;

/** What a container asks for, in millicores and bytes. */
export interface Amounts {
  readonly cpu: number;
  readonly memory: number;
  readonly ephemeralStorage: number;
}

type Sized = Pick<ServiceRecord, "requests" | "limits" | "writablePaths" | "writableSize">;

/** Requests and limits of a record's container. Disk is asked for in full: a full node evicts whoever exceeds. */
export function containerAmounts(record: Sized): { requests: Amounts; limits: Amounts } {
  const writable = parseBytes(record.writableSize ?? defaultWritableSize);
  const ephemeralStorage = record.writablePaths.length * writable + logBytes;
  return {
    requests: {
      cpu: parseCpu(record.requests.cpu),
      memory: parseBytes(record.requests.memory),
      ephemeralStorage,
    },
    limits: {
      cpu: parseCpu(record.limits.cpu),
      memory: parseBytes(record.limits.memory),
      ephemeralStorage,
    },
  };
}

export function amountsAsQuantities(amounts: Amounts): Record<string, string> {
  return {
    cpu: formatCpu(amounts.cpu),
    memory: formatBytes(amounts.memory),
    "ephemeral-storage": formatBytes(amounts.ephemeralStorage),
  };
}
