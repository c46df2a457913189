import { onIdentityPolicy, shortList } from "../shared/identity-policies";
import { type Statement, grants, isBoundBy, reachesEverything } from "../shared/iam-document";
import { matchesWildcard } from "../shared/pattern";
import { resourceRule } from "../shared/rule";

interface Settings {
  /** Condition keys (patterns) that keep such an action within bounds. */
  boundBy: string[];
}

/**
 * Each alone lets its holder take more rights.
 * @see https://rhinosecuritylabs.com/aws/aws-privilege-escalation-methods-mitigation/
 */
const alone = [
  "iam:AddUserToGroup",
  "iam:AttachGroupPolicy",
  "iam:AttachRolePolicy",
  "iam:AttachUserPolicy",
  "iam:CreateAccessKey",
  "iam:CreateLoginProfile",
  "iam:CreatePolicyVersion",
  "iam:PutGroupPolicy",
  "iam:PutRolePolicy",
  "iam:PutUserPolicy",
  "iam:SetDefaultPolicyVersion",
  "iam:UpdateAssumeRolePolicy",
  "iam:UpdateLoginProfile",
  "lambda:UpdateFunctionCode",
];

/** Each runs code with a role that iam:PassRole hands to this service. */
const withPassRole: readonly (readonly [action: string, service: string])[] = [
  ["cloudformation:CreateStack", "cloudformation.amazonaws.com"],
  ["ec2:RunInstances", "ec2.amazonaws.com"],
  ["ecs:RegisterTaskDefinition", "ecs-tasks.amazonaws.com"],
  ["ecs:RunTask", "ecs-tasks.amazonaws.com"],
  ["glue:CreateDevEndpoint", "glue.amazonaws.com"],
  ["glue:CreateJob", "glue.amazonaws.com"],
  ["lambda:CreateFunction", "lambda.amazonaws.com"],
  ["sagemaker:CreateNotebookInstance", "sagemaker.amazonaws.com"],
  ["sagemaker:CreateTrainingJob", "sagemaker.amazonaws.com"],
];

export const iamNoEscalation = resourceRule<Settings>({
  name: "iam-no-escalation",
  description: "No identity policy lets its holder give itself more rights.",
  reach: "everywhere",
  severity: "critical",
  tags: ["ckv:CKV_AWS_110", "ckv:CKV_AWS_286", "ckv:CKV_AWS_289", "trivy:AWS-0342"],
  remediationSteps:
    "Scope the action to the roles, users or policies that it is for, or bind it by iam:PermissionsBoundary or iam:PolicyARN; scope iam:PassRole to the roles and services it is for.",
  url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html",
  settings: {
    boundBy: {
      type: "array",
      items: { type: "string" },
      default: ["iam:PermissionsBoundary", "iam:PolicyARN", "*:ResourceTag/*"],
    },
  },
  checks: [
    onIdentityPolicy(({ path, statements }, { settings, report }) => {
      if (statements === "unreadable") return;
      const open = statements.filter(
        (statement) =>
          !statement.incomplete &&
          reachesEverything(statement) &&
          !isBoundBy(statement, settings.boundBy),
      );
      const taken = alone.filter((action) => open.some((statement) => grants(statement, action)));
      if (taken.length > 0)
        report(`${path}: lets its holder take more rights by ${shortList(taken)}`);
      const handed = withPassRole
        .filter(([, service]) => open.some((statement) => passesRoleTo(statement, service)))
        .filter(([action]) => statements.some((statement) => grants(statement, action)))
        .map(([action]) => action);
      if (handed.length > 0)
        report(
          `${path}: iam:PassRole of every role lets its holder act as any by ${shortList(handed)}`,
        );
    }),
  ],
});

function passesRoleTo(statement: Statement, service: string): boolean {
  if (!grants(statement, "iam:PassRole")) return false;
  const named = statement.conditions.filter(
    ({ key }) => key.toLowerCase() === "iam:passedtoservice",
  );
  return (
    named.length === 0 ||
    named.some(({ values }) => values.some((value) => matchesWildcard(value, service)))
  );
}
