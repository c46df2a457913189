import type { PolicyResource } from "@pulumi/policy";
import { awsFoundational } from "../shared/frameworks";
import type { Graph } from "../shared/graph";
import { snapshot, unknownValue } from "../shared/known";
import { stackRule } from "../shared/rule";
import { listAt, textAt, valueAt } from "../shared/tree";
import { isListed } from "../shared/workloads";

interface Settings {
  /** Patterns of the Pulumi names of buckets whose objects are wanted for ever, at the dearest price. */
  keptBuckets: string[];
}

const bucketTypes = ["aws:s3/bucket:Bucket", "aws:s3/bucketV2:BucketV2"];
const lifecycleTypes = [
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
  "aws:s3/bucketLifecycleConfigurationV2:BucketLifecycleConfigurationV2",
];
/** Any of them makes an old object cost less, or nothing. */
const ends = [
  "expiration",
  "transitions",
  "noncurrentVersionExpiration",
  "noncurrentVersionTransitions",
];

export const costS3Lifecycle = stackRule<Settings>({
  name: "cost-s3-lifecycle",
  description:
    "Objects of every bucket become cheaper or go with age, and uploads that were broken off do not stay.",
  reach: "production",
  severity: "low",
  framework: awsFoundational(
    "S3.13",
    "S3 general purpose buckets should have Lifecycle configurations",
  ),
  tags: ["fsbp:S3.10", "fsbp:S3.13", "ckv:CKV2_AWS_61", "ckv:CKV_AWS_300"],
  remediationSteps:
    "Add an aws.s3.BucketLifecycleConfiguration with transitions or an expiration, and abortIncompleteMultipartUpload.",
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-13",
  settings: { keptBuckets: { type: "array", items: { type: "string" }, default: [] } },
  types: bucketTypes,
  check: ({ graph, settings, report }) => {
    for (const bucket of graph.ofType(...bucketTypes)) {
      if (isListed(settings.keptBuckets, bucket.name)) continue;
      const rules = rulesOf(graph, bucket);
      if (rules === undefined) continue;
      if (!rules.some((rule) => ends.some((end) => isThere(rule, end))))
        report("no lifecycle rule makes old objects cheaper or ends them", bucket.urn);
      if (!rules.some((rule) => isThere(rule, "abortIncompleteMultipartUpload")))
        report("no lifecycle rule ends uploads that were broken off", bucket.urn);
    }
  },
});

function isThere(rule: unknown, key: string): boolean {
  const value = valueAt(rule, key);
  return Array.isArray(value) ? value.length > 0 : value !== undefined;
}

/** The bucket's enabled rules; undefined where a preview cannot tell. */
function rulesOf(graph: Graph, bucket: PolicyResource): readonly unknown[] | undefined {
  const found: unknown[] = [];
  for (const lifecycle of graph.ofType(...lifecycleTypes)) {
    const buckets = graph.referents(lifecycle, "bucket", ...bucketTypes);
    if (buckets === undefined) return undefined;
    if (!buckets.includes(bucket)) continue;
    const rules = snapshot((): unknown => lifecycle.props["rules"]);
    if (rules === unknownValue) return undefined;
    found.push(
      ...listAt({ rules }, "rules").filter((rule) => textAt(rule, "status") !== "Disabled"),
    );
  }
  return found;
}
