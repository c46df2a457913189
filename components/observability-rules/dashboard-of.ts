import type { AlertRule, RuleGroup } from "./rule";

/** Dashboards that stand beside those of the services, by the group whose alerts they explain. */
const byGroup: Readonly<Record<string, string>> = {
  nodes: "cluster",
  capacity: "cluster",
  workloads: "cluster",
  "control-plane": "cluster",
  ingress: "ingress",
  canaries: "ingress",
  stores: "data-stores",
  secrets: "key-sync",
  security: "security",
  cost: "cost",
  paging: "telemetry",
  telemetry: "telemetry",
  anomalies: "objectives",
};

/** Of a service's own dashboard. */
export function serviceDashboard(service: string): string {
  return `service-${service}`;
}

/**
 * The dashboard that shows what an alert is about: that of its service if it is one of the catalogue, else that of its
 * subject.
 */
export function dashboardOf(
  group: Pick<RuleGroup, "name">,
  { labels }: Pick<AlertRule, "labels">,
  services: readonly string[],
): string | undefined {
  const service = labels?.["service"];
  if (service !== undefined && services.includes(service)) return serviceDashboard(service);
  if (group.name.startsWith("slo-")) return "objectives";
  return byGroup[group.name];
}
