import type { Input } from "@pulumi/pulumi";
import { ArgsError } from "../shared/args-error";
import { isBetween } from "../shared/record-workload";
import { type StoreNetwork, storeNetworkProblems } from "../shared/store-network";
import { logRetentionProblems, storePlaceProblems } from "../shared/store-place";

export interface EventStreamArgs {
  readonly region: string;
  /** 12 digits, or "unassigned" in a plan without an account. */
  readonly accountId: string;
  /** In AWS, unique in account and region: letters, digits and hyphens, at most 64. */
  readonly clusterName: string;
  /** Exactly three subnets, each in a zone of its own: every record is kept in all three. */
  readonly network: StoreNetwork;
  /** Such as "kafka.m7g.large", the smallest. */
  readonly instanceType: string;
  /** 1 to 10 in each zone. Default: 1. */
  readonly brokersPerZone?: number;
  /** Of each broker at its beginning, and how far it grows by itself; it never shrinks. Default: 100 to 500. */
  readonly storageGiB?: { readonly first: number; readonly most: number };
  /** Hours that records are kept where a topic says nothing. Default: 168, a week. */
  readonly recordRetentionHours?: number;
  /** Told of partitions without a leader or too few copies, full disks and load. */
  readonly alarmTopicArn: Input<string>;
  /** Of the brokers. Default: 90. */
  readonly logRetentionDays?: number;
  /** Cluster and key cannot be deleted. Default: true. */
  readonly protect?: boolean;
  /** Default: {}. */
  readonly tags?: Readonly<Record<string, string>>;
}

const eventStreamDefaults = {
  brokersPerZone: 1,
  storageGiB: { first: 100, most: 500 },
  recordRetentionHours: 168,
  logRetentionDays: 90,
  protect: true,
  tags: {},
} as const;

export type EventStreamSpec = Required<EventStreamArgs>;

/** IAM access control over TLS. @see https://docs.aws.amazon.com/msk/latest/developerguide/port-info.html */
export const eventStreamPort = 9098;

/** Copies of every record, each in another zone. */
export const zones = 3;
const mostBrokersPerZone = 10;
/** @see https://docs.aws.amazon.com/msk/latest/developerguide/limits.html */
const mostStorageGiB = 16_384;

export function resolveEventStreamArgs(name: string, args: EventStreamArgs): EventStreamSpec {
  const spec = { ...eventStreamDefaults, ...args };
  const { clusterName, network, brokersPerZone, storageGiB, recordRetentionHours } = spec;
  const problems = [
    ...storePlaceProblems(spec),
    ...storeNetworkProblems(network, zones),
    ...instanceProblems(spec.instanceType),
    ...logRetentionProblems(spec.logRetentionDays),
  ];
  if (network.subnetIds.length > zones)
    problems.push(
      `network.subnetIds: got ${network.subnetIds.length} subnets, need ${zones}; MSK spreads over two or three zones`,
    );
  if (!/^[A-Za-z0-9][A-Za-z0-9-]{0,63}$/.test(clusterName))
    problems.push(
      `clusterName: got "${clusterName}", need at most 64 letters, digits and hyphens, beginning with a letter or digit`,
    );
  if (!isBetween(brokersPerZone, 1, mostBrokersPerZone))
    problems.push(`brokersPerZone: got ${brokersPerZone}, need 1 to ${mostBrokersPerZone}`);
  if (!isBetween(storageGiB.first, 1, mostStorageGiB))
    problems.push(`storageGiB.first: got ${storageGiB.first}, need 1 to ${mostStorageGiB}`);
  if (!isBetween(storageGiB.most, storageGiB.first, mostStorageGiB))
    problems.push(
      `storageGiB.most: got ${storageGiB.most}, need ${storageGiB.first} (first) to ${mostStorageGiB}`,
    );
  if (!(Number.isInteger(recordRetentionHours) && recordRetentionHours >= 1))
    problems.push(`recordRetentionHours: got ${recordRetentionHours}, need 1 or more`);
  if (problems.length > 0) throw new ArgsError("EventStream", name, problems);
  return spec;
}

function instanceProblems(instanceType: string): string[] {
  if (!/^kafka\.[a-z0-9]+\.[a-z0-9]+$/.test(instanceType))
    return [`instanceType: got "${instanceType}", need a type of broker such as kafka.m7g.large`];
  if (instanceType.startsWith("kafka.t3."))
    return [
      `instanceType: got "${instanceType}", which runs no Kafka without ZooKeeper, need kafka.m5.large, kafka.m7g.large or a larger one`,
    ];
  return [];
}
