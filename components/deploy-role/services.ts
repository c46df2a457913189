/**
 * What a deployment calls, by the module of the resource in Pulumi's AWS provider: a module that the program begins to
 * use gets a line here, and a test says so. IAM itself stands apart.
 */
export const servicesOfModules: Readonly<Record<string, readonly string[]>> = {
  acm: ["acm"],
  appautoscaling: ["application-autoscaling"],
  arczonalshift: ["arc-zonal-shift"],
  athena: ["athena"],
  autoscaling: ["autoscaling"],
  backup: ["backup", "backup-storage"],
  cloudformation: ["cloudformation"],
  // Pulumi keeps rules of EventBridge and log groups in the module of CloudWatch.
  cloudwatch: ["cloudwatch", "events", "logs"],
  cognito: ["cognito-idp"],
  dynamodb: ["dynamodb"],
  ec2: ["ec2"],
  ecr: ["ecr"],
  eks: ["eks", "arc-zonal-shift"],
  elasticache: ["elasticache"],
  fis: ["fis"],
  glue: ["glue"],
  kms: ["kms"],
  lambda: ["lambda"],
  lb: ["elasticloadbalancing"],
  mq: ["mq"],
  msk: ["kafka"],
  opensearch: ["es"],
  rds: ["rds"],
  s3: ["s3"],
  scheduler: ["scheduler"],
  secretsmanager: ["secretsmanager"],
  // Rotation functions that AWS publishes, each deployed by a stack of CloudFormation.
  serverlessrepository: ["serverlessrepo", "cloudformation"],
  sns: ["sns"],
  sqs: ["sqs"],
  synthetics: ["synthetics"],
  vpc: ["ec2"],
  wafv2: ["wafv2"],
};

/** Services of the platform, by their prefix in IAM, without IAM itself and without those that know no region. */
export const defaultServices: readonly string[] = [
  ...new Set(Object.values(servicesOfModules).flat()),
].sort();

/** What is done to a zone of Route 53, which has no region: records, in the zones that the account's owner names. */
export const zoneActions: readonly string[] = [
  "route53:ChangeResourceRecordSets",
  "route53:GetHostedZone",
  "route53:ListResourceRecordSets",
  "route53:ListTagsForResource",
];
/** What records that fail over rest on. A check asks an address from outside, and can change nothing. */
export const healthCheckActions: readonly string[] = [
  "route53:ChangeTagsForResource",
  "route53:CreateHealthCheck",
  "route53:DeleteHealthCheck",
  "route53:GetHealthCheck",
  "route53:ListTagsForResource",
  "route53:UpdateHealthCheck",
];
/** Changes of records have no zone, and zones are found by listing them all. */
export const zoneLooks: readonly string[] = ["route53:GetChange", "route53:ListHostedZones*"];

/**
 * Budgets, the detection of anomalies and exports of what was billed, which have no region either. Not the actions of a budget: they attach policies, by
 * which the deployer could widen what it may do.
 */
export const costActions: readonly string[] = [
  "bcm-data-exports:CreateExport",
  "bcm-data-exports:DeleteExport",
  "bcm-data-exports:GetExport",
  "bcm-data-exports:ListTagsForResource",
  "bcm-data-exports:TagResource",
  "bcm-data-exports:UntagResource",
  "bcm-data-exports:UpdateExport",
  "budgets:ListTagsForResource",
  "budgets:ModifyBudget",
  "budgets:TagResource",
  "budgets:UntagResource",
  "budgets:ViewBudget",
  "ce:*AnomalyMonitor*",
  "ce:*AnomalySubscription*",
  "ce:ListCostAllocationTags",
  "ce:ListTagsForResource",
  "ce:TagResource",
  "ce:UntagResource",
  "ce:UpdateCostAllocationTagsStatus",
  // Asked for when an export of costs and usage is made.
  "cur:PutReportDefinition",
];

/** Services that a deployment hands roles to. */
export const rolePassedTo: readonly string[] = [
  "application-autoscaling.amazonaws.com",
  "autoscaling.amazonaws.com",
  "backup.amazonaws.com",
  "cloudformation.amazonaws.com",
  "ec2.amazonaws.com",
  "ecr.amazonaws.com",
  "eks.amazonaws.com",
  "events.amazonaws.com",
  "fis.amazonaws.com",
  "kafka.amazonaws.com",
  "lambda.amazonaws.com",
  "pods.eks.amazonaws.com",
  "monitoring.rds.amazonaws.com",
  "rds.amazonaws.com",
  "scheduler.amazonaws.com",
  "vpc-flow-logs.amazonaws.com",
];

/** Services that make their own role in the account at their first use. */
export const ownRoleOf: readonly string[] = [
  "autoscaling.amazonaws.com",
  "eks.amazonaws.com",
  "eks-nodegroup.amazonaws.com",
  "elasticache.amazonaws.com",
  "elasticloadbalancing.amazonaws.com",
  "kafka.amazonaws.com",
  "kafka.application-autoscaling.amazonaws.com",
  "mq.amazonaws.com",
  "opensearchservice.amazonaws.com",
  "practice-run.arc-zonal-shift.amazonaws.com",
  "rds.amazonaws.com",
  "replication.ecr.amazonaws.com",
  "pullthroughcache.ecr.amazonaws.com",
  "spot.amazonaws.com",
  "wafv2.amazonaws.com",
];

/**
 * Reading these gives data or secrets away, which nobody needs for looking at an infrastructure. A function's package is
 * not among them: a refresh asks for it with the rest of the function.
 */
export const dataReads: readonly string[] = [
  "athena:GetQueryResults*",
  "cognito-idp:AdminGetUser",
  "cognito-idp:ListUsers*",
  "ec2:GetConsole*",
  "ec2:GetPasswordData",
  "dynamodb:GetItem",
  "dynamodb:GetRecords",
  "logs:FilterLogEvents",
  "logs:GetLogEvents",
  "logs:GetLogRecord",
  "logs:GetQueryResults",
  "rds:DownloadDBLogFilePortion",
  "secretsmanager:BatchGetSecretValue",
  "secretsmanager:GetSecretValue",
  "sqs:ReceiveMessage",
];
