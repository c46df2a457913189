import type * as aws from "@pulumi/aws";
import type { ClusterSpec } from "../args";
import { logGroupName } from "../scope";

type Owner = Pick<ClusterSpec, "region" | "accountId" | "clusterName">;

/** Without it nobody could ever change the key again: IAM policies of the account decide. */
function accountStatement({ accountId }: Owner): aws.iam.PolicyStatement {
  return {
    Sid: "AccountPolicies",
    Effect: "Allow",
    Principal: { AWS: `arn:aws:iam::${accountId}:root` },
    Action: "kms:*",
    Resource: "*",
  };
}

/** For Kubernetes secrets: EKS works through grants that the creator of the cluster makes. */
export function secretsKeyPolicy(owner: Owner): aws.iam.PolicyDocument {
  return { Version: "2012-10-17", Statement: [accountStatement(owner)] };
}

/**
 * For the control-plane logs: CloudWatch Logs, for this one log group.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
 */
export function logsKeyPolicy(owner: Owner): aws.iam.PolicyDocument {
  const { region, accountId } = owner;
  return {
    Version: "2012-10-17",
    Statement: [
      accountStatement(owner),
      {
        Sid: "ControlPlaneLogs",
        Effect: "Allow",
        Principal: { Service: `logs.${region}.amazonaws.com` },
        Action: [
          "kms:Encrypt*",
          "kms:Decrypt*",
          "kms:ReEncrypt*",
          "kms:GenerateDataKey*",
          "kms:Describe*",
        ],
        Resource: "*",
        Condition: {
          ArnEquals: {
            "kms:EncryptionContext:aws:logs:arn": `arn:aws:logs:${region}:${accountId}:log-group:${logGroupName(owner)}`,
          },
        },
      },
    ],
  };
}

/**
 * For the volumes of nodes and pods: EC2 Auto Scaling, which starts the nodes. Its service-linked role is named by a
 * condition, because a principal must exist when a key policy is written and in a fresh account it does not yet.
 * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/key-policy-requirements-EBS-encryption.html
 */
export function volumesKeyPolicy(owner: Owner): aws.iam.PolicyDocument {
  const autoScaling = {
    "kms:CallerAccount": owner.accountId,
    "aws:PrincipalArn": `arn:aws:iam::${owner.accountId}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling`,
  };
  return {
    Version: "2012-10-17",
    Statement: [
      accountStatement(owner),
      {
        Sid: "NodeVolumes",
        Effect: "Allow",
        Principal: { AWS: "*" },
        Action: [
          "kms:Encrypt",
          "kms:Decrypt",
          "kms:ReEncrypt*",
          "kms:GenerateDataKey*",
          "kms:DescribeKey",
        ],
        Resource: "*",
        Condition: { StringEquals: autoScaling },
      },
      {
        Sid: "NodeVolumeGrants",
        Effect: "Allow",
        Principal: { AWS: "*" },
        Action: "kms:CreateGrant",
        Resource: "*",
        Condition: {
          StringEquals: autoScaling,
          Bool: { "kms:GrantIsForAWSResource": "true" },
        },
      },
    ],
  };
}
