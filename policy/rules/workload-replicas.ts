import { snapshot, unknownValue } from "../shared/known";
import { onResource, resourceRule } from "../shared/rule";
import { valueAt } from "../shared/tree";
import { carriesOne, replicatedWorkloads } from "../shared/workloads";

interface Settings {
  /** Fewest replicas of anything. */
  fewest: number;
  /** Fewest of what carries one of `criticalLabels`. */
  fewestCritical: number;
  /** KEY=VALUE of what may not be away for a moment. */
  criticalLabels: string[];
  /** KEY=VALUE of what may rest at none, such as batch work. */
  restingLabels: string[];
}

/** By type: where the floor stands, and what Kubernetes takes where nothing stands. */
const floors: Readonly<Record<string, readonly [path: string, otherwise: number]>> = {
  ...Object.fromEntries(replicatedWorkloads.map((type) => [type, ["replicas", 1] as const])),
  "kubernetes:autoscaling/v2:HorizontalPodAutoscaler": ["minReplicas", 1],
  "kubernetes:keda.sh/v1alpha1:ScaledObject": ["minReplicaCount", 0],
};

export const workloadReplicas = resourceRule<Settings>({
  name: "workload-replicas",
  description:
    "Whatever serves has at least `fewest` replicas, also at night and at the autoscaler's floor.",
  reach: "production",
  severity: "high",
  tags: ["kube-linter:minimum-three-replicas", "eks-bpg:reliability"],
  remediationSteps:
    "Raise replicas, and the floor of the autoscaler; label what may rest with one of `restingLabels`.",
  url: "https://docs.aws.amazon.com/eks/latest/best-practices/application.html",
  settings: {
    fewest: { type: "number", default: 2 },
    fewestCritical: { type: "number", default: 3 },
    criticalLabels: { type: "array", items: { type: "string" }, default: [] },
    restingLabels: { type: "array", items: { type: "string" }, default: [] },
  },
  checks: [
    onResource(Object.keys(floors), ({ type, props, settings, report }) => {
      const [path, otherwise] = floors[type] ?? ["replicas", 1];
      const labels = valueAt(
        snapshot(() => props["metadata"]),
        "labels",
      );
      if (labels === unknownValue || carriesOne(settings.restingLabels, labels)) return;
      const critical = carriesOne(settings.criticalLabels, labels);
      const fewest = critical ? settings.fewestCritical : settings.fewest;
      const floor = valueAt(
        snapshot(() => props["spec"]),
        path,
      );
      const count = floor === undefined ? otherwise : floor;
      if (typeof count === "number" && count < fewest)
        report(`spec.${path}: is ${count}, need ${fewest} or more`);
    }),
  ],
});
