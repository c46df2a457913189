import type { PolicyResource } from "@pulumi/policy";
import { cisEks } from "../shared/frameworks";
import type { Graph } from "../shared/graph";
import { known, snapshot, unknownValue } from "../shared/known";
import { type StackSubject, stackRule } from "../shared/rule";
import { isTree } from "../shared/is-tree";
import { listAt, textAt, valueAt } from "../shared/tree";

interface Settings {
  /** namespace/name of service accounts that an EKS add-on brings along. */
  providedElsewhere: string[];
}

/** A role in the hands of one service account. */
interface Binding {
  /** namespace/name; for an add-on, which knows its own namespace, add-on/name. */
  readonly account: string;
  /** The role's URN if the stack has it, else its ARN; undefined if a preview knows neither. */
  readonly role: string | undefined;
  readonly urn: string;
}

const associationType = "aws:eks/podIdentityAssociation:PodIdentityAssociation";
const addonType = "aws:eks/addon:Addon";
const accountType = "kubernetes:core/v1:ServiceAccount";
const releaseType = "kubernetes:helm.sh/v3:Release";
const roleType = "aws:iam/role:Role";

export const iamOneRolePerService = stackRule<Settings>({
  name: "iam-one-role-per-service",
  description:
    "No two service accounts share a role, and a Pod Identity association names one that exists.",
  reach: "production",
  severity: "medium",
  framework: cisEks("5.2.1", "Prefer using dedicated Amazon EKS Service Accounts"),
  tags: ["cis-eks:5.2.1", "eks-bpg:identity-and-access-management"],
  remediationSteps:
    "Give each service account a role of its own, and create the account beside its association; list what an add-on brings along in `providedElsewhere`.",
  url: "https://docs.aws.amazon.com/eks/latest/best-practices/identity-and-access-management.html",
  settings: {
    providedElsewhere: {
      type: "array",
      items: { type: "string" },
      default: ["kube-system/aws-node", "kube-system/ebs-csi-controller-sa"],
    },
  },
  types: [associationType, addonType, accountType],
  check: (subject) => {
    judgeSharing(subject);
    judgeExistence(subject);
  },
});

function judgeSharing({ graph, report }: StackSubject<Settings>): void {
  const holders = new Map<string, Binding[]>();
  for (const binding of bindingsOf(graph)) {
    if (binding.role === undefined) continue;
    holders.set(binding.role, [...(holders.get(binding.role) ?? []), binding]);
  }
  for (const bindings of holders.values()) {
    const accounts = [...new Set(bindings.map(({ account }) => account))].sort();
    if (accounts.length < 2) continue;
    for (const { urn } of bindings)
      report(`its role serves ${accounts.length} service accounts: ${accounts.join(", ")}`, urn);
  }
}

function bindingsOf(graph: Graph): Binding[] {
  return [
    ...graph.ofType(associationType).flatMap((association) => {
      const account = accountNamed(association);
      if (account === undefined) return [];
      return [{ account, role: roleOf(graph, association, "roleArn"), urn: association.urn }];
    }),
    ...graph.ofType(addonType).flatMap((addon) =>
      listAt(
        snapshot(() => addon.props),
        "podIdentityAssociations",
      ).map((inline) => ({
        account: `${
          textAt(
            snapshot(() => addon.props),
            "addonName",
          ) ?? addon.name
        }/${textAt(inline, "serviceAccount") ?? ""}`,
        role: roleValue(graph, valueAt(inline, "roleArn")),
        urn: addon.urn,
      })),
    ),
    ...graph.ofType(accountType).flatMap((account) => {
      const metadata = snapshot((): unknown => account.props["metadata"]);
      const role = valueAt(metadata, "annotations", "eks.amazonaws.com/role-arn");
      if (role === undefined) return [];
      const named = `${textAt(metadata, "namespace") ?? "default"}/${textAt(metadata, "name") ?? account.name}`;
      return [{ account: named, role: roleValue(graph, role), urn: account.urn }];
    }),
  ];
}

function roleOf(graph: Graph, resource: PolicyResource, property: string): string | undefined {
  return (
    graph.resolve(resource, property, roleType)?.urn ??
    roleValue(
      graph,
      snapshot((): unknown => resource.props[property]),
    )
  );
}

function roleValue(graph: Graph, arn: unknown): string | undefined {
  return graph.withValue(roleType, arn)?.urn ?? (typeof arn === "string" ? arn : undefined);
}

function accountNamed(association: PolicyResource): string | undefined {
  const namespace = known((): unknown => association.props["namespace"]);
  const name = known((): unknown => association.props["serviceAccount"]);
  return typeof namespace === "string" && typeof name === "string"
    ? `${namespace}/${name}`
    : undefined;
}

function judgeExistence({ graph, settings, report }: StackSubject<Settings>): void {
  const { names, certain } = existingAccounts(graph);
  for (const association of graph.ofType(associationType)) {
    const account = accountNamed(association);
    if (account === undefined || settings.providedElsewhere.includes(account)) continue;
    if (certain && !names.has(account))
      report(
        `names service account ${account}, which nothing in the stack creates`,
        association.urn,
      );
  }
}

/** Not certain while a preview does not know some account's name or namespace. */
function existingAccounts(graph: Graph): { names: Set<string>; certain: boolean } {
  const metadata = graph
    .ofType(accountType)
    .map((account) => snapshot((): unknown => account.props["metadata"]));
  const releases = graph.ofType(releaseType).map((release) => ({
    namespace: snapshot((): unknown => release.props["namespace"]) ?? "default",
    values: snapshot((): unknown => release.props["values"]),
  }));
  const open = [
    ...metadata.flatMap((data) => [data, valueAt(data, "name"), valueAt(data, "namespace")]),
    ...releases.flatMap(({ namespace, values }) => [namespace, values]),
  ];
  return {
    // Without a reachable cluster, as in the preview that creates it, an account's outputs are left out altogether.
    certain: !open.includes(unknownValue) && metadata.every((data) => isTree(data)),
    names: new Set([
      ...metadata.map(
        (data) => `${textAt(data, "namespace") ?? "default"}/${textAt(data, "name") ?? ""}`,
      ),
      ...releases.flatMap(({ namespace, values }) =>
        typeof namespace !== "string"
          ? []
          : accountsInValues(values).map((name) => `${namespace}/${name}`),
      ),
    ]),
  };
}

/** Charts say it as serviceAccount.name, or as serviceAccountName. */
function accountsInValues(values: unknown): string[] {
  if (Array.isArray(values)) return values.flatMap(accountsInValues);
  if (!isTree(values)) return [];
  const here = [textAt(values, "serviceAccount", "name"), textAt(values, "serviceAccountName")];
  return [
    ...here.filter((name) => name !== undefined),
    ...Object.values(values).flatMap(accountsInValues),
  ];
}
