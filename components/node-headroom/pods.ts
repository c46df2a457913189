import type { types } from "@pulumi/kubernetes";
import { architectureLabel } from "../shared/architecture";
import { pinnedTag } from "../shared/controller-chart";
import { nodeClassLabel, nodeTaints } from "../shared/node-classes";
import { headroomPriority } from "../shared/priority-classes";
import type { NodeClass } from "../shared/service-record";
import type { ClassHeadroom, NodeHeadroomSpec } from "./args";

/** Of pods that ask nobody for anything; the namespace's default would be somebody else's one day. */
export const accountName = "headroom";

export function podLabels(nodeClass: NodeClass): Record<string, string> {
  return { "app.kubernetes.io/name": "headroom", [nodeClassLabel]: nodeClass };
}

function onProcessors(architectures: ClassHeadroom["architectures"]) {
  if (architectures === undefined) return {};
  const expression = { key: architectureLabel, operator: "In", values: [...architectures] };
  return {
    affinity: {
      nodeAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: {
          nodeSelectorTerms: [{ matchExpressions: [expression] }],
        },
      },
    },
  };
}

/** A pod that does nothing, asks for as much as a real one, and goes at once when one needs its place. */
export function headroomPod(
  spec: NodeHeadroomSpec,
  nodeClass: NodeClass,
  { cpu, memory, architectures }: ClassHeadroom,
): types.input.core.v1.PodTemplateSpec {
  const taint = nodeTaints[nodeClass];
  return {
    metadata: { labels: podLabels(nodeClass) },
    spec: {
      priorityClassName: headroomPriority.className,
      terminationGracePeriodSeconds: 0,
      serviceAccountName: accountName,
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      nodeSelector: { [nodeClassLabel]: nodeClass },
      ...onProcessors(architectures),
      tolerations: taint === undefined ? [] : [{ ...taint, operator: "Equal" }],
      topologySpreadConstraints: [
        {
          maxSkew: 1,
          topologyKey: "topology.kubernetes.io/zone",
          whenUnsatisfiable: "DoNotSchedule",
          labelSelector: { matchLabels: podLabels(nodeClass) },
          // Else a zone that is down, with tainted nodes, counts as an empty one and nothing is scheduled elsewhere.
          nodeTaintsPolicy: "Honor",
          // Room in one zone alone is of no use to what spreads.
          minDomains: Math.max(1, Math.min(2, spec.zones - 1)),
        },
      ],
      securityContext: {
        runAsNonRoot: true,
        runAsUser: 65534,
        runAsGroup: 65534,
        seccompProfile: { type: "RuntimeDefault" },
      },
      containers: [
        {
          name: "room",
          image: `${spec.image.repository}:${pinnedTag(spec.image)}`,
          imagePullPolicy: "IfNotPresent",
          resources: { requests: { cpu, memory }, limits: { cpu, memory } },
          securityContext: {
            allowPrivilegeEscalation: false,
            readOnlyRootFilesystem: true,
            capabilities: { drop: ["ALL"] },
          },
        },
      ],
    },
  };
}
