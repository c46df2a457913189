import { iamNoEscalation } from "../../policy/rules/iam-no-escalation";
import { allowing, document, identityPolicy } from "./fixtures";
import { describeRule } from "./rule-table";

const takes = (actions: string) => [`policy: lets its holder take more rights by ${actions}`];
const acts = (actions: string) => [
  `policy: iam:PassRole of every role lets its holder act as any by ${actions}`,
];
const pass = { Effect: "Allow", Action: "iam:PassRole", Resource: "*" };
const run = { Effect: "Allow", Action: "ec2:RunInstances", Resource: "arn:aws:ec2:*:*:instance/*" };

describeRule(iamNoEscalation, [
  ["reading passes", identityPolicy, allowing({ Action: "iam:Get*", Resource: "*" }), []],
  [
    "a new policy version for every policy is reported",
    identityPolicy,
    allowing({ Action: "iam:CreatePolicyVersion", Resource: "*" }),
    takes("iam:CreatePolicyVersion"),
  ],
  [
    "every role of an account is as wide",
    identityPolicy,
    allowing({ Action: "iam:AttachRolePolicy", Resource: "arn:aws:iam::111122223333:role/*" }),
    takes("iam:AttachRolePolicy"),
  ],
  [
    "one named role passes",
    identityPolicy,
    allowing({ Action: "iam:AttachRolePolicy", Resource: "arn:aws:iam::111122223333:role/app" }),
    [],
  ],
  [
    "roles under a path of their own pass",
    identityPolicy,
    allowing({ Action: "iam:PutRolePolicy", Resource: "arn:aws:iam::111122223333:role/app/*" }),
    [],
  ],
  [
    "a wildcard in the action is expanded",
    identityPolicy,
    allowing({ Action: "iam:Put*Policy", Resource: "*" }),
    takes("iam:PutGroupPolicy, iam:PutRolePolicy, iam:PutUserPolicy"),
  ],
  [
    "all but a list grants the rest",
    identityPolicy,
    allowing({ NotAction: ["iam:*"], Resource: "*" }),
    takes("lambda:UpdateFunctionCode"),
  ],
  [
    "a boundary keeps it within bounds",
    identityPolicy,
    allowing({
      Action: "iam:AttachRolePolicy",
      Resource: "*",
      Condition: {
        StringEquals: { "iam:PermissionsBoundary": "arn:aws:iam::111122223333:policy/b" },
      },
    }),
    [],
  ],
  [
    "passing every role together with running instances is reported",
    identityPolicy,
    { policy: document(pass, run) },
    acts("ec2:RunInstances"),
  ],
  ["passing every role alone passes", identityPolicy, { policy: document(pass) }, []],
  [
    "passing one role passes",
    identityPolicy,
    { policy: document({ ...pass, Resource: "arn:aws:iam::111122223333:role/node" }, run) },
    [],
  ],
  [
    "passing to another service passes",
    identityPolicy,
    {
      policy: document(
        { ...pass, Condition: { StringEquals: { "iam:PassedToService": "eks.amazonaws.com" } } },
        run,
      ),
    },
    [],
  ],
  [
    "passing to the same service is reported",
    identityPolicy,
    {
      policy: document(
        { ...pass, Condition: { StringLike: { "iam:PassedToService": "ec2.*" } } },
        run,
      ),
    },
    acts("ec2:RunInstances"),
  ],
  [
    "a denial grants nothing",
    identityPolicy,
    { policy: document({ ...pass, Effect: "Deny", Action: "iam:*" }) },
    [],
  ],
  [
    "other bounds can be named",
    identityPolicy,
    allowing({
      Action: "iam:AttachRolePolicy",
      Resource: "*",
      Condition: { StringEquals: { "aws:PrincipalTag/admin": "true" } },
    }),
    [],
    { settings: { boundBy: ["aws:PrincipalTag/*"] } },
  ],
]);
