import { awsFoundational } from "../shared/frameworks";
import { onAllowedStatement, shortList } from "../shared/identity-policies";
import { grants, isBoundBy, reachesEverything } from "../shared/iam-document";
import { resourceRule } from "../shared/rule";

interface Settings {
  /** Actions that hand out data or the means to read it. */
  actions: string[];
  /** Condition keys (patterns) that narrow a statement to marked resources. */
  scopedBy: string[];
}

export const iamNoExfiltration = resourceRule<Settings>({
  name: "iam-no-exfiltration",
  description:
    "No identity policy reads every secret, parameter or object, or decrypts with every key.",
  reach: "production",
  severity: "high",
  framework: awsFoundational(
    "KMS.1",
    "IAM customer managed policies should not allow decryption actions on all KMS keys",
  ),
  tags: ["ckv:CKV_AWS_108", "fsbp:KMS.1", "fsbp:KMS.2", "ckv:CKV_AWS_287", "ckv:CKV_AWS_288"],
  remediationSteps: "Name the secrets, paths, buckets and keys by ARN.",
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/kms-controls.html#kms-1",
  settings: {
    actions: {
      type: "array",
      items: { type: "string" },
      default: [
        "kms:Decrypt",
        "kms:ReEncryptFrom",
        "s3:GetObject",
        "secretsmanager:GetSecretValue",
        "ssm:GetParameter",
        "ssm:GetParameterHistory",
        "ssm:GetParameters",
        "ssm:GetParametersByPath",
      ],
    },
    scopedBy: {
      type: "array",
      items: { type: "string" },
      default: ["*:ResourceTag/*", "kms:ResourceAliases", "kms:RequestAlias"],
    },
  },
  checks: [
    onAllowedStatement((statement, report, { actions, scopedBy }) => {
      if (!reachesEverything(statement) || statement.incomplete) return;
      if (isBoundBy(statement, scopedBy)) return;
      const granted = actions.filter((action) => grants(statement, action));
      if (granted.length > 0) report(`reaches everything there is by ${shortList(granted)}`);
    }),
  ],
});
