import * as k8s from "@pulumi/kubernetes";
import type { Output, Resource } from "@pulumi/pulumi";
import type { ChildOptions } from "../shared/child-options";
import { isolateNamespace } from "../shared/namespace-isolation";

export const controllerLabels = { "app.kubernetes.io/managed-by": "pulumi" } as const;

/** @see https://kubernetes.io/docs/concepts/security/pod-security-admission/ */
const podSecurityLabels = {
  "pod-security.kubernetes.io/enforce": "restricted",
  "pod-security.kubernetes.io/audit": "restricted",
  "pod-security.kubernetes.io/warn": "restricted",
} as const;

interface ControllerNamespace {
  readonly namespace: Output<string>;
  /** What must be there before its pods are. */
  readonly guards: Resource[];
}

/** A namespace for one controller: restricted pods, and closed until a policy opens something. */
export function controllerNamespace(
  name: string,
  namespaceName: string,
  owned: ChildOptions,
): ControllerNamespace {
  const child = `${name}-${namespaceName}`;
  const created = new k8s.core.v1.Namespace(
    child,
    { metadata: { name: namespaceName, labels: { ...controllerLabels, ...podSecurityLabels } } },
    owned,
  );
  const namespace = created.metadata.name;
  return {
    namespace,
    guards: isolateNamespace(child, { namespace, labels: controllerLabels }, owned),
  };
}

export function spread(podLabels: Readonly<Record<string, string>>) {
  const common = { maxSkew: 1, labelSelector: { matchLabels: { ...podLabels } } };
  return [
    {
      ...common,
      topologyKey: "topology.kubernetes.io/zone",
      whenUnsatisfiable: "DoNotSchedule",
      // Else a zone that is down, with tainted nodes, counts as an empty one and nothing is scheduled elsewhere.
      nodeTaintsPolicy: "Honor",
    },
    { ...common, topologyKey: "kubernetes.io/hostname", whenUnsatisfiable: "ScheduleAnyway" },
  ];
}

export function resources(memory: string) {
  return { requests: { cpu: "50m", memory }, limits: { memory } };
}

/** What Pod Security at its strictest asks of a container, and a file system that nobody writes to. */
export const containerSecurity = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  runAsNonRoot: true,
  capabilities: { drop: ["ALL"] },
  seccompProfile: { type: "RuntimeDefault" },
} as const;
