import * as aws from "@pulumi/aws";
import type { ChildOptions } from "../shared/child-options";
import { createLogBucket } from "../shared/log-bucket";
import type { ReplicatedBucketSpec } from "./args";
import { accessLogsWrite } from "./policies";

interface BucketParts {
  readonly spec: ReplicatedBucketSpec;
  readonly bucket: aws.s3.Bucket;
}

/** Encrypted with S3's own key: the service that writes access logs takes no other. */
export function createAccessLogs(name: string, { spec, bucket }: BucketParts, owned: ChildOptions) {
  const { region, accountId, accessLogRetentionDays, protect, tags } = spec;
  const role = `${name}-access-logs`;
  const logs = createLogBucket(
    {
      ...{ role, region, tags, protect },
      retentionDays: accessLogRetentionDays,
      statements: (logBucketArn) => [
        accessLogsWrite(logBucketArn, { accountId, bucketArn: bucket.arn }),
      ],
    },
    owned,
  );
  new aws.s3.BucketLogging(
    `${name}-logging`,
    {
      region,
      bucket: bucket.bucket,
      targetBucket: logs.bucket.bucket,
      targetPrefix: "access/",
      // By day of the request, so that a question about a day reads no other.
      targetObjectKeyFormat: { partitionedPrefix: { partitionDateSource: "EventTime" } },
    },
    { ...owned, dependsOn: logs.settings },
  );
  return logs;
}
