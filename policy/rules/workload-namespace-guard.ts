import type { PolicyResource } from "@pulumi/policy";
import { cisEks } from "../shared/frameworks";
import { isTree } from "../shared/is-tree";
import { snapshot, unknownValue } from "../shared/known";
import { stackRule } from "../shared/rule";
import { textAt, valueAt } from "../shared/tree";
import { isListed } from "../shared/workloads";

interface Settings {
  /** Profiles that a namespace may enforce. */
  profiles: string[];
  /** Namespaces of agents that see their node, which no profile but privileged lets in. */
  privilegedNamespaces: string[];
  /** Namespaces that one chart fills, whose pods it bounds itself: they need no quota. */
  withoutQuota: string[];
  exemptNamespaces: string[];
}

const namespaceType = "kubernetes:core/v1:Namespace";
const guards = {
  "kubernetes:core/v1:ResourceQuota": "ResourceQuota",
  "kubernetes:core/v1:LimitRange": "LimitRange",
} as const;
const enforce = "pod-security.kubernetes.io/enforce";

export const workloadNamespaceGuard = stackRule<Settings>({
  name: "workload-namespace-guard",
  description:
    "Every namespace enforces a Pod Security profile, and has a quota and default limits.",
  reach: "everywhere",
  severity: "high",
  framework: cisEks("4.5.1", "Create administrative boundaries between resources using namespaces"),
  tags: ["cis-eks:4.5.1", "kyverno:add-ns-quota", "kyverno:psa"],
  remediationSteps:
    "Label the namespace pod-security.kubernetes.io/enforce: restricted, and add a ResourceQuota and a LimitRange.",
  url: "https://kubernetes.io/docs/concepts/policy/resource-quotas/",
  settings: {
    profiles: { type: "array", items: { type: "string" }, default: ["restricted", "baseline"] },
    privilegedNamespaces: { type: "array", items: { type: "string" }, default: [] },
    withoutQuota: { type: "array", items: { type: "string" }, default: [] },
    exemptNamespaces: {
      type: "array",
      items: { type: "string" },
      default: ["default", "kube-system", "kube-public", "kube-node-lease"],
    },
  },
  types: [namespaceType],
  check: ({ graph, settings, report }) => {
    const namespaces = graph.ofType(namespaceType).map((resource) => ({
      resource,
      metadata: metadataOf(resource),
    }));
    // Without a reachable cluster, as in the preview that creates it, the outputs are left out altogether.
    if (namespaces.some(({ metadata }) => !isTree(metadata))) return;
    for (const { resource, metadata } of namespaces) {
      const name = textAt(metadata, "name");
      if (name !== undefined && isListed(settings.exemptNamespaces, name)) continue;
      const profile = valueAt(metadata, "labels", enforce);
      const seesNode =
        profile === "privileged" &&
        name !== undefined &&
        isListed(settings.privilegedNamespaces, name);
      if (profile !== unknownValue && !seesNode && !settings.profiles.includes(String(profile)))
        report(
          `labels: enforces no Pod Security profile of ${settings.profiles.join(", ")}`,
          resource.urn,
        );
      if (name !== undefined && isListed(settings.withoutQuota, name)) continue;
      for (const [type, kind] of Object.entries(guards))
        if (!graph.ofType(type).some((guard) => isIn(guard, resource, name)))
          report(`has no ${kind}`, resource.urn);
    }
  },
});

function metadataOf({ props }: PolicyResource): unknown {
  return snapshot((): unknown => props["metadata"]);
}

/** By the namespace's name; where a preview does not know it, by what the guard was built from. */
function isIn(guard: PolicyResource, namespace: PolicyResource, name: string | undefined): boolean {
  const named = valueAt(metadataOf(guard), "namespace");
  return typeof named !== "string" || name === undefined
    ? (guard.propertyDependencies["metadata"] ?? []).some(({ urn }) => urn === namespace.urn)
    : named === name;
}
