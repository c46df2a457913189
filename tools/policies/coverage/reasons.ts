import { checkovReasons } from "./checkov-reasons";
import { image, type Reason } from "./reason";

/** @see https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html */
const cisEks: readonly Reason[] = [
  {
    ids: "2.1.2",
    verdict: "shown elsewhere",
    why: "the log group of the control plane is made with retention and a key: log-eks, log-retention, tests/components/multi-az-cluster",
  },
  { ids: "3.*", verdict: "run by AWS", why: image },
  {
    ids: "4.1.4",
    verdict: "shown elsewhere",
    why: "roles of the program are judged one by one (rbac-no-wildcard); who may create pods is in the tests of each controller",
  },
  {
    ids: "5.1.3",
    verdict: "shown elsewhere",
    why: "the nodes' role reads ECR and fills the caches, no more: tests/components/multi-az-cluster, tests/components/image-registry-policies.test.ts",
  },
  { ids: "5.5.1", verdict: "shown elsewhere", why: "access entries alone: eks-access-entries" },
];

const fsbp: readonly Reason[] = [
  {
    ids: "APIGateway.* AppSync.* CloudFront.* CodeBuild.* DMS.* DocumentDB.* DynamoDB.* ECS.* EFS.* EMR.* ElasticBeanstalk.* ES.* FSx.* Kinesis.* Neptune.* NetworkFirewall.* PrivateCertificateAuthority.* Redshift.* SageMaker.* StepFunctions.*",
    verdict: "not used",
    why: "the platform makes nothing of these services; OpenSearch has ids of its own",
  },
  {
    ids: "WAF.1..8 ELB.2 ELB.3 ELB.7 ELB.9 ELB.10 ELB.14",
    verdict: "not used",
    why: "classic firewalls and load balancers; the platform has WAFv2 and Application Load Balancers",
  },
  {
    ids: "AutoScaling.1 AutoScaling.4 AutoScaling.5",
    verdict: "not used",
    why: "launch configurations, and groups behind a load balancer; nodes have launch templates, targets are pods",
  },
  {
    ids: "AutoScaling.9",
    verdict: "shown elsewhere",
    why: "every node group has a launch template: tests/components/multi-az-cluster",
  },
  {
    ids: "CloudFormation.1 EC2.20 EC2.24 EC2.51 EventBridge.3 RDS.34 RDS.39 RDS.14 RDS.10 RDS.17 RDS.25 RDS.26 Route53.2 S3.19 SSM.4",
    verdict: "not used",
    why: "no stacks of CloudFormation, VPNs, paravirtual machines, event buses of our own, MySQL, database instances outside of a cluster, zones, access points or documents",
  },
  { ids: "EC2.22", verdict: "not used", why: "retired by AWS" },
  {
    ids: "Account.* CloudTrail.* Config.* GuardDuty.* Macie.* IAM.4 IAM.6 IAM.7 IAM.9 IAM.10 IAM.26 S3.1 EC2.7",
    verdict: "the account's",
    why: "the root user, password rules, trails and detectors are the account's: docs/accounts.md",
  },
  {
    ids: "IAM.5 IAM.8 IAM.19 IAM.22",
    verdict: "shown elsewhere",
    why: "there are no IAM users: iam-no-users",
  },
  {
    ids: "RDS.12 RDS.16 RDS.24",
    verdict: "shown elsewhere",
    why: "IAM sign-in, tags on snapshots and a name of its own for the administrator are fixed: tests/components/multi-az-database",
  },
  {
    ids: "RDS.19 RDS.20",
    verdict: "shown elsewhere",
    why: "events of cluster and instances reach the alarm topic: tests/components/multi-az-database",
  },
  {
    ids: "RDS.4 Backup.1",
    verdict: "shown elsewhere",
    why: "snapshots have the key of their store, recovery points that of their vault: encrypt-at-rest, dr-backup-copy",
  },
  {
    ids: "Cognito.1",
    verdict: "shown elsewhere",
    why: "threat protection is enforced: tests/components/user-directory",
  },
  {
    ids: "Athena.1",
    verdict: "shown elsewhere",
    why: "results are encrypted with a key of ours, and nobody can ask otherwise: tests/components/flow-log-analysis",
  },
  {
    ids: "MSK.2",
    verdict: "shown elsewhere",
    why: "measured by broker: tests/components/event-stream",
  },
  { ids: "OpenSearch.6", verdict: "shown elsewhere", why: "three zones: resilience-multi-az-data" },
  {
    ids: "Lambda.2",
    verdict: "shown elsewhere",
    why: "one runtime for all functions: components/shared/function-code.ts",
  },
  {
    ids: "SNS.4",
    verdict: "shown elsewhere",
    why: "topics take messages of named services of this account alone: tests/components/alarm-topic, tests/components/cost-controls",
  },
  {
    ids: "S3.12",
    verdict: "shown elsewhere",
    why: "owners are enforced, so that there are no lists: tests/components/replicated-bucket, tests/components/secure-vpc",
  },
  {
    ids: "RDS.13 RDS.35 ElastiCache.2",
    verdict: "decided otherwise",
    why: "versions move when we move them, in dev first: docs/versions.md",
  },
  {
    ids: "RDS.23",
    verdict: "decided otherwise",
    why: "another port hides nothing; groups and network policies say who connects",
  },
  {
    ids: "EC2.17",
    verdict: "decided otherwise",
    why: "the VPC CNI gives nodes several network interfaces: their pods' addresses are on them",
  },
  {
    ids: "EC2.28",
    verdict: "decided otherwise",
    why: "volumes hold metrics and what can be made again: docs/disaster-recovery.md",
  },
  {
    ids: "Lambda.3 Lambda.5",
    verdict: "decided otherwise",
    why: "functions that reach stores are in the network, over its zones; the others need none",
  },
  {
    ids: "S3.11",
    verdict: "decided otherwise",
    why: "nobody would read the events; access is logged",
  },
  {
    ids: "S3.15 S3.20",
    verdict: "decided otherwise",
    why: "versions and a locked vault keep data; both switches would bind the account's root user to every deletion",
  },
  {
    ids: "SSM.1 SSM.2 SSM.3",
    verdict: "decided otherwise",
    why: "nodes are replaced, never patched, and nobody signs in to them: docs/versions.md",
  },
  {
    ids: "EC2.1 EC2.4 EC2.12 RDS.1 KMS.3 SecretsManager.2 SecretsManager.3 ACM.1 OpenSearch.10",
    verdict: "seen at run time",
    why: "what people share, stop, forget or delete; Security Hub of the account shows it",
  },
  { ids: "*", verdict: "open", why: "no rule, and nothing else that shows it" },
];

export const reasons: Readonly<Record<"cis-eks" | "fsbp" | "ckv", readonly Reason[]>> = {
  "cis-eks": cisEks,
  fsbp,
  ckv: checkovReasons,
};

/** Kinds of Terraform, by the beginning of their names, of what the platform makes; others are no part of it. */
export const usedEntities =
  /^(aws$|aws_(acm|alb|athena|autoscaling|backup|cloudwatch|cognito|db_|ebs|ec2|ecr|eip|eks|elasticache|elasticsearch|flow|iam|instance|kms|lambda|launch|lb|mq|msk|nat_|network|opensearch|rds|route|s3|scheduler|secretsmanager|security_group|sns|sqs|ssm|subnet|vpc|wafv2|default|cloudtrail|config_|guardduty|account|elb|ami|efs|waf)|[A-Z])/;
