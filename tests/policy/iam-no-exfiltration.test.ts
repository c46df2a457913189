import { iamNoExfiltration } from "../../policy/rules/iam-no-exfiltration";
import { allowing, identityPolicy } from "./fixtures";
import { describeRule } from "./rule-table";

const reaches = (actions: string) => [
  `policy, statement "Test": reaches everything there is by ${actions}`,
];

describeRule(iamNoExfiltration, [
  [
    "one secret passes",
    identityPolicy,
    allowing({
      Action: "secretsmanager:GetSecretValue",
      Resource: "arn:aws:secretsmanager:us-west-2:111122223333:secret:auterity/*",
    }),
    [],
  ],
  [
    "every secret is reported",
    identityPolicy,
    allowing({ Action: "secretsmanager:GetSecretValue", Resource: "*" }),
    reaches("secretsmanager:GetSecretValue"),
  ],
  [
    "every secret of an account is reported",
    identityPolicy,
    allowing({
      Action: "secretsmanager:GetSecretValue",
      Resource: "arn:aws:secretsmanager:*:111122223333:secret:*",
    }),
    reaches("secretsmanager:GetSecretValue"),
  ],
  [
    "every key is reported",
    identityPolicy,
    allowing({ Action: "kms:Decrypt", Resource: "arn:aws:kms:us-west-2:111122223333:key/*" }),
    reaches("kms:Decrypt"),
  ],
  [
    "every object of every bucket is reported",
    identityPolicy,
    allowing({ Action: "s3:Get*", Resource: ["arn:aws:s3:::*", "arn:aws:s3:::*/*"] }),
    reaches("s3:GetObject"),
  ],
  [
    "every object of one bucket passes",
    identityPolicy,
    allowing({ Action: "s3:GetObject", Resource: "arn:aws:s3:::models/*" }),
    [],
  ],
  [
    "every parameter is reported",
    identityPolicy,
    allowing({ Action: "ssm:GetParameters*", Resource: "*" }),
    reaches("ssm:GetParameters, ssm:GetParametersByPath"),
  ],
  ["writing passes", identityPolicy, allowing({ Action: "s3:PutObject", Resource: "*" }), []],
  [
    "keys by alias pass",
    identityPolicy,
    allowing({
      Action: "kms:Decrypt",
      Resource: "*",
      Condition: { "ForAnyValue:StringEquals": { "kms:ResourceAliases": "alias/data" } },
    }),
    [],
  ],
  [
    "other actions can be named",
    identityPolicy,
    allowing({ Action: "dynamodb:Scan", Resource: "*" }),
    reaches("dynamodb:Scan"),
    { settings: { actions: ["dynamodb:Scan"] } },
  ],
  ...[
    ["secret*", "secretsmanager", "secretsmanager:GetSecretValue"],
    ["s*:auterity", "secretsmanager", "secretsmanager:GetSecretValue"],
    ["parameter*", "ssm", "ssm:GetParameter"],
    ["p?rameter/*", "ssm", "ssm:GetParameter"],
  ].map(
    ([path = "", service = "", action = ""]): [
      string,
      string,
      Record<string, unknown>,
      string[],
    ] => [
      `the wildcard ${path} is everything`,
      identityPolicy,
      allowing({ Action: action, Resource: `arn:aws:${service}:us-west-2:111122223333:${path}` }),
      reaches(action),
    ],
  ),
]);
