import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

/**
 * Only volumes and snapshots that the driver has tagged as its own; restored ones keep the tag, in another cluster too.
 * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AmazonEBSCSIDriverPolicyV2.html
 */
export const volumeDriverPolicyArn = "arn:aws:iam::aws:policy/AmazonEBSCSIDriverPolicyV2";

/**
 * The volumes' key, through EC2 alone.
 * @see https://github.com/kubernetes-sigs/aws-ebs-csi-driver/blob/master/docs/install.md
 */
export function volumeKeyPolicy(
  region: string,
  keyArn: pulumi.Input<string>,
): aws.iam.PolicyDocument {
  const throughEc2 = { "kms:ViaService": `ec2.${region}.amazonaws.com` };
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "UseVolumesKey",
        Effect: "Allow",
        Action: ["kms:Decrypt", "kms:GenerateDataKeyWithoutPlaintext", "kms:DescribeKey"],
        Resource: keyArn,
        Condition: { StringEquals: throughEc2 },
      },
      {
        Sid: "GrantVolumesKey",
        Effect: "Allow",
        Action: "kms:CreateGrant",
        Resource: keyArn,
        Condition: { StringEquals: throughEc2, Bool: { "kms:GrantIsForAWSResource": "true" } },
      },
    ],
  };
}
