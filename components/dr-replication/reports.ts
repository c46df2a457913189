import * as aws from "@pulumi/aws";
import { createLogBucket } from "../shared/log-bucket";
import { reportsWrite } from "./policies";
import type { Scope, Vaults } from "./scope";

const templates = {
  backup: "BACKUP_JOB_REPORT",
  copy: "COPY_JOB_REPORT",
  restore: "RESTORE_JOB_REPORT",
} as const;

/** Every day, which jobs ran and how they ended: what an auditor asks for. */
export function createReports({ name, spec, owned }: Scope, { here }: Vaults): aws.s3.Bucket {
  const { region, accountId, protect, tags, reportRetentionDays } = spec;
  const { bucket, settings } = createLogBucket(
    {
      ...{ role: `${name}-backup-reports`, region, protect, tags },
      retentionDays: reportRetentionDays,
      keyArn: here.key.arn,
      statements: (bucketArn) => [reportsWrite(accountId, bucketArn)],
    },
    owned,
  );
  for (const [kind, reportTemplate] of Object.entries(templates))
    new aws.backup.ReportPlan(
      `${name}-${kind}-jobs`,
      {
        region,
        // Letters, numbers and underscores are all that it takes.
        name: `${name}-${kind}-jobs`.replaceAll("-", "_"),
        description: `Jobs of ${name}: ${kind}`,
        reportSetting: { reportTemplate },
        reportDeliveryChannel: {
          s3BucketName: bucket.bucket,
          s3KeyPrefix: kind,
          formats: ["CSV", "JSON"],
        },
        tags,
      },
      { ...owned, dependsOn: settings },
    );
  return bucket;
}
