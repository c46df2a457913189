import { encryptCustomerKey } from "../../policy/rules/encrypt-customer-key";
import { unknownText } from "../support/check-policy";
import { describeRule } from "./rule-table";

const logGroup = "aws:cloudwatch/logGroup:LogGroup";
const bucket =
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration";
const repository = "aws:ecr/repository:Repository";
const key = "arn:aws:kms:us-west-2:111122223333:key/1";
const missing = "is missing, so a key of AWS is taken";
const byDefault = (given: unknown) => ({ rules: [{ applyServerSideEncryptionByDefault: given }] });
const path = "rules[0].applyServerSideEncryptionByDefault";

describeRule(encryptCustomerKey, [
  ["a key of the account passes", logGroup, { kmsKeyId: key }, []],
  ["no key is reported", logGroup, { name: "g" }, [`kmsKeyId: ${missing}`]],
  [
    "a key of AWS by its alias is reported",
    "aws:secretsmanager/secret:Secret",
    { kmsKeyId: "alias/aws/secretsmanager" },
    ["kmsKeyId: is a key of AWS"],
  ],
  [
    "also by the alias's ARN",
    "aws:sns/topic:Topic",
    { kmsMasterKeyId: "arn:aws:kms:us-west-2:111122223333:alias/aws/sns" },
    ["kmsMasterKeyId: is a key of AWS"],
  ],
  [
    "a property inside of nothing is missed",
    "aws:mq/broker:Broker",
    { brokerName: "b" },
    [`encryptionOptions.kmsKeyId: ${missing}`],
  ],
  ["a replica has its source's", "aws:rds/instance:Instance", { replicateSourceDb: "db" }, []],
  [
    "a bucket with Amazon S3's own key is reported",
    bucket,
    byDefault({ sseAlgorithm: "AES256" }),
    [`${path}.sseAlgorithm: is a key of AWS, need aws:kms`],
  ],
  [
    "a bucket that names no key is reported",
    bucket,
    byDefault({ sseAlgorithm: "aws:kms" }),
    [`${path}.kmsMasterKeyId: ${missing}`],
  ],
  [
    "a bucket with a key passes",
    bucket,
    byDefault({ sseAlgorithm: "aws:kms:dsse", kmsMasterKeyId: key }),
    [],
  ],
  [
    "a repository of defaults is reported",
    repository,
    { name: "r" },
    [`encryptionConfigurations[0].kmsKey: ${missing}`],
  ],
  [
    "a repository with a key passes",
    repository,
    { encryptionConfigurations: [{ encryptionType: "KMS", kmsKey: key }] },
    [],
  ],
  ["a key that a preview does not know is one", logGroup, { kmsKeyId: unknownText }, []],
  [
    "what AWS lets nobody encrypt otherwise can be listed",
    bucket,
    byDefault({ sseAlgorithm: "AES256" }),
    [],
    { settings: { amazonKeyOnly: ["*::subject"] } },
  ],
]);
