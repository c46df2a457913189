import { encryptAtRest } from "../../policy/rules/encrypt-at-rest";
import { unknownText } from "../support/check-policy";
import { describeRule } from "./rule-table";

const template = "aws:ec2/launchTemplate:LaunchTemplate";
const topic = "aws:sns/topic:Topic";
const disks = (...ebs: object[]) => ({ blockDeviceMappings: ebs.map((disk) => ({ ebs: disk })) });

describeRule(encryptAtRest, [
  ["an encrypted database passes", "aws:rds/instance:Instance", { storageEncrypted: true }, []],
  [
    "a database in the clear is reported",
    "aws:rds/instance:Instance",
    { storageEncrypted: false },
    ["storageEncrypted: is not true"],
  ],
  [
    "nothing set is reported",
    "aws:elasticache/replicationGroup:ReplicationGroup",
    {},
    ["atRestEncryptionEnabled: is not true"],
  ],
  ["a topic without a key is reported", topic, { name: "t" }, ["kmsMasterKeyId: is missing"]],
  ["an empty key is none", topic, { kmsMasterKeyId: "" }, ["kmsMasterKeyId: is missing"]],
  ["a key that a preview does not know is one", topic, { kmsMasterKeyId: unknownText }, []],
  [
    "a log group with a key passes",
    "aws:cloudwatch/logGroup:LogGroup",
    { kmsKeyId: "arn:aws:kms:us-west-2:111122223333:key/x" },
    [],
  ],
  [
    "a property inside of another is found",
    "aws:opensearch/domain:Domain",
    { encryptAtRest: { enabled: true } },
    [],
  ],
  [
    "a property inside of nothing is missed",
    "aws:opensearch/domain:Domain",
    { domainName: "d" },
    ["encryptAtRest.enabled: is not true"],
  ],
  [
    "disks of nodes pass in either spelling",
    template,
    disks({ encrypted: "true" }, { encrypted: true }),
    [],
  ],
  [
    "a disk in the clear is reported",
    template,
    disks({ encrypted: "true" }, { volumeSize: 50 }),
    ["blockDeviceMappings[1].ebs.encrypted: is not true"],
  ],
  [
    "a place without a disk passes",
    template,
    { blockDeviceMappings: [{ deviceName: "/dev/sdb", noDevice: "" }] },
    [],
  ],
]);
