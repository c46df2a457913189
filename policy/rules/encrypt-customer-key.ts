import { awsFoundational } from "../shared/frameworks";
import { snapshot, unknownValue } from "../shared/known";
import { matchesWildcard } from "../shared/pattern";
import { onResource, resourceRule } from "../shared/rule";
import { listAt, textAt, valueAt } from "../shared/tree";

interface Settings {
  /** URNs (patterns) of what AWS lets nobody encrypt otherwise, such as buckets of access logs of load balancers. */
  amazonKeyOnly: string[];
}

/** By type: the property that names the key. */
const keys: Readonly<Record<string, string>> = {
  "aws:cloudwatch/logGroup:LogGroup": "kmsKeyId",
  "aws:secretsmanager/secret:Secret": "kmsKeyId",
  "aws:rds/instance:Instance": "kmsKeyId",
  "aws:rds/cluster:Cluster": "kmsKeyId",
  "aws:docdb/cluster:Cluster": "kmsKeyId",
  "aws:elasticache/replicationGroup:ReplicationGroup": "kmsKeyId",
  "aws:opensearch/domain:Domain": "encryptAtRest.kmsKeyId",
  "aws:mq/broker:Broker": "encryptionOptions.kmsKeyId",
  "aws:msk/cluster:Cluster": "encryptionInfo.encryptionAtRestKmsKeyArn",
  "aws:efs/fileSystem:FileSystem": "kmsKeyId",
  "aws:backup/vault:Vault": "kmsKeyArn",
  "aws:sns/topic:Topic": "kmsMasterKeyId",
};
const bucketTypes = [
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
  "aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2",
];
/** A replica in the region of its source has the key of that. */
const inherits = ["replicateSourceDb", "globalReplicationGroupId"];

export const encryptCustomerKey = resourceRule<Settings>({
  name: "encrypt-customer-key",
  description:
    "What is kept is encrypted with a key of the account, whose policy and use are ours to see, not with one of AWS.",
  reach: "production",
  severity: "medium",
  framework: awsFoundational(
    "S3.17",
    "S3 general purpose buckets should be encrypted at rest with AWS KMS keys",
  ),
  tags: [
    "ckv:CKV_AWS_184",
    "ckv:CKV_AWS_191",
    "ckv:CKV_AWS_247",
    "fsbp:S3.17",
    "ckv:CKV_AWS_136",
    "ckv:CKV_AWS_145",
    "ckv:CKV_AWS_149",
    "ckv:CKV_AWS_158",
    "ckv:CKV_AWS_166",
    "ckv:CKV_AWS_209",
    "ckv:CKV_AWS_327",
  ],
  remediationSteps:
    "Name an aws.kms.Key of the account; list in `amazonKeyOnly` what its service cannot encrypt with one.",
  url: "https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#key-mgmt",
  settings: { amazonKeyOnly: { type: "array", items: { type: "string" }, default: [] } },
  checks: [
    onResource<Settings>(Object.keys(keys), ({ type, urn, props, settings, report }) => {
      if (isExcepted(urn, settings) || inherits.some((key) => key in props)) return;
      const path = keys[type] ?? "";
      const [first = "", ...rest] = path.split(".");
      const key = valueAt({ value: snapshot(() => props[first]) }, "value", ...rest);
      const problem = keyProblem(key);
      if (problem !== undefined) report(`${path}: ${problem}`);
    }),
    onResource<Settings>(bucketTypes, ({ urn, props, settings, report }) => {
      if (isExcepted(urn, settings)) return;
      listAt({ list: snapshot(() => props["rules"]) }, "list").forEach((rule, index) => {
        const path = `rules[${index}].applyServerSideEncryptionByDefault`;
        const given = valueAt(rule, "applyServerSideEncryptionByDefault");
        const algorithm = textAt(given, "sseAlgorithm");
        if (given === unknownValue || valueAt(given, "sseAlgorithm") === unknownValue) return;
        if (algorithm?.startsWith("aws:kms") !== true)
          report(`${path}.sseAlgorithm: is a key of AWS, need aws:kms`);
        else {
          const problem = keyProblem(valueAt(given, "kmsMasterKeyId"));
          if (problem !== undefined) report(`${path}.kmsMasterKeyId: ${problem}`);
        }
      });
    }),
    onResource<Settings>(["aws:ecr/repository:Repository"], ({ urn, props, settings, report }) => {
      if (isExcepted(urn, settings)) return;
      const list = snapshot(() => props["encryptionConfigurations"]);
      if (list === unknownValue) return;
      const [first] = listAt({ list }, "list");
      const problem = keyProblem(first === unknownValue ? first : valueAt(first, "kmsKey"));
      if (problem !== undefined) report(`encryptionConfigurations[0].kmsKey: ${problem}`);
    }),
  ],
});

function isExcepted(urn: string, { amazonKeyOnly }: Settings): boolean {
  return amazonKeyOnly.some((pattern) => matchesWildcard(pattern, urn));
}

function keyProblem(key: unknown): string | undefined {
  if (key === undefined || key === "") return "is missing, so a key of AWS is taken";
  return typeof key === "string" && /(^|\/|:)alias\/aws\//.test(key)
    ? "is a key of AWS"
    : undefined;
}
