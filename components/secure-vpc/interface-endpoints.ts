/**
 * AWS services that the VPC can reach on private addresses of its own.
 * @see https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html
 */
export const interfaceEndpoints = [
  "autoscaling",
  "ec2",
  "ec2messages",
  "ecr.api",
  "ecr.dkr",
  "eks",
  "eks-auth",
  "elasticloadbalancing",
  "kms",
  "logs",
  "monitoring",
  "secretsmanager",
  "sqs",
  "ssm",
  "ssmmessages",
  "sts",
  "xray",
] as const;

export type InterfaceEndpoint = (typeof interfaceEndpoints)[number];

/**
 * What nodes and controllers of a production cluster call all day.
 * Each endpoint is billed by the hour and zone, beside its data.
 */
export const baselineInterfaceEndpoints: readonly InterfaceEndpoint[] = [
  "ec2",
  "ecr.api",
  "ecr.dkr",
  "eks",
  "eks-auth",
  "elasticloadbalancing",
  "kms",
  "logs",
  "secretsmanager",
  "ssm",
  "sts",
  "xray",
];
