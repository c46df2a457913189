import type { AccessEntryArgs, ClusterSpec } from "./args";

export function accessProblems({ accessEntries }: ClusterSpec): string[] {
  const entries = Object.entries(accessEntries);
  const problems = entries.flatMap(([key, entry]) => entryProblems(key, entry));
  const administered = entries.some(
    ([, { policy, namespaces }]) => policy === "cluster-admin" && namespaces === undefined,
  );
  if (!administered) {
    problems.push(
      "accessEntries: got none with policy cluster-admin, need one for whoever runs this program; the cluster's creator gets no rights by itself",
    );
  }
  return [...problems, ...doubledPrincipals(entries)];
}

function entryProblems(
  key: string,
  { principalArn, policy, namespaces, groups = [] }: AccessEntryArgs,
) {
  const path = `accessEntries.${key}`;
  const problems: string[] = [];
  if (!/^[a-z][a-z0-9-]*$/.test(key)) {
    problems.push(
      `accessEntries: got the key "${key}", need lower-case letters, digits and dashes`,
    );
  }
  if (
    typeof principalArn === "string" &&
    !/^arn:aws:iam::(\d{12}|unassigned):(role|user)\/\S+$/.test(principalArn)
  ) {
    problems.push(
      `${path}.principalArn: got "${principalArn}", need the ARN of an IAM role or user`,
    );
  }
  // @see https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateAccessEntry.html
  for (const group of groups.filter(
    (each) => !/^(?!system:|eks:|aws:|amazon:|iam:)\S+$/.test(each),
  ))
    problems.push(`${path}.groups: got "${group}", need one that is not EKS's or Kubernetes' own`);
  if (namespaces?.length === 0) {
    problems.push(
      `${path}.namespaces: got none, need at least one, or no list for the whole cluster`,
    );
  }
  if (policy === "cluster-admin" && namespaces !== undefined) {
    problems.push(
      `${path}.namespaces: got a list with policy cluster-admin, need policy admin, edit or view for namespaces`,
    );
  }
  return problems;
}

/** EKS knows one entry per principal. */
function doubledPrincipals(entries: readonly [string, AccessEntryArgs][]): string[] {
  const keyByPrincipal = new Map<unknown, string>();
  return entries.flatMap(([key, { principalArn }]) => {
    const earlier = keyByPrincipal.get(principalArn);
    keyByPrincipal.set(principalArn, earlier ?? key);
    return earlier === undefined
      ? []
      : [`accessEntries.${key}.principalArn: got that of ${earlier}, need one entry per principal`];
  });
}
