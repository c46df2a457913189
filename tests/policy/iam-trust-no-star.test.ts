import { iamTrustNoStar } from "../../policy/rules/iam-trust-no-star";
import { role, trusting } from "./fixtures";
import { describeRule } from "./rule-table";

const at = "assumeRolePolicy, statement 1";
const foreign = "arn:aws:iam::999900001111:role/deploy";
const home = { allowedAccountIds: '["111122223333"]' };

describeRule(iamTrustNoStar, [
  ["a service passes", role, trusting({ Principal: { Service: "ec2.amazonaws.com" } }), []],
  [
    "everybody is reported",
    role,
    trusting({ Principal: "*" }),
    [`${at}: everybody may assume the role`],
  ],
  [
    "every AWS principal is reported",
    role,
    trusting({ Principal: { AWS: "*" } }),
    [`${at}: everybody may assume the role`],
  ],
  [
    "all but some are reported",
    role,
    trusting({ NotPrincipal: { AWS: foreign } }),
    [`${at}: NotPrincipal admits everybody who is not listed`],
  ],
  [
    "a pattern is no principal",
    role,
    trusting({ Principal: { AWS: "arn:aws:iam::111122223333:role/*" } }),
    [
      `${at}: arn:aws:iam::111122223333:role/* is neither an account nor the whole ARN of a principal`,
    ],
  ],
  [
    "a name is no principal",
    role,
    trusting({ Principal: { AWS: "deploy" } }),
    [`${at}: deploy is neither an account nor the whole ARN of a principal`],
  ],
  ["a denial passes", role, trusting({ Effect: "Deny", Principal: "*" }), []],
  [
    "without a known account any whole ARN passes",
    role,
    trusting({ Principal: { AWS: foreign } }),
    [],
  ],
  [
    "an environment without an account is one like any other",
    role,
    trusting({ Principal: { AWS: "arn:aws:iam::unassigned:root" } }),
    [],
    { provider: { allowedAccountIds: '["unassigned"]' } },
  ],
  [
    "the provider's account passes, by ARN and by number",
    role,
    trusting({ Principal: { AWS: ["arn:aws:iam::111122223333:root", "111122223333"] } }),
    [],
    { provider: home },
  ],
  [
    "another account is reported",
    role,
    trusting({ Principal: { AWS: foreign } }),
    [`${at}: ${foreign} is of an account that is not allowed`],
    { provider: home },
  ],
  [
    "accounts can be added",
    role,
    trusting({ Principal: { AWS: foreign } }),
    [],
    { provider: home, settings: { accounts: ["999900001111"] } },
  ],
]);
