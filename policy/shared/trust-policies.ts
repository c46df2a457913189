import { allowedAccountIds } from "./accounts";
import { type Statement, readDocument } from "./iam-document";
import { type Check, onResource } from "./rule";

export interface TrustSubject<S> {
  readonly settings: S;
  /** The accounts that the role's own provider may touch; empty if it does not say. */
  readonly ownAccounts: readonly string[];
  readonly report: (message: string) => void;
}

/** A check of every statement that says who may assume a role. */
export function onTrustStatement<S>(
  check: (statement: Statement, subject: TrustSubject<S>) => void,
): Check<S> {
  return onResource<S>(["aws:iam/role:Role"], ({ props, provider, settings, report }) => {
    const statements = readDocument(() => props["assumeRolePolicy"]);
    if (statements === undefined) return;
    if (statements === "unreadable") {
      report("assumeRolePolicy: is no JSON object, so nobody can tell whom it trusts");
      return;
    }
    const ownAccounts = allowedAccountIds(provider);
    for (const statement of statements)
      if (statement.allows)
        check(statement, {
          settings,
          ownAccounts,
          report: (message) => {
            report(`assumeRolePolicy, ${statement.label}: ${message}`);
          },
        });
  });
}
