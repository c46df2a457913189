import type { Input } from "@pulumi/pulumi";
import { ArgsError } from "../shared/args-error";
import { storePlaceProblems } from "../shared/store-place";
import { type Folder, folderProblems } from "./lifecycle";

/** Versions that nobody can delete for a while. */
export interface ObjectLock {
  /** "governance": whoever holds a special right still can. "compliance": nobody, not even the account's root user. */
  readonly mode: "governance" | "compliance";
  /** 1 to 36500, of every new version. */
  readonly days: number;
}

/** A second bucket in another region, which follows by itself. */
export interface BucketReplica {
  readonly region: string;
  /** "one-way": it follows. "two-way": either is written, and what was written last wins; deletions go both ways too. */
  readonly direction: "one-way" | "two-way";
  /** Of the second bucket, and with `alias/` of its key, for programs there that know neither otherwise. Default: AWS's own. */
  readonly name?: string;
  /** In the region of the bucket: told of each object that is more than 15 minutes late, or could not follow. */
  readonly alarmTopicArn: Input<string>;
  /** In the other region: told how far it is behind, and the same of the way back. Default: none, nobody there is told. */
  readonly replicaAlarmTopicArn?: Input<string>;
  /** Policy that bounds the roles of the replication. Default: none. */
  readonly permissionsBoundaryArn?: Input<string>;
}

export interface ReplicatedBucketArgs {
  readonly region: string;
  /** 12 digits, or "unassigned" in a plan without an account. */
  readonly accountId: string;
  /** For people: what it holds, such as "Models". */
  readonly purpose: string;
  /**
   * What it holds, by folder such as "models/" ("" is the whole bucket), each with the class of its data or with ages of
   * its own. "vital": Standard-IA after 30 days, Glacier Instant Retrieval after 90, never deleted. "reproducible": the
   * same, deleted after 365. Replaced versions of both go after 365. Outside of every folder nothing is moved or deleted.
   */
  readonly folders: Readonly<Record<string, Folder>>;
  /** For the bucket's whole life: S3 cannot take it back. Default: none. */
  readonly objectLock?: ObjectLock;
  /** Default: none, one region. What is there before it comes is copied by a batch job: docs/data-stores.md. */
  readonly replica?: BucketReplica;
  /** Days that access logs are kept. Default: 365. */
  readonly accessLogRetentionDays?: number;
  /** Bucket and key cannot be deleted; false also lets a destroy empty the bucket. Default: true. */
  readonly protect?: boolean;
  /** Default: {}. */
  readonly tags?: Readonly<Record<string, string>>;
}

type Optional = "objectLock" | "replica";

export type ReplicatedBucketSpec = Required<Omit<ReplicatedBucketArgs, Optional>> &
  Pick<ReplicatedBucketArgs, Optional>;

const replicatedBucketDefaults = {
  accessLogRetentionDays: 365,
  protect: true,
  tags: {},
} as const;

const longestLockDays = 36_500;

export function resolveReplicatedBucketArgs(
  name: string,
  args: ReplicatedBucketArgs,
): ReplicatedBucketSpec {
  const spec = { ...replicatedBucketDefaults, ...args };
  const problems = [...storePlaceProblems(spec), ...folderProblems(spec.folders)];
  const { accessLogRetentionDays, objectLock, protect } = spec;
  if (!(Number.isInteger(accessLogRetentionDays) && accessLogRetentionDays >= 1))
    problems.push(`accessLogRetentionDays: got ${accessLogRetentionDays}, need 1 or more`);
  if (objectLock !== undefined) {
    const { days, mode } = objectLock;
    if (!(Number.isInteger(days) && days >= 1 && days <= longestLockDays))
      problems.push(`objectLock.days: got ${days}, need 1 to ${longestLockDays}`);
    if (mode === "compliance" && !protect)
      problems.push(
        "objectLock.mode: got compliance without protect, need protect true; nobody could delete the bucket anyway",
      );
  }
  problems.push(...replicaProblems(spec));
  if (problems.length > 0) throw new ArgsError("ReplicatedBucket", name, problems);
  return spec;
}

function replicaProblems({ region, replica }: ReplicatedBucketSpec): string[] {
  if (replica === undefined) return [];
  const problems: string[] = [];
  if (replica.region === region)
    problems.push(`replica.region: got "${region}", which is the bucket's own, need another one`);
  else if (!/^[a-z]{2}(-[a-z]+)+-\d$/.test(replica.region))
    problems.push(`replica.region: got "${replica.region}", need a region such as us-east-2`);
  const { direction, name } = replica;
  if (name !== undefined && !/^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/.test(name))
    problems.push(
      `replica.name: got "${name}", need 3 to 63 lower-case letters, digits and hyphens`,
    );
  // Callers in JavaScript.
  if (!["one-way", "two-way"].includes(direction))
    problems.push(`replica.direction: got "${direction}", need one-way or two-way`);
  return problems;
}
