import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { functionLogKeyStatement } from "../shared/function-policies";
import { accountAdministersKey } from "../shared/key-statements";
import { logDeliveryEncrypts } from "../shared/log-delivery";

export interface Place {
  readonly region: string;
  readonly accountId: string;
}

/**
 * For the firewall's log files, and the log group of the function of that name.
 * @see https://docs.aws.amazon.com/waf/latest/developerguide/logging-s3.html
 */
export function logKeyPolicy(place: Place, functionName: string): aws.iam.PolicyDocument {
  return {
    Version: "2012-10-17",
    Statement: [
      accountAdministersKey(place.accountId),
      logDeliveryEncrypts(place),
      functionLogKeyStatement({ ...place, functionName }),
    ],
  };
}

/**
 * Load balancers write below the number of the account they belong to, which so may be no other than this.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html
 */
export function loadBalancersWrite(
  bucketArn: pulumi.Input<string>,
  { accountId }: Place,
  prefixes: readonly string[],
): aws.iam.PolicyStatement {
  return {
    Sid: "LoadBalancersWrite",
    Effect: "Allow",
    Principal: { Service: "logdelivery.elasticloadbalancing.amazonaws.com" },
    Action: "s3:PutObject",
    Resource: prefixes.map(
      (prefix) => pulumi.interpolate`${bucketArn}/${prefix}/AWSLogs/${accountId}/*`,
    ),
  };
}
