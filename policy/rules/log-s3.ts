import { awsFoundational } from "../shared/frameworks";
import { matchesWildcard } from "../shared/pattern";
import { stackRule } from "../shared/rule";

interface Settings {
  /** URNs (patterns) of buckets that hold logs or results of queries on them, beside those that access logs go to. */
  logBuckets: string[];
}

const bucketTypes = ["aws:s3/bucket:Bucket", "aws:s3/bucketV2:BucketV2"] as const;
const loggingTypes = [
  "aws:s3/bucketLogging:BucketLogging",
  "aws:s3/bucketLoggingV2:BucketLoggingV2",
] as const;

export const logS3 = stackRule<Settings>({
  name: "log-s3",
  description: "Every bucket but those of logs logs who reads and writes it.",
  reach: "production",
  severity: "medium",
  framework: awsFoundational(
    "S3.9",
    "S3 general purpose buckets should have server access logging enabled",
  ),
  tags: ["fsbp:S3.9", "ckv:CKV_AWS_18"],
  remediationSteps:
    "Add an aws.s3.BucketLogging to a bucket of its own for logs; list a bucket that holds logs in `logBuckets`.",
  url: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/ServerLogs.html",
  settings: { logBuckets: { type: "array", items: { type: "string" }, default: [] } },
  types: [...bucketTypes, ...loggingTypes],
  check: ({ graph, settings, report }) => {
    const loggings = graph.ofType(...loggingTypes);
    const named = (property: string) =>
      loggings.map((one) => graph.referents(one, property, ...bucketTypes));
    const [logged, targets] = [named("bucket"), named("targetBucket")];
    for (const bucket of graph.ofType(...bucketTypes)) {
      const { urn, props } = bucket;
      const isLog =
        targets.some((buckets) => buckets?.includes(bucket) !== false) ||
        settings.logBuckets.some((pattern) => matchesWildcard(pattern, urn));
      if (isLog || props["loggings"] !== undefined || props["logging"] !== undefined) continue;
      if (logged.every((buckets) => buckets?.includes(bucket) === false))
        report("nothing logs who reads and writes it", urn);
    }
  },
});
