import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { bucketClientStatements, ReplicatedBucket } from "../../components/replicated-bucket";

const region = "us-west-2";
const accountId = new pulumi.Config().require("accountId");
const provider = new aws.Provider("account", { region, allowedAccountIds: [accountId] });

const documents = new ReplicatedBucket(
  "documents",
  {
    region,
    accountId,
    purpose: "Documents",
    folders: {
      "contracts/": "vital",
      "previews/": "reproducible",
      "uploads/": { expireDays: 30, replacedDays: 7 },
    },
  },
  { providers: [provider] },
);

/** For the role of whoever works with them. */
export const readerPolicy = pulumi.jsonStringify({
  Version: "2012-10-17",
  Statement: bucketClientStatements({
    region,
    bucketArn: documents.bucketArn,
    keyArn: documents.keyArn,
  }),
});
export const { bucketName } = documents;
