import { awsFoundational } from "../shared/frameworks";
import { snapshot, unknownValue } from "../shared/known";
import { stackRule } from "../shared/rule";
import { listAt, textAt, valueAt } from "../shared/tree";

const bucketTypes = ["aws:s3/bucket:Bucket", "aws:s3/bucketV2:BucketV2"] as const;
const encryptionTypes = [
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
  "aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2",
];
const policyTypes = ["aws:s3/bucketPolicy:BucketPolicy"];

export const encryptBucket = stackRule({
  name: "encrypt-bucket",
  description:
    "Every bucket says how it is encrypted, with a key of the account where it says so itself, and has a policy, which `encrypt-in-transit` reads.",
  reach: "production",
  severity: "medium",
  framework: awsFoundational(
    "S3.17",
    "S3 general purpose buckets should be encrypted at rest with AWS KMS keys",
  ),
  tags: ["fsbp:S3.5", "fsbp:S3.17", "ckv:CKV_AWS_19", "ckv:CKV_AWS_145"],
  remediationSteps:
    "Add an aws.s3.BucketServerSideEncryptionConfiguration with a key, and an aws.s3.BucketPolicy that denies requests without TLS.",
  url: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingEncryption.html",
  settings: {},
  types: [...bucketTypes, ...encryptionTypes, ...policyTypes],
  check: ({ graph, report }) => {
    const bucketsOf = (types: readonly string[]) =>
      graph.ofType(...types).map((one) => graph.referents(one, "bucket", ...bucketTypes));
    const [encrypted, guarded] = [bucketsOf(encryptionTypes), bucketsOf(policyTypes)];
    for (const bucket of graph.ofType(...bucketTypes)) {
      const lacks = (companions: typeof encrypted) =>
        companions.every((buckets) => buckets?.includes(bucket) === false);
      const inline = snapshot((): unknown => bucket.props["serverSideEncryptionConfiguration"]);
      const inlineList: unknown = bucket.props["serverSideEncryptionConfigurations"];
      if (inline === undefined && inlineList === undefined && lacks(encrypted))
        report("nothing says how it is encrypted", bucket.urn);
      if (lacks(encrypted) && hasAmazonKey(inline))
        report("serverSideEncryptionConfiguration: is a key of AWS, need aws:kms", bucket.urn);
      if (bucket.props["policy"] === undefined && lacks(guarded))
        report("no policy denies requests without TLS", bucket.urn);
    }
  },
});

function hasAmazonKey(inline: unknown): boolean {
  if (inline === undefined || inline === unknownValue) return false;
  const rule = valueAt(inline, "rule") ?? listAt(inline, "rules")[0];
  const algorithm = textAt(rule, "applyServerSideEncryptionByDefault", "sseAlgorithm");
  return algorithm !== undefined && !algorithm.startsWith("aws:kms");
}
