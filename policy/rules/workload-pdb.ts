import type { PolicyResource } from "@pulumi/policy";
import { isTree } from "../shared/is-tree";
import { snapshot, unknownValue } from "../shared/known";
import { stackRule } from "../shared/rule";
import { valueAt } from "../shared/tree";
import { carriesOne, namespaceOf, replicatedWorkloads, selects } from "../shared/workloads";

const budgetType = "kubernetes:policy/v1:PodDisruptionBudget";

interface Settings {
  /** KEY=VALUE of what gives way to everything, such as pods that only keep room free. */
  expendableLabels: string[];
}

interface Manifest {
  readonly urn: string;
  readonly namespace: string | undefined;
  readonly spec: unknown;
}

export const workloadPdb = stackRule<Settings>({
  name: "workload-pdb",
  description:
    "Whatever has several replicas has exactly one disruption budget, which lets one of them go and never waits for a broken one.",
  reach: "production",
  severity: "high",
  tags: ["kube-linter:pdb-max-unavailable", "kube-linter:pdb-min-available", "kyverno:require-pdb"],
  remediationSteps:
    "Add a PodDisruptionBudget with maxUnavailable above zero, unhealthyPodEvictionPolicy AlwaysAllow and the pod's labels.",
  url: "https://kubernetes.io/docs/tasks/run-application/configure-pdb/",
  settings: { expendableLabels: { type: "array", items: { type: "string" }, default: [] } },
  types: [...replicatedWorkloads, budgetType],
  check: ({ graph, settings, report }) => {
    const budgets = graph.ofType(budgetType).map(read);
    const workloads = graph.ofType(...replicatedWorkloads).map(read);
    // Without a reachable cluster, as in the preview that creates it, the outputs are left out altogether.
    if ([...budgets, ...workloads].some(({ spec }) => !isTree(spec))) return;
    for (const { urn, spec, namespace } of workloads) {
      const replicas = valueAt(spec, "replicas") ?? 1;
      if (typeof replicas !== "number" || replicas < 2) continue;
      const labels = valueAt(spec, "template", "metadata", "labels");
      if (labels === unknownValue || namespace === undefined) continue;
      if (carriesOne(settings.expendableLabels, labels)) continue;
      const own = budgets.filter(
        (budget) => budget.namespace === namespace && selects(selectorOf(budget), labels),
      );
      if (own.length === 0) report("no PodDisruptionBudget selects its pods", urn);
      if (own.length > 1)
        report(`${own.length} PodDisruptionBudgets select its pods: none of them is evicted`, urn);
      for (const budget of own)
        blockProblems(budget.spec, replicas).forEach((text) => {
          report(text, budget.urn);
        });
    }
    for (const { urn, spec } of budgets) {
      const policy = valueAt(spec, "unhealthyPodEvictionPolicy");
      if (policy !== "AlwaysAllow" && policy !== unknownValue)
        report(
          "spec.unhealthyPodEvictionPolicy: is not AlwaysAllow, so broken pods hold nodes",
          urn,
        );
    }
  },
});

function read({ urn, props }: PolicyResource): Manifest {
  const metadata = snapshot((): unknown => props["metadata"]);
  return { urn, namespace: namespaceOf(metadata), spec: snapshot((): unknown => props["spec"]) };
}

function selectorOf({ spec }: Manifest): unknown {
  return valueAt(spec, "selector", "matchLabels");
}

/** A budget that lets nobody go holds up every drain of a node. */
function blockProblems(spec: unknown, replicas: number): string[] {
  const most = valueAt(spec, "maxUnavailable");
  if (most === 0 || most === "0%") return ["spec.maxUnavailable: is 0, so no node can be drained"];
  const least = valueAt(spec, "minAvailable");
  const asNumber = typeof least === "string" ? ofPercent(least, replicas) : least;
  return typeof asNumber === "number" && asNumber >= replicas
    ? [`spec.minAvailable: is all ${replicas} replicas, so no node can be drained`]
    : [];
}

/** Kubernetes rounds up. */
function ofPercent(text: string, replicas: number): number | undefined {
  const match = /^(\d+)%$/.exec(text);
  return match === null ? undefined : Math.ceil((Number(match[1]) / 100) * replicas);
}
