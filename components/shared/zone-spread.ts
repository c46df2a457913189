/** Of a controller's pods: strictly over zones, and over nodes where it can be. */
export function spreadOverZones(podLabels: Readonly<Record<string, string>>) {
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
