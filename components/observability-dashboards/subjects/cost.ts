import type { Builder } from "@grafana/grafana-foundation-sdk/cog";
import type { Panel } from "@grafana/grafana-foundation-sdk/dashboard";
import { cloudWatch } from "../../observability-rules";
import { layOut, type Rows } from "../layout";
import { dashboardLink } from "../links";
import { graph, note, perPixel, stat, table } from "../panels";
import type { PlannedDashboard } from "../planned";
import { exposing, ofEnvironment, type Subject } from "./subject";

const bill = "Auterity/Cost";
const asked = 'sum by (namespace) (kube_pod_container_resource_requests{resource="cpu"})';
const used = `sum by (namespace) (rate(container_cpu_usage_seconds_total{container!=""}[${perPixel}]))`;

/** Of the bill of the environment, in dollars. */
export function billed(
  subject: Subject,
  metric: Parameters<typeof cloudWatch<typeof bill>>[1],
): string {
  return `max(${cloudWatch(bill, metric)}${ofEnvironment(subject)})`;
}

/** The month's cost against its plan; words where nobody has said what it may cost. */
export function planPanel(subject: Subject, width: number): Builder<Panel> {
  const { monthlyBudgetUsd } = subject;
  if (monthlyBudgetUsd === undefined)
    return note({
      title: "Against the plan",
      text: "Nobody has said what a month may cost: `auterity:costs.monthlyBudgetUsd` of the stack file.",
      width,
    });
  return stat({
    title: "Against the plan",
    about: `What the month will have cost, of the ${monthlyBudgetUsd} USD that it may.`,
    unit: "percentunit",
    decimals: 0,
    width,
    limits: { colors: ["green", "orange", "red"], at: [0.9, 1] },
    nothing: "not yet",
    queries: [{ expr: `${billed(subject, "MonthForecast")} / ${monthlyBudgetUsd}` }],
  });
}

/** What the environment costs, and what of it is for nothing. */
export function costDashboard(subject: Subject): PlannedDashboard {
  return layOut({
    uid: "cost",
    title: "Cost",
    about:
      "What AWS bills, by the weekly report; and what is paid for and not used, by the minute.",
    folder: "Platform",
    tags: ["cost"],
    from: "now-30d",
    rows: [
      billRow(subject),
      ...(subject.openCost ? [clusterRow] : []),
      unusedRow,
      growthRow(subject),
    ],
  });
}

const dollars = { unit: "currencyUSD", decimals: 0, width: 5, nothing: "not yet" } as const;

/** The month as it is billed, and as it will have been. */
export function monthPanels(subject: Subject): Builder<Panel>[] {
  return [
    stat({
      ...dollars,
      title: "This month so far",
      queries: [{ expr: billed(subject, "MonthToDateCost") }],
    }),
    stat({
      ...dollars,
      title: "This month, when it is over",
      queries: [{ expr: billed(subject, "MonthForecast") }],
    }),
  ];
}

function billRow(subject: Subject): Rows {
  return {
    title: "The bill",
    panels: [
      stat({
        ...dollars,
        title: "The last whole week",
        queries: [{ expr: billed(subject, "WeekCost") }],
      }),
      ...monthPanels(subject),
      planPanel(subject, 4),
      note({
        title: "By team and service",
        text: "The weekly report has it, by mail: docs/costs.md. Until the report has run once there is nothing here.",
        width: 5,
      }),
    ],
  };
}

const gibibyte = 2 ** 30;
const cpuCost =
  "container_cpu_allocation * on (node) group_left () max by (node) (node_cpu_hourly_cost)";
const memoryCost = `container_memory_allocation_bytes / ${gibibyte} * on (node) group_left () max by (node) (node_ram_hourly_cost)`;
const volumeCost = `max by (persistentvolume) (pod_pvc_allocation) / ${gibibyte} * on (persistentvolume) max by (persistentvolume) (pv_hourly_cost)`;

/** By OpenCost, at AWS's public prices: nearer than the bill, and never equal to it. */
const clusterRow: Rows = {
  title: "What the cluster costs an hour",
  panels: [
    graph({
      title: "CPU and memory, by namespace",
      about:
        "USD an hour, of what is asked for or used, whichever is more; at public prices: Spot nodes and Savings Plans as On-Demand.",
      unit: "currencyUSD",
      width: 12,
      queries: [
        {
          expr: `sum by (namespace) (${cpuCost}) + sum by (namespace) (${memoryCost})`,
          legend: "{{namespace}}",
        },
      ],
    }),
    graph({
      title: "Nodes and volumes",
      about: "USD an hour; the nodes with what nobody asked for.",
      unit: "currencyUSD",
      width: 12,
      queries: [
        { expr: "sum(max by (node) (node_total_hourly_cost))", legend: "nodes" },
        { expr: `sum(${volumeCost})`, legend: "volumes" },
      ],
    }),
  ],
};

const unusedRow: Rows = {
  title: "Paid for and not used",
  panels: [
    graph({
      title: "CPU that pods asked for and do not use, by namespace",
      about: "In cores.",
      unit: "short",
      width: 12,
      queries: [{ expr: `${asked} - ${used}`, legend: "{{namespace}}" }],
    }),
    table({
      title: "Share of what was asked for that is used",
      unit: "percentunit",
      width: 12,
      queries: [{ expr: `${used} / ${asked}`, legend: "used" }],
    }),
    graph({
      title: "Share of the nodes' CPU that nobody asked for",
      unit: "percentunit",
      width: 8,
      queries: [
        {
          expr: '1 - sum(kube_pod_container_resource_requests{resource="cpu"}) / sum(kube_node_status_allocatable{resource="cpu"})',
          legend: "idle",
        },
      ],
    }),
    graph({
      title: "Nodes, by how they are bought",
      about: "Of node groups; nodes that Karpenter starts do not say it under this label.",
      unit: "short",
      width: 8,
      queries: [
        {
          expr: "count by (label_eks_amazonaws_com_capacity_type) (kube_node_labels)",
          legend: "{{label_eks_amazonaws_com_capacity_type}}",
        },
      ],
    }),
    graph({
      title: "Volumes that belong to nobody",
      unit: "short",
      width: 8,
      queries: [
        {
          expr: 'count(kube_persistentvolume_status_phase{phase=~"Released|Available"} == 1) or vector(0)',
          legend: "volumes",
        },
      ],
    }),
  ],
};

function growthRow({ records }: Subject): Rows {
  const counts = exposing(records, "ai_request_cost_total").length > 0;
  const width = counts ? 8 : 12;
  return {
    title: "What makes it grow",
    panels: [
      graph({
        title: "Logs, bytes a second",
        unit: "Bps",
        width,
        queries: [
          {
            expr: `sum(rate(loki_distributor_bytes_received_total[${perPixel}]))`,
            legend: "logs",
          },
        ],
      }),
      graph({
        title: "Bytes to the internet in five minutes",
        unit: "bytes",
        width,
        queries: [
          {
            expr: `sum(${cloudWatch("AWS/NATGateway", "BytesOutToDestination")})`,
            legend: "by NAT",
          },
        ],
      }),
      ...(counts
        ? [
            graph({
              title: "Language models, USD a day",
              unit: "currencyUSD",
              width,
              links: { "AI use and spending": dashboardLink("ai") },
              queries: [
                {
                  expr: "sum by (service) (increase(ai_request_cost_total[1d]))",
                  legend: "{{service}}",
                },
              ],
            }),
          ]
        : []),
    ],
  };
}
