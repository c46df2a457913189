import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { ClusterSpec } from "../args";

/**
 * What the control plane itself needs. AWS's managed policy would also let it make load balancers the old way, which
 * the load balancer controller does here with a role of its own.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/cluster-iam-role.html
 */
export function clusterPolicy(
  { region, accountId }: Pick<ClusterSpec, "region" | "accountId">,
  secretsKeyArn: pulumi.Input<string>,
): aws.iam.PolicyDocument {
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "TagNodes",
        Effect: "Allow",
        Action: "ec2:CreateTags",
        Resource: `arn:aws:ec2:${region}:${accountId}:instance/*`,
        Condition: { "ForAnyValue:StringLike": { "aws:TagKeys": "kubernetes.io/cluster/*" } },
      },
      {
        Sid: "SeeNodes",
        Effect: "Allow",
        Action: [
          "ec2:DescribeInstances",
          "ec2:DescribeNetworkInterfaces",
          "ec2:DescribeVpcs",
          "ec2:DescribeDhcpOptions",
          "ec2:DescribeAvailabilityZones",
          "ec2:DescribeInstanceTopology",
        ],
        Resource: "*",
      },
      { Sid: "SeeSecretsKey", Effect: "Allow", Action: "kms:DescribeKey", Resource: secretsKeyArn },
    ],
  };
}
