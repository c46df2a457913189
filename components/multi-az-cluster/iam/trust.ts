import type * as aws from "@pulumi/aws";

/** An AWS service that may assume the role. */
export function serviceTrust(service: "eks.amazonaws.com" | "ec2.amazonaws.com") {
  return {
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" }],
  } satisfies aws.iam.PolicyDocument;
}
