import type * as aws from "@pulumi/aws";
import type { Input } from "@pulumi/pulumi";
import { type ClusterIdentity, clusterArn } from "../shared/pod-identity";

/** ARNs of what the controller uses but does not make. */
export interface ControllerMeans {
  readonly nodeRoleArn: Input<string>;
  readonly instanceProfileArn: Input<string>;
  readonly queueArn: Input<string>;
  readonly volumesKeyArn: Input<string>;
}

/**
 * The published policy of 1.14 without what is not used here: instance profiles are ours, so it makes and deletes none.
 * It starts what it tags as this cluster's, and ends nothing else.
 * @see https://github.com/aws/karpenter-provider-aws/blob/v1.14.1/website/content/en/docs/getting-started/getting-started-with-karpenter/cloudformation.yaml
 */
export function controllerPolicy(
  cluster: ClusterIdentity,
  means: ControllerMeans,
): aws.iam.PolicyDocument {
  return {
    Version: "2012-10-17",
    Statement: [
      ...launchStatements(cluster),
      ...tagStatements(cluster),
      ...identityStatements(cluster, means),
      ...volumeStatements(cluster, means),
      ...readStatements(cluster),
    ],
  };
}

function owned({ clusterName }: ClusterIdentity, side: "Request" | "Resource") {
  return {
    StringEquals: { [`aws:${side}Tag/kubernetes.io/cluster/${clusterName}`]: "owned" },
    StringLike: { [`aws:${side}Tag/karpenter.sh/nodepool`]: "*" },
  };
}

function made(cluster: ClusterIdentity) {
  const { StringEquals, StringLike } = owned(cluster, "Request");
  return {
    StringEquals: { ...StringEquals, "aws:RequestTag/eks:eks-cluster-name": cluster.clusterName },
    StringLike,
  };
}

/** In this region and account; images and snapshots are Amazon's, and have no account in their ARN. */
function ec2({ region, accountId }: ClusterIdentity, ...kinds: readonly string[]): string[] {
  return kinds.map((kind) => `arn:aws:ec2:${region}:${accountId}:${kind}/*`);
}

const whatIsMade = [
  "fleet",
  "instance",
  "volume",
  "network-interface",
  "launch-template",
  "spot-instances-request",
] as const;

function launchStatements(cluster: ClusterIdentity): aws.iam.PolicyStatement[] {
  const { region } = cluster;
  const launch = ["ec2:RunInstances", "ec2:CreateFleet"];
  return [
    {
      Sid: "LaunchWith",
      Effect: "Allow",
      Action: launch,
      Resource: [
        `arn:aws:ec2:${region}::image/*`,
        `arn:aws:ec2:${region}::snapshot/*`,
        ...ec2(cluster, "security-group", "subnet"),
      ],
    },
    {
      Sid: "LaunchWithOwnTemplates",
      Effect: "Allow",
      Action: launch,
      Resource: ec2(cluster, "launch-template"),
      Condition: owned(cluster, "Resource"),
    },
    {
      Sid: "LaunchOwn",
      Effect: "Allow",
      Action: [...launch, "ec2:CreateLaunchTemplate"],
      Resource: ec2(cluster, ...whatIsMade),
      Condition: made(cluster),
    },
    {
      Sid: "EndOwn",
      Effect: "Allow",
      Action: ["ec2:TerminateInstances", "ec2:DeleteLaunchTemplate"],
      Resource: ec2(cluster, "instance", "launch-template"),
      Condition: owned(cluster, "Resource"),
    },
  ];
}

function tagStatements(cluster: ClusterIdentity): aws.iam.PolicyStatement[] {
  const { StringEquals, StringLike } = made(cluster);
  return [
    {
      Sid: "TagWhatIsLaunched",
      Effect: "Allow",
      Action: "ec2:CreateTags",
      Resource: ec2(cluster, ...whatIsMade),
      Condition: {
        StringEquals: {
          ...StringEquals,
          "ec2:CreateAction": ["RunInstances", "CreateFleet", "CreateLaunchTemplate"],
        },
        StringLike,
      },
    },
    {
      Sid: "NameOwn",
      Effect: "Allow",
      Action: "ec2:CreateTags",
      Resource: ec2(cluster, "instance"),
      Condition: {
        ...owned(cluster, "Resource"),
        StringEqualsIfExists: { "aws:RequestTag/eks:eks-cluster-name": cluster.clusterName },
        "ForAllValues:StringEquals": {
          "aws:TagKeys": ["eks:eks-cluster-name", "karpenter.sh/nodeclaim", "Name"],
        },
      },
    },
  ];
}

function identityStatements(
  cluster: ClusterIdentity,
  { nodeRoleArn, instanceProfileArn, queueArn }: ControllerMeans,
): aws.iam.PolicyStatement[] {
  return [
    {
      Sid: "GiveNodesTheirRole",
      Effect: "Allow",
      Action: "iam:PassRole",
      Resource: nodeRoleArn,
      Condition: { StringEquals: { "iam:PassedToService": "ec2.amazonaws.com" } },
    },
    {
      Sid: "SeeInstanceProfile",
      Effect: "Allow",
      Action: "iam:GetInstanceProfile",
      Resource: instanceProfileArn,
    },
    {
      Sid: "HearOfInterruptions",
      Effect: "Allow",
      Action: ["sqs:DeleteMessage", "sqs:GetQueueUrl", "sqs:ReceiveMessage"],
      Resource: queueArn,
    },
    {
      Sid: "SeeCluster",
      Effect: "Allow",
      Action: "eks:DescribeCluster",
      Resource: clusterArn(cluster),
    },
  ];
}

/** Whoever starts an instance encrypts its volume. @see https://karpenter.sh/docs/troubleshooting/#node-terminates-before-ready-on-failed-encrypted-ebs-volume */
function volumeStatements(
  { region }: ClusterIdentity,
  { volumesKeyArn }: ControllerMeans,
): aws.iam.PolicyStatement[] {
  const throughEc2 = { "kms:ViaService": `ec2.${region}.amazonaws.com` };
  return [
    {
      Sid: "UseVolumesKey",
      Effect: "Allow",
      Action: [
        "kms:Decrypt",
        "kms:DescribeKey",
        "kms:GenerateDataKeyWithoutPlaintext",
        "kms:ReEncrypt*",
      ],
      Resource: volumesKeyArn,
      Condition: { StringEquals: throughEc2 },
    },
    {
      Sid: "GrantVolumesKey",
      Effect: "Allow",
      Action: "kms:CreateGrant",
      Resource: volumesKeyArn,
      Condition: { StringEquals: throughEc2, Bool: { "kms:GrantIsForAWSResource": "true" } },
    },
  ];
}

function readStatements(cluster: ClusterIdentity): aws.iam.PolicyStatement[] {
  const { region } = cluster;
  return [
    {
      Sid: "SeeEc2",
      Effect: "Allow",
      Action: [
        "ec2:DescribeCapacityReservations",
        "ec2:DescribeImages",
        "ec2:DescribeInstanceStatus",
        "ec2:DescribeInstanceTypeOfferings",
        "ec2:DescribeInstanceTypes",
        "ec2:DescribeInstances",
        "ec2:DescribeLaunchTemplates",
        "ec2:DescribePlacementGroups",
        "ec2:DescribeSecurityGroups",
        "ec2:DescribeSpotPriceHistory",
        "ec2:DescribeSubnets",
      ],
      Resource: "*",
      Condition: { StringEquals: { "aws:RequestedRegion": region } },
    },
    {
      Sid: "SeeImagesAndPrices",
      Effect: "Allow",
      Action: ["iam:ListInstanceProfiles", "pricing:GetProducts"],
      Resource: "*",
    },
    {
      Sid: "SeeImageReleases",
      Effect: "Allow",
      Action: "ssm:GetParameter",
      Resource: `arn:aws:ssm:${region}::parameter/aws/service/*`,
    },
    {
      Sid: "SeeZonalShift",
      Effect: "Allow",
      Action: "arc-zonal-shift:GetManagedResource",
      Resource: "*",
      Condition: {
        StringEquals: { "arc-zonal-shift:ResourceIdentifier": clusterArn(cluster) },
      },
    },
  ];
}

/** The events service alone writes, of these rules; nobody reads or writes over an unencrypted connection. */
export function queuePolicy(
  queueArn: Input<string>,
  ruleArns: readonly Input<string>[],
): aws.iam.PolicyDocument {
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "EventsSend",
        Effect: "Allow",
        Principal: { Service: "events.amazonaws.com" },
        Action: "sqs:SendMessage",
        Resource: queueArn,
        Condition: { ArnEquals: { "aws:SourceArn": [...ruleArns] } },
      },
      {
        Sid: "EncryptedConnectionsOnly",
        Effect: "Deny",
        Principal: "*",
        Action: "sqs:*",
        Resource: queueArn,
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    ],
  };
}
