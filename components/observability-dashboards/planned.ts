/* eslint-disable @typescript-eslint/no-deprecated -- Files, as the sidecar writes them, are read in the classic form; the newer one is for Grafana's API. */
import * as kit from "@grafana/grafana-foundation-sdk/dashboard";

/** In the form that Grafana reads from files. */
export type Dashboard = kit.Dashboard;

/** To make one with Grafana's foundation SDK. */
export function newDashboard(title: string): kit.DashboardBuilder {
  return new kit.DashboardBuilder(title);
}

/** A dashboard, and the folder in which people find it. */
export interface PlannedDashboard {
  readonly folder: string;
  readonly dashboard: Dashboard;
}
