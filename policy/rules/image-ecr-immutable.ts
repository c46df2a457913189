import type * as aws from "@pulumi/aws";
import { awsFoundational } from "../shared/frameworks";
import { known } from "../shared/known";
import { onType, resourceRule } from "../shared/rule";

export const imageEcrImmutable = resourceRule({
  name: "image-ecr-immutable",
  description: "The tags of an ECR repository are immutable, without exclusions.",
  reach: "everywhere",
  severity: "high",
  framework: awsFoundational(
    "ECR.2",
    "ECR private repositories should have tag immutability configured",
  ),
  tags: ["fsbp:ECR.2", "ckv:CKV_AWS_51", "trivy:AWS-0031"],
  remediationSteps: "Set imageTagMutability to IMMUTABLE.",
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/ecr-controls.html#ecr-2",
  settings: {},
  checks: [
    onType<aws.ecr.RepositoryArgs>("aws:ecr/repository:Repository", (repository, { report }) => {
      if (known(() => repository.imageTagMutability, "IMMUTABLE") !== "IMMUTABLE")
        report("imageTagMutability is not IMMUTABLE");
    }),
  ],
});
