import type { Input } from "@pulumi/pulumi";
import type { BucketCheck, DatabaseCheck } from "./checks";
import { ArgsError } from "../shared/args-error";
import type { DataClass } from "../shared/service-record";
import { drReplicationProblems } from "./problems";

/** Days that backups of a class are kept, by how often they are made; 0: none of that kind. */
export interface ClassPlan {
  /** Every second of so many days, 1 to 35. Of buckets: a database does so by itself, and its own component says for how long. */
  readonly continuousDays: number;
  readonly dailyDays: number;
  readonly weeklyDays: number;
  readonly monthlyDays: number;
  /**
   * Monthly ones go to cold storage after so many days and stay there for 90 at least, where the store has such: volumes
   * do, Aurora and S3 do not. 0: never.
   */
  readonly coldAfterDays: number;
}

interface StoreBase {
  /** The loss of what it keeps. It has to carry the tag `data-class` with this value, by which it is selected. */
  readonly dataClass: DataClass;
}

/** Whatever keeps data, named once: what nobody names is refused by the policy `dr-data-class`. */
export type KeptStore =
  | (StoreBase & {
      /** A cluster of Aurora PostgreSQL. */
      readonly kind: "database";
      readonly arn: Input<string>;
      readonly keyArn: Input<string>;
      readonly endpoint: Input<string>;
      readonly port: number;
      /** User name and password of its administrator: reads the source of a restore test, and writes the heartbeat. */
      readonly masterSecretArn: Input<string>;
      /** Of the instance that a test adds to the restored cluster, for its minutes. */
      readonly instanceClass: string;
      readonly subnetGroupName: Input<string>;
      /** Of the source, for the way in of the function that compares. */
      readonly securityGroupId: Input<string>;
      /** What a restored one is asked, beside its heartbeat. */
      readonly checks: readonly DatabaseCheck[];
    })
  | (StoreBase & {
      readonly kind: "bucket";
      readonly bucketName: Input<string>;
      readonly arn: Input<string>;
      readonly keyArn: Input<string>;
      readonly checks: readonly BucketCheck[];
    })
  | (StoreBase & {
      /** One that AWS Backup knows nothing of. */
      readonly kind: "elsewhere";
      /** What brings it back instead, for people: its own snapshots, another service, nothing and why. */
      readonly broughtBackBy: string;
    });

/** Against deletion before time, also by whoever administers the account. */
export type VaultLock =
  | { readonly mode: "none" }
  | {
      /** Whoever has the right to take the lock off still can. */
      readonly mode: "governance";
      /** Nothing is kept shorter; a plan that would be refused. */
      readonly minRetentionDays: number;
    }
  | {
      /** CANNOT BE UNDONE once the days have passed: not by the account's root user, not by AWS. */
      readonly mode: "compliance";
      readonly minRetentionDays: number;
      /** Days to change one's mind, 3 or more. */
      readonly coolingOffDays: number;
    };

export interface RestoreTest {
  /** UTC, "cron(…)"; weekly or more often, since a week without a proof is an alarm. */
  readonly schedule: string;
  /** Alarm when a restored store would have lost more than this. The age of the last backup counts. */
  readonly rpoHours: number;
  /** Alarm when restore and checks took longer. */
  readonly rtoMinutes: number;
  /** Where the function runs that looks into restored databases. */
  readonly network: {
    readonly vpcId: Input<string>;
    readonly subnetIds: Input<Input<string>[]>;
    /** Of the interface endpoints. Default: none, the function goes to public addresses alone. */
    readonly endpointSecurityGroupId?: Input<string>;
  };
}

export interface DrReplicationArgs {
  readonly region: string;
  /** 12 digits, or "unassigned" in a plan without an account. */
  readonly accountId: string;
  /** Value of the tag `environment` of the stores, and of the metrics' dimension. */
  readonly environment: string;
  /** Every store, by a short name such as "database" or "models". */
  readonly stores: Readonly<Record<string, KeptStore>>;
  /** Default: vital 35 days of any second in buckets, 35 daily, 90 weekly, 365 monthly; reproducible 7 daily, 30 weekly. */
  readonly plans?: Readonly<Record<"vital" | "reproducible", ClassPlan>>;
  /** Region that backups of vital data are copied to, into a vault with a key of its own. Default: none. */
  readonly copyRegion?: string;
  /**
   * Vault in another account, in the same region: its owner made it and lets this account copy into it. AWS Backup copies a
   * database's snapshot to another region or to another account, and does both as two copies. Default: none.
   */
  readonly otherAccountVaultArn?: string;
  /** Default: none. */
  readonly lock?: VaultLock;
  /** Default: none; then nobody knows whether a backup can be restored. */
  readonly restoreTest?: RestoreTest;
  /** Told of jobs that failed, of restores that do not hold, and of tests that did not happen. */
  readonly alarmTopicArn: Input<string>;
  /** Days that reports of jobs are kept. Default: 365. */
  readonly reportRetentionDays?: number;
  /** Of the function. Default: 365. */
  readonly logRetentionDays?: number;
  /** Policy that bounds the roles. Default: none. */
  readonly permissionsBoundaryArn?: Input<string>;
  /** Vaults and keys cannot be deleted. Default: true. */
  readonly protect?: boolean;
  /** Default: {}. */
  readonly tags?: Readonly<Record<string, string>>;
}

type Optional = "copyRegion" | "otherAccountVaultArn" | "restoreTest" | "permissionsBoundaryArn";

export type DrReplicationSpec = Required<Omit<DrReplicationArgs, Optional>> &
  Pick<DrReplicationArgs, Optional>;

const drReplicationDefaults = {
  plans: {
    vital: {
      continuousDays: 35,
      dailyDays: 35,
      weeklyDays: 90,
      monthlyDays: 365,
      coldAfterDays: 30,
    },
    reproducible: {
      continuousDays: 0,
      dailyDays: 7,
      weeklyDays: 30,
      monthlyDays: 0,
      coldAfterDays: 0,
    },
  },
  lock: { mode: "none" },
  reportRetentionDays: 365,
  logRetentionDays: 365,
  protect: true,
  tags: {},
} as const;

export function resolveDrReplicationArgs(name: string, args: DrReplicationArgs): DrReplicationSpec {
  const spec = { ...drReplicationDefaults, ...args };
  const problems = drReplicationProblems(name, spec);
  if (problems.length > 0) throw new ArgsError("DrReplication", name, problems);
  return spec;
}
