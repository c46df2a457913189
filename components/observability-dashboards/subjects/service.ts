import { serviceDashboard } from "../../observability-rules";
import type { ServiceRecord } from "../../shared/service-record";
import { layOut, type Rows } from "../layout";
import { dashboardLink, logsOf, tracesOf } from "../links";
import { graph, stat, table } from "../panels";
import type { PlannedDashboard } from "../planned";
import { budgetLimits, noneWanted, orZero, type Subject } from "./subject";
import { dependencyRow } from "./service-dependencies";
import { logRow, traceRow } from "./service-logs";
import { ownMetricsRow } from "./service-metrics";
import { requestRow, unmeasuredRow } from "./service-requests";
import { saturationRow } from "./service-saturation";

/** All that is known of a service on one page: what it promises, how it does, what it lives on and what it writes. */
export function serviceDashboardOf(record: ServiceRecord, subject: Subject): PlannedDashboard {
  const { name, description, product, team, tier } = record;
  return layOut({
    uid: serviceDashboard(name),
    title: name,
    about: `${description}. Of ${product}, tier ${tier}, looked after by ${team}.`,
    folder: "Services",
    tags: ["service", team, tier],
    from: "now-6h",
    links: {
      Logs: logsOf(name),
      Traces: tracesOf(name),
      "All promises": dashboardLink("objectives"),
    },
    rows: [
      glanceRow(record),
      ...(record.slo === undefined ? [unmeasuredRow(record)] : [requestRow(record)]),
      ...(record.slo === undefined ? [] : [promiseRow(record)]),
      saturationRow(record),
      dependencyRow(record, subject),
      ownMetricsRow(record),
      logRow(record),
      traceRow(record),
    ],
  });
}

function glanceRow(record: ServiceRecord): Rows {
  const { name, slo } = record;
  const firing = `ALERTS{alertstate="firing",service="${name}"}`;
  return {
    title: "At a glance",
    panels: [
      ...(slo === undefined
        ? []
        : [
            stat({
              title: "Error budget left",
              about: `Of what may go wrong within ${slo.windowDays} days; below nothing the promise is broken.`,
              unit: "percentunit",
              decimals: 0,
              width: 12,
              limits: budgetLimits,
              nothing: "not yet",
              queries: [
                {
                  expr: `slo:error_budget_remaining:ratio{slo_service="${name}"}`,
                  legend: "{{slo}}",
                },
              ],
            }),
          ]),
      stat({
        title: "Alerts that fire",
        width: slo === undefined ? 6 : 4,
        limits: noneWanted,
        queries: [{ expr: orZero(`count(${firing})`) }],
      }),
      table({
        title: "Which",
        about: "Each leads to its runbook by the message that came.",
        width: slo === undefined ? 18 : 8,
        height: 4,
        nothing: "none",
        queries: [{ expr: `max by (alertname, severity) (${firing})`, legend: "fires" }],
      }),
    ],
  };
}

function promiseRow({ name }: ServiceRecord): Rows {
  const of = `{slo_service="${name}"}`;
  return {
    title: "Promises",
    panels: [
      graph({
        title: "Error budget left",
        unit: "percentunit",
        width: 12,
        limits: budgetLimits,
        queries: [{ expr: `slo:error_budget_remaining:ratio${of}`, legend: "{{slo}}" }],
      }),
      graph({
        title: "How fast it is used up",
        about: "1 uses up exactly the budget of the window; a page comes at 14.4 within an hour.",
        unit: "short",
        width: 12,
        limits: { colors: ["green", "orange", "red"], at: [1, 14.4] },
        queries: [{ expr: `slo:burn_rate:ratio_rate1h${of}`, legend: "{{slo}}" }],
      }),
    ],
  };
}
