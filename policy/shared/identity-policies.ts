import { type Statement, readDocument } from "./iam-document";
import { known } from "./known";
import { type Check, type Subject, onResource } from "./rule";
import { isTree } from "./is-tree";

/** A policy document that grants rights to whoever it is attached to. */
export interface IdentityPolicy {
  /** The property that holds it. */
  readonly path: string;
  readonly statements: readonly Statement[] | "unreadable";
}

/** Where each resource type holds its document. */
const documentProperty = {
  "aws:iam/policy:Policy": "policy",
  "aws:iam/rolePolicy:RolePolicy": "policy",
  "aws:iam/userPolicy:UserPolicy": "policy",
  "aws:iam/groupPolicy:GroupPolicy": "policy",
  "aws:ssoadmin/permissionSetInlinePolicy:PermissionSetInlinePolicy": "inlinePolicy",
} as const;
const role = "aws:iam/role:Role";

/** A check of every identity policy, in whichever resource it is written. */
export function onIdentityPolicy<S>(
  check: (policy: IdentityPolicy, subject: Subject<S>) => void,
): Check<S> {
  return onResource<S>([...Object.keys(documentProperty), role], (subject) => {
    for (const policy of policiesOf(subject)) check(policy, subject);
  });
}

function policiesOf<S>({ type, props }: Subject<S>): IdentityPolicy[] {
  if (type === role) return inlinePolicies(props);
  const path = documentProperty[type as keyof typeof documentProperty];
  return withPath(path, () => props[path]);
}

function inlinePolicies(props: Subject<unknown>["props"]): IdentityPolicy[] {
  const list = known(() => props["inlinePolicies"]);
  if (!Array.isArray(list)) return [];
  return Array.from({ length: list.length }, (_, index) => index).flatMap((index) => {
    const inline = known((): unknown => list[index]);
    return isTree(inline)
      ? withPath(`inlinePolicies[${index}].policy`, () => inline["policy"])
      : [];
  });
}

function withPath(path: string, read: () => unknown): IdentityPolicy[] {
  const statements = readDocument(read);
  return statements === undefined ? [] : [{ path, statements }];
}

/** A check of every statement that allows something. */
export function onAllowedStatement<S>(
  check: (statement: Statement, report: (message: string) => void, settings: S) => void,
): Check<S> {
  return onIdentityPolicy<S>(({ path, statements }, { settings, report }) => {
    if (statements === "unreadable") return;
    for (const statement of statements)
      if (statement.allows)
        check(
          statement,
          (message) => {
            report(`${path}, ${statement.label}: ${message}`);
          },
          settings,
        );
  });
}

/** At most five names, so that a message stays a line. */
export function shortList(names: readonly string[]): string {
  const [first, rest] = [names.slice(0, 5), names.length - 5];
  return rest > 0 ? `${first.join(", ")} and ${rest} more` : first.join(", ");
}
