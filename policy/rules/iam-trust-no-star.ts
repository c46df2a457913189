import { accountOf } from "../shared/accounts";
import { resourceRule } from "../shared/rule";
import { onTrustStatement } from "../shared/trust-policies";

interface Settings {
  /** Accounts whose principals may assume roles, beside those that the role's provider may touch. */
  accounts: string[];
}

export const iamTrustNoStar = resourceRule<Settings>({
  name: "iam-trust-no-star",
  description: "A role is assumed by named principals of known accounts, never by everybody.",
  reach: "everywhere",
  severity: "critical",
  tags: ["ckv:CKV_AWS_60", "ckv:CKV_AWS_61"],
  remediationSteps:
    "Name the roles or services that may assume the role; list foreign accounts in `accounts`.",
  url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html",
  settings: { accounts: { type: "array", items: { type: "string" }, default: [] } },
  checks: [
    onTrustStatement((statement, { settings, ownAccounts, report }) => {
      if (statement.excludesPrincipals) report("NotPrincipal admits everybody who is not listed");
      if (statement.principals.some(({ kind }) => kind === "*"))
        report("everybody may assume the role");
      const accounts = [...settings.accounts, ...ownAccounts];
      for (const { value } of statement.principals.filter(({ kind }) => kind === "AWS")) {
        const account = accountOf(value);
        if (account === undefined || /[*?]/.test(value))
          report(`${value} is neither an account nor the whole ARN of a principal`);
        // Where no account is known there is nothing to compare with.
        else if (accounts.length > 0 && !accounts.includes(account))
          report(`${value} is of an account that is not allowed`);
      }
    }),
  ],
});
