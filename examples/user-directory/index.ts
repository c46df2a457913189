import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { UserDirectory } from "../../components/user-directory";

const region = "us-west-2";
const accountId = new pulumi.Config().require("accountId");
const provider = new aws.Provider("account", { region, allowedAccountIds: [accountId] });

const directory = new UserDirectory(
  "people",
  {
    region,
    accountId,
    poolName: "example-people",
    // The prefix is taken by whoever asks first, in the whole region.
    signInDomain: { prefix: `example-${accountId}` },
    callbackUrls: ["https://app.platform.example/auth/callback"],
    logoutUrls: ["https://app.platform.example/auth/logout"],
    totp: "required",
    // An example is there to be taken down again.
    protect: false,
  },
  { providers: [provider] },
);

export const { userPoolId, clientId, issuer, signInHost } = directory;
