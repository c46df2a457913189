import { accountOf } from "../shared/accounts";
import { type Principal, type Statement, isBoundBy } from "../shared/iam-document";
import { resourceRule } from "../shared/rule";
import { type TrustSubject, onTrustStatement } from "../shared/trust-policies";

interface Settings {
  /** Services that act for a resource of some account, so that the account or the resource must be bound. */
  boundServices: string[];
  /** More accounts that count as our own, beside those that the role's provider may touch. */
  ownAccounts: string[];
}

/** Its pools have subjects by the user; what binds them is that the user has signed in. */
const cognito = "cognito-identity.amazonaws.com";
const github = "token.actions.githubusercontent.com";

export const iamTrustConditions = resourceRule<Settings>({
  name: "iam-trust-conditions",
  description:
    "Trust in a web identity, in Pod Identity or in another account is bound to the one identity it is for.",
  reach: "everywhere",
  severity: "high",
  tags: ["ckv:CKV_AWS_393", "eks-bpg:identity-and-access-management"],
  remediationSteps:
    "Web identity: StringEquals on the issuer's :sub and :aud. Pod Identity: aws:SourceAccount or aws:SourceArn. Other accounts: sts:ExternalId or aws:PrincipalOrgID.",
  url: "https://docs.aws.amazon.com/eks/latest/best-practices/identity-and-access-management.html",
  settings: {
    boundServices: {
      type: "array",
      items: { type: "string" },
      default: ["pods.eks.amazonaws.com"],
    },
    ownAccounts: { type: "array", items: { type: "string" }, default: [] },
  },
  checks: [
    onTrustStatement((statement, subject) => {
      if (statement.incomplete) return;
      for (const principal of statement.principals)
        for (const problem of problemsOf(principal, statement, subject)) subject.report(problem);
    }),
  ],
});

function problemsOf(
  { kind, value }: Principal,
  statement: Statement,
  { settings, ownAccounts }: TrustSubject<Settings>,
): string[] {
  if (kind === "Federated") return webIdentityProblems(value, statement);
  if (kind === "Service" && settings.boundServices.includes(value))
    return isBoundBy(statement, ["aws:SourceAccount", "aws:SourceArn"])
      ? []
      : [`${value} is bound by neither aws:SourceAccount nor aws:SourceArn`];
  if (kind === "AWS") {
    const own = [...settings.ownAccounts, ...ownAccounts];
    const account = accountOf(value);
    if (own.length === 0 || account === undefined || own.includes(account)) return [];
    const bound = ["sts:ExternalId", "aws:PrincipalOrgID", "aws:PrincipalOrgPaths"];
    return isBoundBy(statement, bound)
      ? []
      : [
          `${value} is of another account and bound by neither sts:ExternalId nor aws:PrincipalOrgID`,
        ];
  }
  return [];
}

function webIdentityProblems(provider: string, statement: Statement): string[] {
  // AWS knows a few providers by name alone; one by ARN that is no OIDC provider speaks SAML, which has no subject.
  const issuer = provider.startsWith("arn:")
    ? /:oidc-provider\/(.+)$/.exec(provider)?.[1]
    : provider;
  if (issuer === undefined) return [];
  const problems: string[] = [];
  if (exactValues(statement, `${issuer}:aud`).length === 0)
    problems.push(`${issuer}:aud is not bound by StringEquals`);
  if (issuer === github) {
    if (!isBoundToRepository(statement))
      problems.push(`${issuer}:sub is not bound to one repository`);
  } else if (
    exactValues(statement, `${issuer}:sub`).length === 0 &&
    !(issuer === cognito && isBoundBy(statement, [`${cognito}:amr`]))
  )
    problems.push(`${issuer}:sub is not bound by StringEquals`);
  return problems;
}

/** The values of a StringEquals condition, if none of them holds a wildcard. */
function exactValues(statement: Statement, key: string): readonly string[] {
  const values = conditionValues(statement, key, /^StringEquals$/i);
  return values.some((value) => /[*?]/.test(value)) ? [] : values;
}

/** A wildcard may stand behind the repository only: for its branches and environments. */
function isBoundToRepository(statement: Statement): boolean {
  const values = conditionValues(statement, `${github}:sub`, /^String(?:Equals|Like)$/i);
  return values.length > 0 && values.every((value) => /^repo:[^*?/:]+\/[^*?/:]+:/.test(value));
}

function conditionValues({ conditions }: Statement, key: string, operator: RegExp): string[] {
  return conditions
    .filter((condition) => operator.test(condition.operator))
    .filter((condition) => condition.key.toLowerCase() === key.toLowerCase())
    .flatMap(({ values }) => values);
}
