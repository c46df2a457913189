import { iamTrustConditions } from "../../policy/rules/iam-trust-conditions";
import { role, trusting } from "./fixtures";
import { describeRule } from "./rule-table";

const at = "assumeRolePolicy, statement 1";
const issuer = "oidc.eks.us-west-2.amazonaws.com/id/ABC";
const github = "token.actions.githubusercontent.com";
const web = (provider: string, conditions: Record<string, unknown>) =>
  trusting({
    Action: "sts:AssumeRoleWithWebIdentity",
    Principal: { Federated: `arn:aws:iam::111122223333:oidc-provider/${provider}` },
    Condition: conditions,
  });
const aud = { [`${issuer}:aud`]: "sts.amazonaws.com" };
const sub = { [`${issuer}:sub`]: "system:serviceaccount:relaycore:relaycore" };
const ciAud = { [`${github}:aud`]: "sts.amazonaws.com" };
const pods = (conditions: Record<string, unknown>) =>
  trusting({ Principal: { Service: "pods.eks.amazonaws.com" }, Condition: conditions });
const unboundSub = `${at}: ${issuer}:sub is not bound by StringEquals`;
const unboundAud = `${at}: ${issuer}:aud is not bound by StringEquals`;
const unboundRepository = `${at}: ${github}:sub is not bound to one repository`;
const unboundPods = `${at}: pods.eks.amazonaws.com is bound by neither aws:SourceAccount nor aws:SourceArn`;
const foreign = "arn:aws:iam::999900001111:role/deploy";
const home = { provider: { allowedAccountIds: ["111122223333"] } };
const unboundForeign = `${at}: ${foreign} is of another account and bound by neither sts:ExternalId nor aws:PrincipalOrgID`;

describeRule(iamTrustConditions, [
  [
    "a service account bound by subject and audience passes",
    role,
    web(issuer, { StringEquals: { ...aud, ...sub } }),
    [],
  ],
  ["no condition at all is reported twice", role, web(issuer, {}), [unboundAud, unboundSub]],
  [
    "a pattern of subjects is reported",
    role,
    web(issuer, { StringEquals: aud, StringLike: sub }),
    [unboundSub],
  ],
  [
    "a wildcard in StringEquals is reported",
    role,
    web(issuer, { StringEquals: { ...aud, [`${issuer}:sub`]: "system:serviceaccount:*:app" } }),
    [unboundSub],
  ],
  ["no audience is reported", role, web(issuer, { StringEquals: sub }), [unboundAud]],
  [
    "keys count in any case",
    role,
    web(issuer, { stringequals: { [`${issuer.toUpperCase()}:SUB`]: "s", ...aud } }),
    [],
  ],
  [
    "a repository's branch passes",
    role,
    web(github, {
      StringEquals: { ...ciAud, [`${github}:sub`]: "repo:auterity/platform:ref:refs/heads/main" },
    }),
    [],
  ],
  [
    "any branch of one repository passes",
    role,
    web(github, {
      StringEquals: ciAud,
      StringLike: { [`${github}:sub`]: "repo:auterity/platform:*" },
    }),
    [],
  ],
  [
    "any repository of an owner is reported",
    role,
    web(github, { StringEquals: ciAud, StringLike: { [`${github}:sub`]: "repo:auterity/*" } }),
    [unboundRepository],
  ],
  [
    "one open repository among bound ones is reported",
    role,
    web(github, {
      StringEquals: ciAud,
      StringLike: { [`${github}:sub`]: ["repo:auterity/platform:*", "*"] },
    }),
    [unboundRepository],
  ],
  ["no repository is reported", role, web(github, { StringEquals: ciAud }), [unboundRepository]],
  [
    "Pod Identity bound to the account passes",
    role,
    pods({ StringEquals: { "aws:SourceAccount": "111122223333" } }),
    [],
  ],
  [
    "Pod Identity bound to the cluster passes",
    role,
    pods({ ArnEquals: { "aws:SourceArn": "arn:aws:eks:us-west-2:111122223333:cluster/c" } }),
    [],
  ],
  ["Pod Identity without a bound is reported", role, pods({}), [unboundPods]],
  [
    "a bound that holds without the key is none",
    role,
    pods({ StringEqualsIfExists: { "aws:SourceAccount": "111122223333" } }),
    [unboundPods],
  ],
  ["other services need none", role, trusting({ Principal: { Service: "ec2.amazonaws.com" } }), []],
  [
    "services can be added",
    role,
    trusting({ Principal: { Service: "backup.amazonaws.com" } }),
    [`${at}: backup.amazonaws.com is bound by neither aws:SourceAccount nor aws:SourceArn`],
    { settings: { boundServices: ["backup.amazonaws.com"] } },
  ],
  [
    "another account needs an external id",
    role,
    trusting({ Principal: { AWS: foreign } }),
    [unboundForeign],
    home,
  ],
  [
    "another account with an external id passes",
    role,
    trusting({
      Principal: { AWS: foreign },
      Condition: { StringEquals: { "sts:ExternalId": "x" } },
    }),
    [],
    home,
  ],
  [
    "our own account needs none",
    role,
    trusting({ Principal: { AWS: "arn:aws:iam::111122223333:root" } }),
    [],
    home,
  ],
  [
    "accounts can be named as our own",
    role,
    trusting({ Principal: { AWS: foreign } }),
    [],
    { ...home, settings: { ownAccounts: ["999900001111"] } },
  ],
  [
    "a provider that AWS knows by name is bound as well",
    role,
    trusting({ Principal: { Federated: "accounts.google.com" }, Condition: {} }),
    [
      `${at}: accounts.google.com:aud is not bound by StringEquals`,
      `${at}: accounts.google.com:sub is not bound by StringEquals`,
    ],
  ],
  [
    "an identity pool is bound by itself and by signed-in users",
    role,
    trusting({
      Principal: { Federated: "cognito-identity.amazonaws.com" },
      Condition: {
        StringEquals: { "cognito-identity.amazonaws.com:aud": "us-west-2:pool" },
        "ForAnyValue:StringLike": { "cognito-identity.amazonaws.com:amr": "authenticated" },
      },
    }),
    [],
  ],
  [
    "a SAML provider has no subject",
    role,
    trusting({ Principal: { Federated: "arn:aws:iam::111122223333:saml-provider/Office" } }),
    [],
  ],
  [
    "a trust policy that nobody can read is reported",
    role,
    { assumeRolePolicy: "trust everybody" },
    ["assumeRolePolicy: is no JSON object, so nobody can tell whom it trusts"],
  ],
  ...(
    [
      [{ Null: { "aws:SourceAccount": "false" } }, "that the account is there"],
      [{ StringLike: { "aws:SourceAccount": "1111*" } }, "a pattern of accounts"],
      [{ StringLike: { "aws:SourceAccount": "?*" } }, "any account at all"],
      [
        { ArnLike: { "aws:SourceArn": "arn:aws:eks:us-west-2:*:cluster/x" } },
        "an ARN of any account",
      ],
    ] as const
  ).map(([condition, what]): [string, string, Record<string, unknown>, string[]] => [
    `${what} binds nobody`,
    role,
    pods(condition),
    [unboundPods],
  ]),
  [
    "an ARN of one account binds",
    role,
    pods({ ArnLike: { "aws:SourceArn": "arn:aws:eks:us-west-2:111122223333:cluster/*" } }),
    [],
  ],
]);
