import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { ServiceIdentity } from "../../components/service-identity";

const region = "us-west-2";
const accountId = new pulumi.Config().require("accountId");
const provider = new aws.Provider("account", { region, allowedAccountIds: [accountId] });

const { roleArn } = new ServiceIdentity(
  "shop",
  {
    region,
    accountId,
    clusterName: "production",
    namespace: "shop",
    serviceAccount: "shop-api",
    statements: [
      {
        Sid: "SendMail",
        Effect: "Allow",
        Action: "ses:SendEmail",
        Resource: `arn:aws:ses:${region}:${accountId}:identity/shop.example`,
      },
    ],
  },
  { providers: [provider] },
);

export { roleArn };
