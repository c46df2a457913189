import type { Input } from "@pulumi/pulumi";
import { dashboardFolderAnnotation, dashboardLabel } from "../observability-stack";
import type { Dashboard, PlannedDashboard } from "./planned";

/** As Grafana reads it; the same dashboard is the same text. */
export function dashboardJson(dashboard: Dashboard): string {
  return JSON.stringify(dashboard);
}

/** What Grafana's sidecar turns into a file. */
export function configMapOf(
  { folder, dashboard }: PlannedDashboard,
  namespace: Input<string>,
): {
  readonly metadata: {
    readonly name: string;
    readonly namespace: Input<string>;
    readonly labels: Record<string, string>;
    readonly annotations: Record<string, string>;
  };
  readonly data: Record<string, string>;
} {
  const { uid = "" } = dashboard;
  return {
    metadata: {
      name: `dashboard-${uid}`,
      namespace,
      labels: { ...dashboardLabel, "app.kubernetes.io/managed-by": "pulumi" },
      annotations: { [dashboardFolderAnnotation]: folder },
    },
    data: { [`${uid}.json`]: dashboardJson(dashboard) },
  };
}
