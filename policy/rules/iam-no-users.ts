import { awsFoundational } from "../shared/frameworks";
import { onResource, resourceRule } from "../shared/rule";

const forbidden: Readonly<Record<string, string>> = {
  "aws:iam/user:User": "an IAM user has long-lived credentials",
  "aws:iam/accessKey:AccessKey": "an access key is a long-lived credential",
  "aws:iam/userLoginProfile:UserLoginProfile": "a login profile is a password for the console",
  "aws:iam/serviceSpecificCredential:ServiceSpecificCredential":
    "a service-specific credential is a long-lived password",
};

export const iamNoUsers = resourceRule({
  name: "iam-no-users",
  description:
    "There are no IAM users, access keys or passwords: people and pipelines assume roles.",
  reach: "everywhere",
  severity: "high",
  framework: awsFoundational("IAM.2", "IAM users should not have IAM policies attached"),
  tags: ["fsbp:IAM.2", "fsbp:IAM.3", "ckv:CKV_AWS_273"],
  remediationSteps:
    "Use IAM Identity Center for people, OIDC for pipelines, and Pod Identity for workloads.",
  url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html",
  settings: {},
  checks: [
    onResource(Object.keys(forbidden), ({ type, report }) => {
      report(forbidden[type] ?? type);
    }),
  ],
});
