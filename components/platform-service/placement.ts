import type { types } from "@pulumi/kubernetes";
import { architectureLabel, architecturesOf } from "../shared/architecture";
import { nodeClassLabel, nodeTaints } from "../shared/node-classes";
import { selectorLabels } from "../shared/service-labels";
import type { RolloutStrategy, ServiceRecord } from "../shared/service-record";

/** Where the scheduler may put the pods of a service. */
type Placement = Pick<
  types.input.core.v1.PodSpec,
  "nodeSelector" | "affinity" | "tolerations" | "topologySpreadConstraints"
>;

/**
 * The label by which the pods of one version are told from those of the next: a Deployment and Argo Rollouts have each
 * their own. Spread by a label that the pods lack, both versions would count as one.
 */
const versionLabels: Readonly<Record<RolloutStrategy, string>> = {
  rolling: "pod-template-hash",
  "blue-green": "rollouts-pod-template-hash",
};

/**
 * Time for which pods stay on a node that no longer answers, before they are made again elsewhere. Kubernetes' own 300
 * is most of a month's error budget; batch work keeps it, since starting over costs it more than waiting.
 */
const unreachableSeconds = 30;

export function placement(record: ServiceRecord, zones: number): Placement {
  return {
    ...nodeChoice(record),
    tolerations: tolerations(record),
    topologySpreadConstraints: spread(record, zones),
  };
}

/** Spot before On-Demand counts for more than Arm before x86: both save, the first far more. */
const [spotWeight, armWeight] = [100, 50];

/**
 * Services on Spot nodes that users notice go to the general nodes while there is no Spot capacity. Nobody runs where the
 * image has nothing to start; an image for both processors goes to the cheaper one, Arm, while there is room.
 */
function nodeChoice(record: ServiceRecord): Placement {
  const { nodeClass, tier } = record;
  const builtFor = architecturesOf(record);
  const isOneOf = (key: string, ...values: string[]) => ({ key, operator: "In", values });
  const required: types.input.core.v1.NodeSelectorRequirement[] = [];
  const preferred: types.input.core.v1.PreferredSchedulingTerm[] = [];
  const nodeSelector: Record<string, string> = {};
  if (nodeClass === "spot" && tier !== "batch") {
    required.push(isOneOf(nodeClassLabel, "spot", "general"));
    preferred.push(preference(spotWeight, isOneOf(nodeClassLabel, "spot")));
  } else nodeSelector[nodeClassLabel] = nodeClass;
  if (builtFor.length === 1) nodeSelector[architectureLabel] = builtFor.join();
  else {
    required.push(isOneOf(architectureLabel, ...builtFor));
    preferred.push(preference(armWeight, isOneOf(architectureLabel, "arm64")));
  }
  return {
    ...(Object.keys(nodeSelector).length > 0 && { nodeSelector }),
    ...(required.length > 0 && {
      affinity: {
        nodeAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: {
            nodeSelectorTerms: [{ matchExpressions: required }],
          },
          preferredDuringSchedulingIgnoredDuringExecution: preferred,
        },
      },
    }),
  };
}

function preference(
  weight: number,
  expression: types.input.core.v1.NodeSelectorRequirement,
): types.input.core.v1.PreferredSchedulingTerm {
  return { weight, preference: { matchExpressions: [expression] } };
}

function tolerations({ nodeClass, tier }: ServiceRecord): types.input.core.v1.Toleration[] {
  const taint = nodeTaints[nodeClass];
  const ofNode = ["node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable"].map((key) => ({
    key,
    operator: "Exists",
    effect: "NoExecute",
    tolerationSeconds: unreachableSeconds,
  }));
  return [
    ...(taint === undefined ? [] : [{ ...taint, operator: "Equal" }]),
    ...(tier === "batch" ? [] : ofNode),
  ];
}

/**
 * Even over zones, and as far as possible over nodes. The nodes of a lost zone are tainted: with the default
 * (`Ignore`) the zone would count as an empty one that must be filled first, and its pods would wait forever.
 * Batch work goes ahead unevenly where a zone has no capacity.
 */
function spread(
  record: ServiceRecord,
  zones: number,
): types.input.core.v1.TopologySpreadConstraint[] {
  const ofService = {
    maxSkew: 1,
    labelSelector: { matchLabels: selectorLabels(record) },
    matchLabelKeys: [versionLabels[record.rollout ?? "rolling"]],
    nodeTaintsPolicy: "Honor",
  };
  const zone = { ...ofService, topologyKey: "topology.kubernetes.io/zone" };
  const node = {
    ...ofService,
    topologyKey: "kubernetes.io/hostname",
    whenUnsatisfiable: "ScheduleAnyway",
  };
  if (record.tier === "batch") return [{ ...zone, whenUnsatisfiable: "ScheduleAnyway" }, node];
  return [{ ...zone, whenUnsatisfiable: "DoNotSchedule", minDomains: fewestZones(zones) }, node];
}

/**
 * Two zones at any time, even if nodes of a class exist in one only: the autoscaler then adds some elsewhere. Not more
 * than two and never all, or the loss of a zone could not heal.
 */
function fewestZones(zones: number): number {
  return Math.max(1, Math.min(2, zones - 1));
}
