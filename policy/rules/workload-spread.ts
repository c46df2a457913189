import { snapshot, unknownValue } from "../shared/known";
import { podsOf } from "../shared/pods";
import { onResource, resourceRule } from "../shared/rule";
import { listAt, textAt, valueAt } from "../shared/tree";
import { carriesOne, replicatedWorkloads, selects } from "../shared/workloads";

interface Settings {
  /** KEY=VALUE of what may stand anywhere, such as batch work that goes where there is room. */
  anywhereLabels: string[];
}

const zoneKey = "topology.kubernetes.io/zone";

export const workloadSpread = resourceRule<Settings>({
  name: "workload-spread",
  description:
    "Replicas are spread over zones by a rule that holds, counts their own pods, and lets a lost zone go.",
  reach: "production",
  severity: "high",
  tags: ["kyverno:spread-pods-across-topology", "eks-bpg:reliability"],
  remediationSteps:
    "Add a topologySpreadConstraint on topology.kubernetes.io/zone with DoNotSchedule, nodeTaintsPolicy Honor and the pod's own labels.",
  url: "https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/",
  settings: { anywhereLabels: { type: "array", items: { type: "string" }, default: [] } },
  checks: [
    onResource(replicatedWorkloads, ({ type, props, settings, report }) => {
      const labels = valueAt(
        snapshot(() => props["metadata"]),
        "labels",
      );
      if (labels === unknownValue || carriesOne(settings.anywhereLabels, labels)) return;
      for (const { path, metadata, spec } of podsOf(type, props)) {
        const constraints = valueAt(spec, "topologySpreadConstraints");
        if (constraints === unknownValue || spec === unknownValue) continue;
        const at = `${path}.topologySpreadConstraints`;
        const overZones = listAt(spec, "topologySpreadConstraints").filter(
          (one) => textAt(one, "topologyKey") === zoneKey || one === unknownValue,
        );
        if (overZones.length === 0) report(`${at}: has none over zones`);
        for (const one of overZones)
          for (const text of problems(one, metadata)) report(`${at}: ${text}`);
      }
    }),
  ],
});

function problems(constraint: unknown, metadata: unknown): string[] {
  if (constraint === unknownValue) return [];
  const found: string[] = [];
  if (textAt(constraint, "whenUnsatisfiable") === "ScheduleAnyway")
    found.push("the one over zones gives way, whenUnsatisfiable is not DoNotSchedule");
  // With Ignore, the tainted nodes of a lost zone count as an empty zone, and its pods wait for ever.
  if (valueAt(constraint, "nodeTaintsPolicy") === undefined || isText(constraint, "Ignore"))
    found.push("the one over zones waits for a lost zone, nodeTaintsPolicy is not Honor");
  const wanted = valueAt(constraint, "labelSelector", "matchLabels");
  const labels = valueAt(metadata, "labels");
  if (wanted !== unknownValue && labels !== unknownValue && !selects(wanted, labels))
    found.push("the one over zones counts other pods, its labelSelector is not the pod's labels");
  return found;
}

function isText(constraint: unknown, text: string): boolean {
  return textAt(constraint, "nodeTaintsPolicy") === text;
}
