import type * as aws from "@pulumi/aws";
import { accountAdministersKey } from "../shared/key-statements";
import { logDeliveryEncrypts } from "../shared/log-delivery";
import { type ResolvedSecureVpcArgs } from "./args";

type Place = Pick<ResolvedSecureVpcArgs, "accountId" | "region">;

/** @see https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-s3-cmk-policy.html */
export function flowLogKeyPolicy(place: Place): string {
  const document: aws.iam.PolicyDocument = {
    Version: "2012-10-17",
    Statement: [accountAdministersKey(place.accountId), logDeliveryEncrypts(place)],
  };
  return JSON.stringify(document);
}
