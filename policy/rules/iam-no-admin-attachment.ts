import { snapshot } from "../shared/known";
import { matchesWildcard } from "../shared/pattern";
import { onResource, resourceRule } from "../shared/rule";

interface Settings {
  /** Names (patterns) of AWS's own policies that nobody gets. */
  forbidden: string[];
  /** Exceptions from `forbidden`. */
  allowed: string[];
}

/** Where each resource type names the policies that it attaches: one, or a list. */
const attached: Readonly<Record<string, string>> = {
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": "policyArn",
  "aws:iam/userPolicyAttachment:UserPolicyAttachment": "policyArn",
  "aws:iam/groupPolicyAttachment:GroupPolicyAttachment": "policyArn",
  "aws:iam/policyAttachment:PolicyAttachment": "policyArn",
  "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive": "policyArns",
  "aws:iam/userPolicyAttachmentsExclusive:UserPolicyAttachmentsExclusive": "policyArns",
  "aws:iam/groupPolicyAttachmentsExclusive:GroupPolicyAttachmentsExclusive": "policyArns",
  "aws:iam/role:Role": "managedPolicyArns",
  "aws:ssoadmin/managedPolicyAttachment:ManagedPolicyAttachment": "managedPolicyArn",
};

export const iamNoAdminAttachment = resourceRule<Settings>({
  name: "iam-no-admin-attachment",
  description: "AWS's administrator, power-user and full-access policies are attached to nobody.",
  reach: "everywhere",
  severity: "critical",
  tags: ["ckv:CKV_AWS_274", "ckv:CKV2_AWS_56"],
  remediationSteps:
    "Write a policy with the actions and resources that are needed, and attach that.",
  url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_job-functions.html",
  settings: {
    forbidden: {
      type: "array",
      items: { type: "string" },
      default: ["AdministratorAccess", "AdministratorAccess-*", "PowerUserAccess", "*FullAccess*"],
    },
    allowed: { type: "array", items: { type: "string" }, default: [] },
  },
  checks: [
    onResource(Object.keys(attached), ({ type, props, settings, report }) => {
      const path = attached[type] ?? "policyArn";
      const value = snapshot(() => props[path]);
      const arns: readonly unknown[] = Array.isArray(value) ? value : [value];
      for (const arn of arns) {
        const name = typeof arn === "string" ? managedPolicyName(arn) : undefined;
        if (name === undefined) continue;
        const matches = (pattern: string) => matchesWildcard(pattern, name);
        if (settings.forbidden.some(matches) && !settings.allowed.some(matches))
          report(`${path}: attaches ${name}`);
      }
    }),
  ],
});

/** The name of a policy that AWS owns, without its path. */
function managedPolicyName(arn: string): string | undefined {
  return /^arn:[^:]+:iam::aws:policy\/(?:.*\/)?([^/]+)$/.exec(arn)?.[1];
}
