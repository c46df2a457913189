import type { Input } from "@pulumi/pulumi";
import { ArgsError } from "../shared/args-error";
import { auroraPostgresql } from "../shared/versions";
import { databaseProblems } from "./problems";

/** Where a cluster is. */
export interface DatabaseNetwork {
  readonly vpcId: Input<string>;
  /** Subnets without a way out, by zone: at least 2, which RDS asks for. Keys decide how many instances there are. */
  readonly subnetIdByZone: Readonly<Record<string, Input<string>>>;
  /** Security groups whose members may connect, by what they are: the nodes of a cluster, a function. */
  readonly clientSecurityGroupIds: Readonly<Record<string, Input<string>>>;
}

/**
 * A part of a database in two regions. Each region is another program's, which shares nothing with this one but names: the one
 * that is left has to go on when the other's region is lost.
 */
export type GlobalDatabase = GlobalPrimary | GlobalSecondary;

/** Makes the global database, named after the component, and takes the writes until somebody fails over. */
export interface GlobalPrimary {
  readonly role: "primary";
  /** Where the secondary is: the administrator's secret gets a copy there, without which nobody could administer it. */
  readonly copyRegion: string;
}

/** Joins a global database: a second or so behind, and the writer once an operator says so. */
export interface GlobalSecondary {
  readonly role: "secondary";
  /** Of the global database: name of the component that makes it. */
  readonly identifier: string;
  readonly primaryRegion: string;
  /** "headless": the data alone, instances are added at the moment of need; "readers": one in each zone, which answer queries. */
  readonly instances: "headless" | "readers";
  /** Told when more than this could be lost, or when nobody knows. Default: 60. */
  readonly rpoSeconds?: number;
}

export interface MultiAzDatabaseArgs extends DatabaseNetwork {
  readonly region: string;
  /** 12 digits, or "unassigned" in a plan without an account. */
  readonly accountId: string;
  /** "multi-zone": a writer, and a reader in every other zone; "single-instance": what a zone's loss takes away for minutes. */
  readonly availability: "multi-zone" | "single-instance";
  /** Such as db.r6g.large; which are known: instance-classes.ts. */
  readonly instanceClass: string;
  /** Told of failovers, failures and of what comes close to its limit. */
  readonly alarmTopicArn: Input<string>;
  /** Days of which any second can be restored, 1 to 35. Default: 7. */
  readonly backupRetentionDays?: number;
  /** Daily, UTC, "HH:MM-HH:MM", 30 minutes or longer. Default: "08:00-09:00", the night of the west coast. */
  readonly backupWindow?: string;
  /** Weekly, UTC, "ddd:HH:MM-ddd:HH:MM", apart from the backup. Default: "sun:09:30-sun:10:30". */
  readonly maintenanceWindow?: string;
  /** Days that logs are kept; one of the numbers that CloudWatch Logs takes. Default: 90. */
  readonly logRetentionDays?: number;
  /**
   * "advanced" keeps 15 months of load, plans and locks and costs per processor; "standard" keeps 7 days for nothing.
   * Default: "standard".
   */
  readonly insights?: "standard" | "advanced";
  /** Exact, of Aurora PostgreSQL 17. Default: that of components/shared/versions.ts. */
  readonly engineVersion?: string;
  /** Default: none. RDS manages no master password in one: the first is replaced by DatabaseUsers, of the primary. */
  readonly globalDatabase?: GlobalDatabase;
  /** Policy that bounds the role of the monitoring. Default: none. */
  readonly permissionsBoundaryArn?: Input<string>;
  /** Clusters and keys refuse to be deleted, and a last snapshot is taken when they are. Default: true. */
  readonly protect?: boolean;
  /** Default: {}. */
  readonly tags?: Readonly<Record<string, string>>;
}

type Optional = "globalDatabase" | "permissionsBoundaryArn";

export type MultiAzDatabaseSpec = Required<Omit<MultiAzDatabaseArgs, Optional>> &
  Pick<MultiAzDatabaseArgs, Optional>;

/** What a critical service may lose: docs/disaster-recovery.md. */
export const defaultRpoSeconds = 60;

const multiAzDatabaseDefaults = {
  backupRetentionDays: 7,
  backupWindow: "08:00-09:00",
  maintenanceWindow: "sun:09:30-sun:10:30",
  logRetentionDays: 90,
  insights: "standard",
  engineVersion: auroraPostgresql.version,
  protect: true,
  tags: {},
} as const;

export function resolveMultiAzDatabaseArgs(
  name: string,
  args: MultiAzDatabaseArgs,
): MultiAzDatabaseSpec {
  const spec = { ...multiAzDatabaseDefaults, ...args };
  const problems = databaseProblems(name, spec);
  if (problems.length > 0) throw new ArgsError("MultiAzDatabase", name, problems);
  return spec;
}
