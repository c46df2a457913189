import type * as aws from "@pulumi/aws";

/** A cluster, by plain names: policies and trusts can name it before it exists. */
export interface ClusterIdentity {
  readonly region: string;
  /** 12 digits, or "unassigned" in a plan without an account. */
  readonly accountId: string;
  readonly clusterName: string;
}

/** A service account of the cluster. */
export interface ServiceAccountName {
  readonly namespace: string;
  readonly serviceAccount: string;
}

export function clusterArn({ region, accountId, clusterName }: ClusterIdentity): string {
  return `arn:aws:eks:${region}:${accountId}:cluster/${clusterName}`;
}

/**
 * One service account of this one cluster, through EKS Pod Identity. The session tags that EKS sends are the documented
 * way to name them; `aws:SourceArn` is not.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-role.html
 * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-abac.html
 */
export function podIdentityTrust(
  cluster: ClusterIdentity,
  { namespace, serviceAccount }: ServiceAccountName,
) {
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Service: "pods.eks.amazonaws.com" },
        Action: ["sts:AssumeRole", "sts:TagSession"],
        Condition: {
          StringEquals: {
            "aws:SourceAccount": cluster.accountId,
            "aws:RequestTag/eks-cluster-arn": clusterArn(cluster),
            "aws:RequestTag/kubernetes-namespace": namespace,
            "aws:RequestTag/kubernetes-service-account": serviceAccount,
          },
        },
      },
    ],
  } satisfies aws.iam.PolicyDocument;
}
