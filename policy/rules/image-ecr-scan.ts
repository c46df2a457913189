import type * as aws from "@pulumi/aws";
import { awsFoundational } from "../shared/frameworks";
import { known } from "../shared/known";
import { onType, resourceRule } from "../shared/rule";

interface Settings {
  /** True where the registry's own scanning rules cover every repository. */
  registryScanning: boolean;
}

export const imageEcrScan = resourceRule<Settings>({
  name: "image-ecr-scan",
  description:
    "Every ECR repository scans images when they are pushed, unless the registry scans all of them.",
  reach: "everywhere",
  severity: "medium",
  framework: awsFoundational(
    "ECR.1",
    "ECR private repositories should have image scanning configured",
  ),
  tags: ["fsbp:ECR.1", "cis-eks:5.1.1", "ckv:CKV_AWS_163", "trivy:AWS-0030"],
  remediationSteps: "Set imageScanningConfiguration.scanOnPush to true.",
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/ecr-controls.html#ecr-1",
  settings: { registryScanning: { type: "boolean", default: false } },
  checks: [
    onType<aws.ecr.RepositoryArgs, Settings>(
      "aws:ecr/repository:Repository",
      (repository, { settings, report }) => {
        if (settings.registryScanning) return;
        if (known(() => repository.imageScanningConfiguration?.scanOnPush, true) !== true)
          report("imageScanningConfiguration.scanOnPush is not true");
      },
    ),
  ],
});
