import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

/** For every bucket's policy: nobody reaches it in the clear or with a TLS older than 1.2. */
export function tlsOnly(bucketArn: pulumi.Input<string>): aws.iam.PolicyStatement[] {
  const everything = {
    Effect: "Deny" as const,
    Principal: "*" as const,
    Action: "s3:*",
    Resource: [bucketArn, pulumi.interpolate`${bucketArn}/*`],
  };
  return [
    {
      Sid: "NobodyWithoutTls",
      ...everything,
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    },
    {
      Sid: "NobodyWithOldTls",
      ...everything,
      Condition: { NumericLessThan: { "s3:TlsVersion": "1.2" } },
    },
  ];
}
