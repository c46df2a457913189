import { objectivesOf } from "../../observability-rules";
import { layOut, type Rows } from "../layout";
import { graph, note, stat, table } from "../panels";
import type { PlannedDashboard } from "../planned";
import { budgetLimits, type Subject } from "./subject";

/** Every promise of the services and of the platform, and how it is kept. */
export function objectivesDashboard(subject: Subject): PlannedDashboard {
  return layOut({
    uid: "objectives",
    title: "Promises",
    about: "All objectives: what is promised, what was kept, and what may still go wrong.",
    folder: "Overview",
    tags: ["slo"],
    from: "now-7d",
    rows: [kept, overTime, unusual(subject)],
  });
}

const by = "by (slo_service, slo)";

const kept: Rows = {
  title: "How they are kept",
  panels: [
    stat({
      title: "Promises that are kept",
      unit: "percentunit",
      decimals: 0,
      width: 6,
      height: 10,
      limits: { colors: ["red", "green"], at: [1] },
      nothing: "not yet",
      queries: [
        {
          expr: "count(slo:error_budget_remaining:ratio >= 0) / count(slo:error_budget_remaining:ratio)",
        },
      ],
    }),
    table({
      title: "Each, over its window",
      unit: "percentunit",
      decimals: 2,
      width: 18,
      height: 10,
      queries: [
        { expr: `max ${by} (slo:objective:ratio)`, legend: "promised" },
        { expr: `1 - max ${by} (slo:sli_error:ratio_period)`, legend: "kept" },
        { expr: `min ${by} (slo:error_budget_remaining:ratio)`, legend: "budget left" },
      ],
    }),
  ],
};

const overTime: Rows = {
  title: "Over time",
  panels: [
    graph({
      title: "Error budget left",
      unit: "percentunit",
      width: 12,
      height: 10,
      limits: budgetLimits,
      queries: [{ expr: "slo:error_budget_remaining:ratio", legend: "{{slo_service}} {{slo}}" }],
    }),
    graph({
      title: "How fast it is used up",
      unit: "short",
      width: 12,
      height: 10,
      limits: { colors: ["green", "orange", "red"], at: [1, 14.4] },
      queries: [{ expr: "slo:burn_rate:ratio_rate1h", legend: "{{slo_service}} {{slo}}" }],
    }),
  ],
};

function unusual({ records, platformObjectives }: Subject): Rows {
  const objectives = [...objectivesOf(records), ...platformObjectives];
  return {
    title: "Unusual",
    panels: [
      graph({
        title: "Beyond the band of yesterday and a week ago",
        about: "How far above what is usual, as a share; only what is beyond shows.",
        unit: "percentunit",
        width: 12,
        queries: [{ expr: "anomaly:level / anomaly:upper > 1", legend: "{{anomaly}}" }],
      }),
      note({
        title: "What each promise means",
        text: objectives
          .map(
            ({ service, name, title, targetPercent, windowDays }) =>
              `- **${service} ${name}**: ${targetPercent} % of ${title}, over ${windowDays} days`,
          )
          .join("\n"),
        width: 12,
        height: 8,
      }),
    ],
  };
}
