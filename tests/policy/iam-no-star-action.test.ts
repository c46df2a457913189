import { iamNoStarAction } from "../../policy/rules/iam-no-star-action";
import { allowing, document, identityPolicy, role } from "./fixtures";
import { describeRule } from "./rule-table";

const at = 'policy, statement "Test"';
const everything = { Effect: "Allow", Action: "*", Resource: "*" };
const one = (path: string) => [`${path}, statement 1: allows every action (*)`];

describeRule(iamNoStarAction, [
  [
    "named actions pass",
    identityPolicy,
    allowing({ Action: ["s3:GetObject", "s3:PutObject"] }),
    [],
  ],
  [
    "every action is reported",
    identityPolicy,
    allowing({ Action: "*" }),
    [`${at}: allows every action (*)`],
  ],
  [
    "every action of a service is reported",
    identityPolicy,
    allowing({ Action: ["s3:*"] }),
    [`${at}: allows every action of s3`],
  ],
  [
    "every action of every service is reported",
    identityPolicy,
    allowing({ Action: "*:*" }),
    [`${at}: allows every action (*:*)`],
  ],
  [
    "a name of wildcards is every action",
    identityPolicy,
    allowing({ Action: "s3:?*" }),
    [`${at}: allows every action of s3`],
  ],
  ["a common prefix passes", identityPolicy, allowing({ Action: "ec2:Describe*" }), []],
  [
    "all but a list is reported",
    identityPolicy,
    allowing({ NotAction: "iam:*" }),
    [`${at}: allows all but the actions in NotAction`],
  ],
  [
    "a denial of everything passes",
    identityPolicy,
    { policy: document({ ...everything, Effect: "Deny" }) },
    [],
  ],
  [
    "a statement without a Sid is named by its place",
    identityPolicy,
    { policy: document({ ...everything, Effect: "Deny" }, everything) },
    ["policy, statement 2: allows every action (*)"],
  ],
  [
    "a single statement without a list is read",
    identityPolicy,
    { policy: JSON.stringify({ Statement: everything }) },
    one("policy"),
  ],
  [
    "a document as an object is read",
    identityPolicy,
    { policy: { Statement: [everything] } },
    one("policy"),
  ],
  [
    "text that is no JSON is reported",
    identityPolicy,
    { policy: "not json" },
    ["policy: is no JSON object"],
  ],
  [
    "a role's own policy is judged",
    "aws:iam/rolePolicy:RolePolicy",
    { policy: document(everything) },
    one("policy"),
  ],
  [
    "a user's own policy is judged",
    "aws:iam/userPolicy:UserPolicy",
    { policy: document(everything) },
    one("policy"),
  ],
  [
    "a group's own policy is judged",
    "aws:iam/groupPolicy:GroupPolicy",
    { policy: document(everything) },
    one("policy"),
  ],
  [
    "a permission set's policy is judged",
    "aws:ssoadmin/permissionSetInlinePolicy:PermissionSetInlinePolicy",
    { inlinePolicy: document(everything) },
    one("inlinePolicy"),
  ],
  [
    "policies within a role are judged",
    role,
    {
      inlinePolicies: [
        { name: "a", policy: document() },
        { name: "b", policy: document(everything) },
      ],
    },
    one("inlinePolicies[1].policy"),
  ],
  ["a role without policies passes", role, { name: "r" }, []],
  [
    "a service can be allowed",
    identityPolicy,
    allowing({ Action: "ssmmessages:*" }),
    [],
    { settings: { allowed: ["ssmmessages:*"] } },
  ],
]);
