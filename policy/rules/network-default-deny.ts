import type { PolicyResource } from "@pulumi/policy";
import { cisEks } from "../shared/frameworks";
import { isTree } from "../shared/is-tree";
import { snapshot, unknownValue } from "../shared/known";
import { stackRule } from "../shared/rule";
import { isEmptySelector } from "../shared/selectors";
import { listAt, textAt, textsAt, valueAt } from "../shared/tree";

interface Settings {
  /** Namespaces that Kubernetes or EKS makes, and whose pods nobody here runs. */
  exemptNamespaces: string[];
}

const namespaceType = "kubernetes:core/v1:Namespace";
const directions = ["Ingress", "Egress"] as const;
const policyType = "kubernetes:networking.k8s.io/v1:NetworkPolicy";

export const networkDefaultDeny = stackRule<Settings>({
  name: "network-default-deny",
  description:
    "Every namespace refuses all traffic, in and out, that no policy allows, and lets its pods ask for names.",
  reach: "everywhere",
  severity: "high",
  framework: cisEks("4.3.2", "Ensure that all Namespaces have Network Policies defined"),
  tags: ["cis-eks:4.3.2", "ckv:CKV2_K8S_6", "kyverno:add-network-policy"],
  remediationSteps:
    "Add a NetworkPolicy with an empty podSelector, both policyTypes and no rules, and one that lets pods reach the DNS servers on port 53.",
  url: "https://kubernetes.io/docs/concepts/services-networking/network-policies/#default-policies",
  settings: {
    exemptNamespaces: {
      type: "array",
      items: { type: "string" },
      default: ["default", "kube-system", "kube-public", "kube-node-lease"],
    },
  },
  types: [namespaceType],
  check: ({ graph, settings, report }) => {
    const policies = graph.ofType(policyType).map((policy) => ({
      policy,
      metadata: snapshot((): unknown => policy.props["metadata"]),
      spec: snapshot((): unknown => policy.props["spec"]),
    }));
    // Without a reachable cluster, as in the preview that creates it, the outputs are left out altogether.
    if (policies.some(({ metadata, spec }) => !isTree(metadata) || isOpen(spec))) return;
    for (const namespace of graph.ofType(namespaceType)) {
      const metadata = snapshot((): unknown => namespace.props["metadata"]);
      const name = textAt(metadata, "name");
      if (!isTree(metadata) || (name !== undefined && settings.exemptNamespaces.includes(name)))
        continue;
      const own = policies.filter((entry) => isIn(entry, namespace, name));
      for (const direction of directions)
        if (!own.some(({ spec }) => deniesAll(spec, direction)))
          report(`no NetworkPolicy of this namespace refuses all ${direction}`, namespace.urn);
      if (!own.some(({ spec }) => reachesPort53(spec)))
        report("no NetworkPolicy lets the pods of this namespace ask for names", namespace.urn);
    }
  },
});

/** By the namespace's name; where a preview does not know it, by what the policy was built from. */
function isIn(
  { policy, metadata }: { policy: PolicyResource; metadata: unknown },
  namespace: PolicyResource,
  name: string | undefined,
): boolean {
  const named = valueAt(metadata, "namespace");
  return named === unknownValue || name === undefined
    ? (policy.propertyDependencies["metadata"] ?? []).some(({ urn }) => urn === namespace.urn)
    : (named ?? "default") === name;
}

function isOpen(spec: unknown): boolean {
  return !isTree(spec) || Object.values(spec).includes(unknownValue);
}

/** By a policy for all pods that names the direction and lets nothing of it through. */
function deniesAll(spec: unknown, direction: (typeof directions)[number]): boolean {
  return (
    isEmptySelector(valueAt(spec, "podSelector")) &&
    textsAt(spec, "policyTypes").includes(direction) &&
    listAt(spec, direction.toLowerCase()).length === 0
  );
}

function reachesPort53(spec: unknown): boolean {
  return listAt(spec, "egress").some((rule) =>
    listAt(rule, "ports").some((port) => ["53", "dns"].includes(String(valueAt(port, "port")))),
  );
}
