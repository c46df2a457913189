import { awsFoundational } from "../shared/frameworks";
import { snapshot, unknownValue } from "../shared/known";
import { onResource, resourceRule } from "../shared/rule";
import { listAt, valueAt } from "../shared/tree";

/** By type: the property that says that it is encrypted. What AWS always encrypts stands in encrypt-customer-key. */
const switches: Readonly<Record<string, string>> = {
  "aws:rds/instance:Instance": "storageEncrypted",
  "aws:rds/cluster:Cluster": "storageEncrypted",
  "aws:docdb/cluster:Cluster": "storageEncrypted",
  "aws:elasticache/replicationGroup:ReplicationGroup": "atRestEncryptionEnabled",
  "aws:opensearch/domain:Domain": "encryptAtRest.enabled",
  "aws:efs/fileSystem:FileSystem": "encrypted",
  "aws:ebs/volume:Volume": "encrypted",
};
const blockDevices = ["rootBlockDevice", "ebsBlockDevices"];

export const encryptAtRest = resourceRule({
  name: "encrypt-at-rest",
  description: "Databases, caches, queues, topics, searches, file systems and disks are encrypted.",
  reach: "everywhere",
  severity: "high",
  framework: awsFoundational("RDS.3", "RDS DB instances should have encryption at-rest enabled"),
  tags: [
    "fsbp:EC2.3",
    "fsbp:ElastiCache.4",
    "fsbp:SNS.1",
    "fsbp:SQS.1",
    "fsbp:DocumentDB.1",
    "fsbp:OpenSearch.1",
    "ckv:CKV_AWS_8",
    "fsbp:RDS.3",
    "fsbp:RDS.27",
    "ckv:CKV_AWS_3",
    "ckv:CKV_AWS_5",
    "ckv:CKV_AWS_16",
    "ckv:CKV_AWS_26",
    "ckv:CKV_AWS_27",
    "ckv:CKV_AWS_29",
    "ckv:CKV_AWS_42",
    "ckv:CKV_AWS_96",
  ],
  remediationSteps: "Switch encryption on, with a key of the account.",
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-3",
  settings: {},
  checks: [
    onResource(Object.keys(switches), ({ type, props, report }) => {
      const path = switches[type] ?? "";
      const [first = "", ...rest] = path.split(".");
      if (type === "aws:rds/instance:Instance" && "replicateSourceDb" in props) return;
      if (!isOn(valueAt({ value: snapshot(() => props[first]) }, "value", ...rest)))
        report(`${path}: is not true`);
    }),
    onResource(["aws:sns/topic:Topic"], ({ props, report }) => {
      if (isMissing(snapshot(() => props["kmsMasterKeyId"]))) report("kmsMasterKeyId: is missing");
    }),
    onResource(["aws:sqs/queue:Queue"], ({ props, report }) => {
      // SQS encrypts with a key of its own unless told otherwise.
      const own = snapshot(() => props["sqsManagedSseEnabled"]);
      if (own === false && isMissing(snapshot(() => props["kmsMasterKeyId"])))
        report("sqsManagedSseEnabled: is false, without a key in kmsMasterKeyId");
    }),
    onResource(["aws:ebs/encryptionByDefault:EncryptionByDefault"], ({ props, report }) => {
      if (snapshot(() => props["enabled"]) === false) report("enabled: is false");
    }),
    onResource(["aws:ec2/launchTemplate:LaunchTemplate"], ({ props, report }) => {
      const mappings = listAt({ list: snapshot(() => props["blockDeviceMappings"]) }, "list");
      mappings.forEach((mapping, index) => {
        if (valueAt(mapping, "ebs") !== undefined && !isOn(valueAt(mapping, "ebs", "encrypted")))
          report(`blockDeviceMappings[${index}].ebs.encrypted: is not true`);
      });
    }),
    onResource(["aws:ec2/instance:Instance"], ({ props, report }) => {
      for (const key of blockDevices)
        [snapshot(() => props[key]) ?? []].flat().forEach((device, index) => {
          const path = key === "rootBlockDevice" ? key : `${key}[${index}]`;
          if (!isOn(valueAt(device, "encrypted"))) report(`${path}.encrypted: is not true`);
        });
    }),
  ],
});

/** Launch templates and caches write it as text. */
function isOn(value: unknown): boolean {
  return value === true || value === "true" || value === unknownValue;
}

function isMissing(value: unknown): boolean {
  return value === undefined || value === "";
}
