import type { Input } from "@pulumi/pulumi";
import { ArgsError } from "../shared/args-error";
import { logRetentionProblems, storePlaceProblems } from "../shared/store-place";
import { storeNetworkProblems, type StoreNetwork } from "../shared/store-network";

export interface TraceStoreArgs {
  readonly region: string;
  /** 12 digits, or "unassigned" in a plan without an account. */
  readonly accountId: string;
  /** Name of the domain in AWS, at most 28 characters. */
  readonly domainName: string;
  /** Three subnets in three zones. */
  readonly network: StoreNetwork;
  /** Where the function runs that deletes old traces: subnets that reach those of the domain. */
  readonly functionSubnetIds: readonly Input<string>[];
  /** Such as "r7g.large.search"; one node in each zone. */
  readonly instanceType: string;
  /** Disk of each node, in GiB. */
  readonly storageGiB: number;
  /** Days after which an index is deleted as a whole. */
  readonly retentionDays: number;
  /** Names of the indices that are deleted begin with it: "jaeger". */
  readonly indexPrefix: string;
  /** Of the domain's own logs and the function's. Default: 90. */
  readonly logRetentionDays?: number;
  readonly alarmTopicArn: Input<string>;
  /** Policy that bounds the function's roles. Default: none. */
  readonly permissionsBoundaryArn?: Input<string>;
  /** Domain and key cannot be deleted. Default: true. */
  readonly protect?: boolean;
  /** Default: {}. */
  readonly tags?: Readonly<Record<string, string>>;
}

type Optional = "permissionsBoundaryArn";
export type TraceStoreSpec = Required<Omit<TraceStoreArgs, Optional>> &
  Pick<TraceStoreArgs, Optional>;

const traceStoreDefaults = { logRetentionDays: 90, protect: true, tags: {} } as const;

/** A node in each: two are left, and agree, when one zone is lost. */
export const zones = 3;

export function resolveTraceStoreArgs(name: string, args: TraceStoreArgs): TraceStoreSpec {
  const spec = { ...traceStoreDefaults, ...args };
  const problems = [
    ...storePlaceProblems(spec),
    ...storeNetworkProblems(spec.network, zones),
    ...logRetentionProblems(spec.logRetentionDays),
    ...nameProblems(spec),
    ...sizeProblems(spec),
  ];
  if (problems.length > 0) throw new ArgsError("TraceStore", name, problems);
  return spec;
}

/** @see https://docs.aws.amazon.com/opensearch-service/latest/APIReference/API_CreateDomain.html */
function nameProblems({ domainName, indexPrefix, functionSubnetIds }: TraceStoreSpec): string[] {
  return [
    ...(/^[a-z][a-z0-9-]{2,27}$/.test(domainName)
      ? []
      : [
          `domainName: got "${domainName}", need 3 to 28 lower-case letters, digits and hyphens, beginning with a letter`,
        ]),
    // A prefix that matches more would delete more.
    ...(/^[a-z][a-z0-9-]*$/.test(indexPrefix)
      ? []
      : [
          `indexPrefix: got "${indexPrefix}", need lower-case letters, digits and hyphens, beginning with a letter`,
        ]),
    ...(functionSubnetIds.length === 0 ? ["functionSubnetIds: got none, need at least one"] : []),
  ];
}

function sizeProblems({ instanceType, storageGiB, retentionDays }: TraceStoreSpec): string[] {
  const problems: string[] = [];
  // Burstable types have no encryption of older generations, and stop when their credits do.
  if (!/^[a-z0-9]+\.[a-z0-9]+\.search$/.test(instanceType) || /^t\d/.test(instanceType))
    problems.push(
      `instanceType: got "${instanceType}", need a type such as r7g.large.search, and none of t2 or t3`,
    );
  if (!Number.isInteger(storageGiB) || storageGiB < 10 || storageGiB > 3072)
    problems.push(`storageGiB: got ${storageGiB}, need 10 to 3072`);
  if (!Number.isInteger(retentionDays) || retentionDays < 1 || retentionDays > 90)
    problems.push(`retentionDays: got ${retentionDays}, need 1 to 90`);
  return problems;
}
