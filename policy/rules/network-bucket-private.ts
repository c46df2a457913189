import type { PolicyResource } from "@pulumi/policy";
import { awsFoundational } from "../shared/frameworks";
import type { Graph } from "../shared/graph";
import { known, unknownValue } from "../shared/known";
import { stackRule } from "../shared/rule";

const bucketTypes = ["aws:s3/bucket:Bucket", "aws:s3/bucketV2:BucketV2"];
const blockType = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock";
const switches = [
  "blockPublicAcls",
  "blockPublicPolicy",
  "ignorePublicAcls",
  "restrictPublicBuckets",
] as const;

export const networkBucketPrivate = stackRule({
  name: "network-bucket-private",
  description:
    "Every bucket refuses whatever would open it to everybody: public access is blocked in all four ways.",
  reach: "everywhere",
  severity: "critical",
  framework: awsFoundational(
    "S3.8",
    "S3 Block Public Access setting should be enabled at the bucket level",
  ),
  tags: [
    ...["fsbp:S3.2", "fsbp:S3.3", "fsbp:S3.8"],
    ...["ckv:CKV_AWS_53", "ckv:CKV_AWS_54", "ckv:CKV_AWS_55", "ckv:CKV_AWS_56", "ckv:CKV2_AWS_6"],
  ],
  remediationSteps:
    "Add an aws.s3.BucketPublicAccessBlock for the bucket with all four switches on.",
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-8",
  settings: {},
  types: bucketTypes,
  check: ({ graph, report }) => {
    for (const bucket of graph.ofType(...bucketTypes)) {
      const blocks = blocksOf(graph, bucket);
      if (blocks === undefined) continue;
      if (blocks.length === 0) report("nothing blocks public access", bucket.urn);
      for (const block of blocks)
        for (const key of switches) {
          const value = known((): unknown => block.props[key], unknownValue);
          if (value !== unknownValue && value !== true) report(`${key}: is not true`, block.urn);
        }
    }
  },
});

/** Undefined where a preview cannot tell whose a block is. */
function blocksOf(graph: Graph, bucket: PolicyResource): readonly PolicyResource[] | undefined {
  const found: PolicyResource[] = [];
  for (const block of graph.ofType(blockType)) {
    const buckets = graph.referents(block, "bucket", ...bucketTypes);
    if (buckets === undefined) return undefined;
    if (buckets.includes(bucket)) found.push(block);
  }
  return found;
}
