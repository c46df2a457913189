import type * as aws from "@pulumi/aws";
import { type ClusterIdentity, clusterArn } from "../../shared/pod-identity";

/**
 * Managed policies of nodes: credentials for pods through Pod Identity, and images from ECR. Neither the network
 * plugin's nor any controller's permissions are here: they have roles of their own, out of reach of other pods.
 * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AmazonEKSWorkerNodeMinimalPolicy.html
 */
export const nodeManagedPolicies = [
  "AmazonEKSWorkerNodeMinimalPolicy",
  "AmazonEC2ContainerRegistryPullOnly",
] as const;

/**
 * What a node asks of AWS while it joins: its own name, the pods it can carry, the cluster's address. The wider
 * AmazonEKSWorkerNodePolicy adds volumes, routes, subnets and security groups, which nothing on these nodes reads.
 * @see https://github.com/awslabs/amazon-eks-ami/tree/main/nodeadm
 */
export function nodePolicy(
  spec: ClusterIdentity & { readonly nodeCommands: boolean },
): aws.iam.PolicyDocument {
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "SeeInstances",
        Effect: "Allow",
        Action: ["ec2:DescribeInstances", "ec2:DescribeInstanceTypes"],
        Resource: "*",
      },
      {
        Sid: "SeeCluster",
        Effect: "Allow",
        Action: "eks:DescribeCluster",
        Resource: clusterArn(spec),
      },
      ...(spec.nodeCommands ? takeCommands(spec) : []),
    ],
  };
}

/**
 * What the agent on the node asks of Systems Manager: of AmazonSSMManagedInstanceCore without every parameter of the account,
 * and without the channel of shells.
 * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AmazonSSMManagedInstanceCore.html
 */
function takeCommands({ region, accountId }: ClusterIdentity): aws.iam.PolicyStatement[] {
  return [
    {
      Sid: "TakeCommands",
      Effect: "Allow",
      Action: [
        "ec2messages:AcknowledgeMessage",
        "ec2messages:DeleteMessage",
        "ec2messages:FailMessage",
        "ec2messages:GetEndpoint",
        "ec2messages:GetMessages",
        "ec2messages:SendReply",
        "ssm:ListAssociations",
        "ssm:UpdateInstanceInformation",
        "ssmmessages:CreateControlChannel",
        "ssmmessages:OpenControlChannel",
      ],
      Resource: "*",
    },
    {
      Sid: "SeeOwnAssociations",
      Effect: "Allow",
      Action: "ssm:ListInstanceAssociations",
      Resource: `arn:aws:ec2:${region}:${accountId}:instance/*`,
    },
    {
      Sid: "ReadFaults",
      Effect: "Allow",
      Action: ["ssm:DescribeDocument", "ssm:GetDocument"],
      Resource: `arn:aws:ssm:${region}::document/AWSFIS-*`,
    },
  ];
}
