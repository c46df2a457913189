import type * as aws from "@pulumi/aws";
import type { ClusterIdentity } from "../shared/pod-identity";

/**
 * Looks at groups and instance types, which IAM cannot scope, and at this cluster's node groups; sets the size of groups
 * that EKS has tagged as this cluster's, and of no others.
 * @see https://github.com/kubernetes/autoscaler/blob/cluster-autoscaler-1.35.2/cluster-autoscaler/cloudprovider/aws/README.md
 */
export function autoscalerPolicy(cluster: ClusterIdentity): aws.iam.PolicyDocument {
  const { region, accountId, clusterName } = cluster;
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "SeeGroups",
        Effect: "Allow",
        Action: [
          "autoscaling:DescribeAutoScalingGroups",
          "autoscaling:DescribeAutoScalingInstances",
          "autoscaling:DescribeLaunchConfigurations",
          "autoscaling:DescribeScalingActivities",
          "ec2:DescribeImages",
          "ec2:DescribeInstanceTypes",
          "ec2:DescribeLaunchTemplateVersions",
          "ec2:GetInstanceTypesFromInstanceRequirements",
        ],
        Resource: "*",
      },
      {
        // Labels, taints and tags of a group that has no node to look at: scaling from zero rests on it.
        Sid: "SeeNodeGroups",
        Effect: "Allow",
        Action: "eks:DescribeNodegroup",
        Resource: `arn:aws:eks:${region}:${accountId}:nodegroup/${clusterName}/*/*`,
      },
      {
        Sid: "SizeOwnGroups",
        Effect: "Allow",
        Action: [
          "autoscaling:SetDesiredCapacity",
          "autoscaling:TerminateInstanceInAutoScalingGroup",
        ],
        Resource: `arn:aws:autoscaling:${region}:${accountId}:autoScalingGroup:*:autoScalingGroupName/*`,
        Condition: {
          StringEquals: {
            [`aws:ResourceTag/k8s.io/cluster-autoscaler/${clusterName}`]: "owned",
            "aws:ResourceTag/k8s.io/cluster-autoscaler/enabled": "true",
          },
        },
      },
    ],
  };
}
