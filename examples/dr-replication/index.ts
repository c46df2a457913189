import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { AlarmTopic } from "../../components/alarm-topic";
import { DrReplication } from "../../components/dr-replication";
import { ReplicatedBucket } from "../../components/replicated-bucket";

const region = "us-west-2";
const accountId = new pulumi.Config().require("accountId");
const provider = new aws.Provider("account", {
  region,
  allowedAccountIds: [accountId],
  // Stores are found by these tags.
  defaultTags: { tags: { environment: "prod" } },
});
const opts = { providers: [provider] };

const alarms = new AlarmTopic("documents", { region, accountId }, opts);
const documents = new ReplicatedBucket(
  "documents",
  {
    region,
    accountId,
    purpose: "Documents",
    folders: { "contracts/": "vital" },
    tags: { "data-class": "vital" },
  },
  opts,
);

const backups = new DrReplication(
  "documents",
  {
    region,
    accountId,
    environment: "prod",
    stores: {
      documents: {
        kind: "bucket",
        dataClass: "vital",
        bucketName: documents.bucketName,
        arn: documents.bucketArn,
        keyArn: documents.keyArn,
        checks: [{ kind: "object-checksums", prefix: "contracts/", sample: 20 }],
      },
    },
    copyRegion: "us-east-2",
    lock: { mode: "governance", minRetentionDays: 7 },
    alarmTopicArn: alarms.topicArn,
  },
  opts,
);

export const { vaultArn, copyVaultArn } = backups;
