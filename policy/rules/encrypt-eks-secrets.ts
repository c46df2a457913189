import { cisEks } from "../shared/frameworks";
import { snapshot, unknownValue } from "../shared/known";
import { onResource, resourceRule } from "../shared/rule";
import { valueAt } from "../shared/tree";

export const encryptEksSecrets = resourceRule({
  name: "encrypt-eks-secrets",
  description: "A cluster encrypts its Secrets with a key of the account.",
  reach: "everywhere",
  severity: "high",
  framework: cisEks(
    "5.3.1",
    "Ensure Kubernetes Secrets are encrypted using Customer Master Keys (CMKs) managed in AWS KMS",
  ),
  tags: ["cis-eks:5.3.1", "fsbp:EKS.3", "ckv:CKV_AWS_58"],
  remediationSteps: 'Set encryptionConfig with resources ["secrets"] and the ARN of a key.',
  url: "https://docs.aws.amazon.com/eks/latest/userguide/enable-kms.html",
  settings: {},
  checks: [
    onResource(["aws:eks/cluster:Cluster"], ({ props, report }) => {
      const config = snapshot(() => props["encryptionConfig"]);
      const resources = valueAt(config, "resources");
      const covered =
        resources === unknownValue ||
        (Array.isArray(resources) &&
          ["secrets", unknownValue].some((one) => resources.includes(one)));
      if (!covered) report("encryptionConfig.resources: has no secrets");
      const key = valueAt(config, "provider", "keyArn");
      if (key === undefined || key === "") report("encryptionConfig.provider.keyArn: is missing");
    }),
  ],
});
