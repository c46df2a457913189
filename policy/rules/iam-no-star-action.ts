import { awsFoundational } from "../shared/frameworks";
import { onIdentityPolicy } from "../shared/identity-policies";
import type { Statement } from "../shared/iam-document";
import { matchesWildcard } from "../shared/pattern";
import { resourceRule } from "../shared/rule";

interface Settings {
  /** Actions that may stand with a wildcard for their whole service, such as `ssmmessages:*`. */
  allowed: string[];
}

export const iamNoStarAction = resourceRule<Settings>({
  name: "iam-no-star-action",
  description:
    "No identity policy allows every action, every action of a service, or all but a list.",
  reach: "everywhere",
  severity: "critical",
  framework: awsFoundational(
    "IAM.21",
    "IAM customer managed policies that you create should not allow wildcard actions for services",
  ),
  tags: [
    "ckv:CKV_AWS_1",
    "ckv:CKV_AWS_49",
    "ckv:CKV2_AWS_40",
    "fsbp:IAM.1",
    "fsbp:IAM.21",
    "ckv:CKV_AWS_62",
    "ckv:CKV_AWS_63",
    "trivy:AWS-0057",
  ],
  remediationSteps:
    "List the actions that are really called; a common prefix such as ec2:Describe* is fine, NotAction is not.",
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html#iam-21",
  settings: { allowed: { type: "array", items: { type: "string" }, default: [] } },
  checks: [
    onIdentityPolicy(({ path, statements }, { settings, report }) => {
      if (statements === "unreadable") {
        report(`${path}: is no JSON object`);
        return;
      }
      for (const statement of statements)
        for (const problem of problemsOf(statement, settings))
          report(`${path}, ${statement.label}: ${problem}`);
    }),
  ],
});

function problemsOf(statement: Statement, { allowed }: Settings): string[] {
  if (!statement.allows) return [];
  if (statement.notActions.length > 0) return ["allows all but the actions in NotAction"];
  return statement.actions
    .filter((action) => !allowed.some((pattern) => matchesWildcard(pattern, action)))
    .flatMap((action) => {
      const [service = "", name = ""] = action.split(":");
      if (/[*?]/.test(service)) return [`allows every action (${action})`];
      return /^[*?]+$/.test(name) ? [`allows every action of ${service}`] : [];
    });
}
