import * as aws from "@pulumi/aws";
import { auroraPostgresql } from "../shared/versions";
import type { RegionScope } from "./scope";

/**
 * Of the cluster. @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraPostgreSQL.Reference.ParameterGroups.html
 * Statements that change roles carry no password in clear, so that logging them gives none away.
 */
const clusterSettings = {
  "rds.force_ssl": "1",
  "rds.accepted_password_auth_method": "scram",
  password_encryption: "scram-sha-256",
  shared_preload_libraries: "pg_stat_statements",
  log_statement: "ddl",
  log_connections: "1",
  log_disconnections: "1",
  log_lock_waits: "1",
  // Milliseconds: what a person notices.
  log_min_duration_statement: "1000",
  log_autovacuum_min_duration: "10000",
  // KiB on disk: work_mem was too small for the query.
  log_temp_files: "10240",
  // Milliseconds: a forgotten transaction keeps rows from being cleaned up.
  idle_in_transaction_session_timeout: "600000",
} as const;

const instanceSettings = {
  "pg_stat_statements.track": "all",
  track_io_timing: "1",
} as const;

/** Read at the start of an instance only. */
const atStart: ReadonlySet<string> = new Set([
  "rds.accepted_password_auth_method",
  "shared_preload_libraries",
]);

export function createParameterGroups({ clusterName, region, spec, owned }: RegionScope): {
  clusterParameters: aws.rds.ClusterParameterGroup;
  instanceParameters: aws.rds.ParameterGroup;
} {
  const common = { region, family: auroraPostgresql.family, tags: spec.tags };
  return {
    clusterParameters: new aws.rds.ClusterParameterGroup(
      clusterName,
      {
        ...common,
        description: `TLS, passwords and logs of ${clusterName}`,
        parameters: parameters(clusterSettings),
      },
      owned,
    ),
    instanceParameters: new aws.rds.ParameterGroup(
      clusterName,
      {
        ...common,
        description: `Statistics of the instances of ${clusterName}`,
        parameters: parameters(instanceSettings),
      },
      owned,
    ),
  };
}

function parameters(settings: Readonly<Record<string, string>>) {
  return Object.entries(settings).map(([name, value]) => ({
    name,
    value,
    applyMethod: atStart.has(name) ? "pending-reboot" : "immediate",
  }));
}
