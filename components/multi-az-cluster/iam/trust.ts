import type * as aws from "@pulumi/aws";
import type { ClusterSpec } from "../args";
import { clusterArn } from "../scope";

/** A service account of the cluster. */
export interface ServiceAccountName {
  namespace: string;
  serviceAccount: string;
}

/** An AWS service that may assume the role. */
export function serviceTrust(service: "eks.amazonaws.com" | "ec2.amazonaws.com") {
  return {
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" }],
  } satisfies aws.iam.PolicyDocument;
}

/**
 * One service account of this one cluster, through EKS Pod Identity. The session tags that EKS sends are the documented
 * way to name them; `aws:SourceArn` is not.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-role.html
 * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-abac.html
 */
export function podIdentityTrust(
  spec: Pick<ClusterSpec, "region" | "accountId" | "clusterName">,
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
            "aws:SourceAccount": spec.accountId,
            "aws:RequestTag/eks-cluster-arn": clusterArn(spec),
            "aws:RequestTag/kubernetes-namespace": namespace,
            "aws:RequestTag/kubernetes-service-account": serviceAccount,
          },
        },
      },
    ],
  } satisfies aws.iam.PolicyDocument;
}
