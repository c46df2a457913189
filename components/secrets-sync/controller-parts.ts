export const controllerLabels = { "app.kubernetes.io/managed-by": "pulumi" } as const;

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
