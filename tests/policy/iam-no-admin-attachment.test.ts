import { iamNoAdminAttachment } from "../../policy/rules/iam-no-admin-attachment";
import { role } from "./fixtures";
import { describeRule } from "./rule-table";

const roleAttachment = "aws:iam/rolePolicyAttachment:RolePolicyAttachment";
const managed = (name: string) => `arn:aws:iam::aws:policy/${name}`;
const admin = managed("AdministratorAccess");

describeRule(iamNoAdminAttachment, [
  [
    "a worker policy passes",
    roleAttachment,
    { policyArn: managed("AmazonEKSWorkerNodePolicy") },
    [],
  ],
  [
    "AdministratorAccess is reported",
    roleAttachment,
    { policyArn: admin },
    ["policyArn: attaches AdministratorAccess"],
  ],
  [
    "PowerUserAccess is reported",
    roleAttachment,
    { policyArn: managed("PowerUserAccess") },
    ["policyArn: attaches PowerUserAccess"],
  ],
  [
    "IAMFullAccess is reported",
    roleAttachment,
    { policyArn: managed("IAMFullAccess") },
    ["policyArn: attaches IAMFullAccess"],
  ],
  [
    "full access with an underscore or a suffix is reported",
    roleAttachment,
    { policyArn: managed("AWSLambda_FullAccessV2") },
    ["policyArn: attaches AWSLambda_FullAccessV2"],
  ],
  [
    "a path does not hide it",
    roleAttachment,
    { policyArn: managed("job-function/AmazonS3FullAccess") },
    ["policyArn: attaches AmazonS3FullAccess"],
  ],
  ["read-only access passes", roleAttachment, { policyArn: managed("ReadOnlyAccess") }, []],
  [
    "a policy of our own by the same name passes",
    roleAttachment,
    { policyArn: "arn:aws:iam::111122223333:policy/AdministratorAccess" },
    [],
  ],
  [
    "a user's attachment is judged",
    "aws:iam/userPolicyAttachment:UserPolicyAttachment",
    { policyArn: admin },
    ["policyArn: attaches AdministratorAccess"],
  ],
  [
    "a group's attachment is judged",
    "aws:iam/groupPolicyAttachment:GroupPolicyAttachment",
    { policyArn: admin },
    ["policyArn: attaches AdministratorAccess"],
  ],
  [
    "an attachment to several is judged",
    "aws:iam/policyAttachment:PolicyAttachment",
    { policyArn: admin },
    ["policyArn: attaches AdministratorAccess"],
  ],
  [
    "an exclusive list is judged",
    "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive",
    { policyArns: [managed("ReadOnlyAccess"), admin] },
    ["policyArns: attaches AdministratorAccess"],
  ],
  [
    "a role's own list is judged",
    role,
    { managedPolicyArns: [admin] },
    ["managedPolicyArns: attaches AdministratorAccess"],
  ],
  ["a role without a list passes", role, {}, []],
  [
    "a permission set's attachment is judged",
    "aws:ssoadmin/managedPolicyAttachment:ManagedPolicyAttachment",
    { managedPolicyArn: admin },
    ["managedPolicyArn: attaches AdministratorAccess"],
  ],
  [
    "exceptions can be named",
    roleAttachment,
    { policyArn: managed("AmazonS3FullAccess") },
    [],
    { settings: { allowed: ["AmazonS3*"] } },
  ],
]);
