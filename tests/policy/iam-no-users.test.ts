import { iamNoUsers } from "../../policy/rules/iam-no-users";
import { describeRule } from "./rule-table";

describeRule(iamNoUsers, [
  [
    "a user is reported",
    "aws:iam/user:User",
    { name: "ci" },
    ["an IAM user has long-lived credentials"],
  ],
  [
    "an access key is reported",
    "aws:iam/accessKey:AccessKey",
    { user: "ci" },
    ["an access key is a long-lived credential"],
  ],
  [
    "a password is reported",
    "aws:iam/userLoginProfile:UserLoginProfile",
    { user: "ci" },
    ["a login profile is a password for the console"],
  ],
  [
    "a service's password is reported",
    "aws:iam/serviceSpecificCredential:ServiceSpecificCredential",
    { userName: "ci" },
    ["a service-specific credential is a long-lived password"],
  ],
  ["a role passes", "aws:iam/role:Role", {}, []],
]);
