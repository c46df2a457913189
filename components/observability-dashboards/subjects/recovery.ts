import { cloudWatch } from "../../observability-rules";
import { layOut } from "../layout";
import { graph, note, stat, table } from "../panels";
import type { PlannedDashboard } from "../planned";
import { noneWanted, ofEnvironment, type Subject } from "./subject";

const backup = "AWS/Backup";
const recovery = "Auterity/Recovery";

/** Of the kinds of stores whose last restore was looked at, those that held. */
export function restoresHeld(subject: Subject): string {
  const of = ofEnvironment(subject);
  const held = `sum(${cloudWatch(recovery, "RestoresValidated")}${of})`;
  const refuted = `sum(${cloudWatch(recovery, "RestoresRefuted")}${of})`;
  return `${held} / (${held} + ${refuted})`;
}

/** Whether what is lost comes back: backups, copies, and restores that were tried. */
export function recoveryDashboard(subject: Subject): PlannedDashboard {
  return layOut({
    uid: "recovery",
    title: "Disaster recovery",
    about:
      "Backups, their copies in the other region, and restores that are made and checked every week.",
    folder: "Platform",
    tags: ["recovery"],
    from: "now-30d",
    rows: [restores(subject), backups, copies],
  });
}

function restores(subject: Subject) {
  const of = ofEnvironment(subject);
  const byType = (metric: Parameters<typeof cloudWatch<typeof recovery>>[1]): string =>
    `max by (dimension_ResourceType) (${cloudWatch(recovery, metric)}${of})`;
  return {
    title: "Restores that were tried",
    panels: [
      stat({
        title: "Restores that held, the last of each kind of store",
        unit: "percentunit",
        width: 6,
        height: 8,
        limits: { colors: ["red", "green"], at: [1] },
        nothing: "none within eight days",
        queries: [{ expr: restoresHeld(subject) }],
      }),
      table({
        title: "The last of each kind",
        about: "What of the data was missing, and how long restore and check took, in seconds.",
        width: 10,
        nothing: "none within eight days",
        queries: [
          { expr: byType("MeasuredRpo"), legend: "seconds lost" },
          { expr: byType("MeasuredRto"), legend: "seconds it took" },
          { expr: byType("RestoresRefuted"), legend: "did not hold" },
        ],
      }),
      note({
        title: "What else is tried, and where it is written",
        text: "Loss of the whole region, of the cluster or of a secret is tried by people, by the runbooks `disaster-*` of docs/runbooks. What was promised of time and loss stands in docs/disaster-recovery.md. The restore itself is tried on real parts by `npm run drill -- restore`.",
        width: 8,
        height: 8,
      }),
    ],
  };
}

const backups = {
  title: "Backups",
  panels: [
    graph({
      title: "Backups made within a day, by vault",
      unit: "short",
      width: 12,
      queries: [
        {
          expr: `sum by (dimension_BackupVaultName) (${cloudWatch(backup, "NumberOfBackupJobsCompleted")})`,
          legend: "{{dimension_BackupVaultName}}",
        },
      ],
    }),
    graph({
      title: "Backups and copies that failed within a day",
      unit: "short",
      width: 12,
      limits: noneWanted,
      queries: [
        {
          expr: `sum(${cloudWatch(backup, "NumberOfBackupJobsFailed")})`,
          legend: "backups",
        },
        { expr: `sum(${cloudWatch(backup, "NumberOfCopyJobsFailed")})`, legend: "copies" },
      ],
    }),
  ],
};

const copies = {
  title: "Copies that follow at once",
  panels: [
    graph({
      title: "Buckets: how long a copy takes",
      unit: "s",
      width: 12,
      queries: [
        {
          expr: `max by (dimension_SourceBucket) (${cloudWatch("AWS/S3", "ReplicationLatency")})`,
          legend: "{{dimension_SourceBucket}}",
        },
      ],
    }),
    graph({
      title: "Database: how far readers are behind the writer",
      unit: "ms",
      width: 12,
      queries: [
        {
          expr: `max by (dimension_DBInstanceIdentifier) (${cloudWatch("AWS/RDS", "AuroraReplicaLag")}{dimension_DBInstanceIdentifier!=""})`,
          legend: "{{dimension_DBInstanceIdentifier}}",
        },
      ],
    }),
  ],
};
