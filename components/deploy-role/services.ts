/** Services of the platform, by their prefix in IAM, without IAM itself. */
export const defaultServices: readonly string[] = [
  "acm",
  "athena",
  "autoscaling",
  "cloudwatch",
  "cognito-idp",
  "ec2",
  "ecr",
  "eks",
  "elasticloadbalancing",
  "events",
  "glue",
  "kms",
  "lambda",
  "logs",
  "s3",
  "scheduler",
  "secretsmanager",
  "sns",
  "sqs",
  "wafv2",
];

/** Services that a deployment hands roles to. */
export const rolePassedTo: readonly string[] = [
  "ec2.amazonaws.com",
  "ecr.amazonaws.com",
  "eks.amazonaws.com",
  "lambda.amazonaws.com",
  "pods.eks.amazonaws.com",
  "scheduler.amazonaws.com",
  "vpc-flow-logs.amazonaws.com",
];

/** Services that make their own role in the account at their first use. */
export const ownRoleOf: readonly string[] = [
  "autoscaling.amazonaws.com",
  "eks.amazonaws.com",
  "eks-nodegroup.amazonaws.com",
  "elasticloadbalancing.amazonaws.com",
  "replication.ecr.amazonaws.com",
  "pullthroughcache.ecr.amazonaws.com",
  "spot.amazonaws.com",
  "wafv2.amazonaws.com",
];

/** Reading these gives data or secrets away, which nobody needs for looking at an infrastructure. */
export const dataReads: readonly string[] = [
  "athena:GetQueryResults*",
  "cognito-idp:AdminGetUser",
  "cognito-idp:ListUsers*",
  "ec2:GetConsole*",
  "ec2:GetPasswordData",
  "lambda:GetFunction",
  "logs:FilterLogEvents",
  "logs:GetLogEvents",
  "logs:GetLogRecord",
  "logs:GetQueryResults",
  "secretsmanager:BatchGetSecretValue",
  "secretsmanager:GetSecretValue",
  "sqs:ReceiveMessage",
];
