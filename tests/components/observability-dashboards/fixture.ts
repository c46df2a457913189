import { DataqueryBuilder as LogQuery } from "@grafana/grafana-foundation-sdk/loki";
import { PanelBuilder as LogsPanel } from "@grafana/grafana-foundation-sdk/logs";
import { DataqueryBuilder } from "@grafana/grafana-foundation-sdk/prometheus";
import { PanelBuilder } from "@grafana/grafana-foundation-sdk/timeseries";
import {
  newDashboard,
  ObservabilityDashboards,
  type ObservabilityDashboardsArgs,
  type PlannedDashboard,
} from "../../../components/observability-dashboards";
import { resolveRules } from "../../../components/observability-rules";
import { type Registration, startOfflineEngine } from "../../support/engine";
import { args as rules } from "../observability-rules/fixture";
import { shop } from "../platform-service-fixture";

export const args: ObservabilityDashboardsArgs = {
  records: shop,
  environment: "test",
  groups: resolveRules("rules", rules).groups,
  namespace: "monitoring",
};

export async function register(
  given: ObservabilityDashboardsArgs,
  mode: "known" | "unknown" = "known",
): Promise<readonly Registration[]> {
  const engine = await startOfflineEngine({ mode });
  new ObservabilityDashboards("shown", given);
  await engine.settle();
  return engine.registrations;
}

/** A dashboard of one's own with one panel. */
export function own(
  panel: PanelBuilder | LogsPanel,
  { uid = "orders", title = "Orders", folder = "Shop" } = {},
): PlannedDashboard {
  const dashboard = newDashboard(title).uid(uid).withPanel(panel).build();
  return { folder, dashboard };
}

export function asked(expr: string, legend?: string, source = "prometheus"): PanelBuilder {
  const query = new DataqueryBuilder()
    .refId("A")
    .expr(expr)
    .datasource({ type: "prometheus", uid: source });
  return new PanelBuilder()
    .title("Orders a second")
    .withTarget(legend === undefined ? query : query.legendFormat(legend));
}

export function searched(expr: string): LogsPanel {
  return new LogsPanel()
    .title("Lines")
    .datasource({ type: "loki", uid: "loki" })
    .withTarget(new LogQuery().refId("A").expr(expr));
}
