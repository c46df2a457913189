import { countedOnly, serviceSelector } from "../../observability-rules";
import type { ServiceRecord } from "../../shared/service-record";
import type { Rows } from "../layout";
import { logsOf, tracesOf } from "../links";
import { graph, note, perPixel, table } from "../panels";

/** Rate, errors, duration, by the names that the service itself gives them. */
export function requestRow(record: ServiceRecord): Rows {
  const { slo, name } = record;
  if (slo === undefined) return { title: "", panels: [] };
  const { requests, statusLabel, duration } = slo.metrics;
  const of = [serviceSelector(record), ...countedOnly(record)].join(",");
  const quantile = (share: number): string =>
    `histogram_quantile(${share}, sum by (le) (rate(${duration}_bucket{${of}}[${perPixel}])))`;
  const links = { Logs: logsOf(name), Traces: tracesOf(name) };
  return {
    title: "Requests, errors, time",
    panels: [
      graph({
        title: "Requests a second, by status",
        unit: "reqps",
        width: 8,
        links,
        queries: [
          {
            expr: `sum by (${statusLabel}) (rate(${requests}{${of}}[${perPixel}]))`,
            legend: `{{${statusLabel}}}`,
          },
        ],
      }),
      graph({
        title: "Share of errors",
        about: `Answers with 5xx; the line is what ${slo.availabilityPercent} % allows when it is spread evenly.`,
        unit: "percentunit",
        width: 8,
        links,
        limits: { colors: ["green", "red"], at: [rounded(1 - slo.availabilityPercent / 100)] },
        queries: [
          {
            expr: `slo:sli_error:ratio_rate5m{slo_service="${name}",slo="availability"}`,
            legend: "errors",
          },
        ],
      }),
      graph({
        title: "Time of an answer",
        about: "Half, 95 % and 99 % of the answers take at most so long.",
        unit: "s",
        width: 8,
        links,
        ...(slo.latency !== undefined && {
          limits: { colors: ["green", "red"], at: [slo.latency.thresholdSeconds] } as const,
        }),
        queries: [
          { expr: quantile(0.5), legend: "half" },
          { expr: quantile(0.95), legend: "95 %" },
          { expr: quantile(0.99), legend: "99 %" },
        ],
      }),
      ...routeTables(record, of),
    ],
  };
}

/** Which of its paths are slow or fail, where the service tells them apart. */
function routeTables({ slo, exposes = [] }: ServiceRecord, of: string) {
  const labels = exposes.find(({ name }) => name === slo?.metrics.requests)?.labels ?? [];
  const route = labels.find((label) => label === "route" || label === "endpoint");
  if (slo === undefined || route === undefined) return [];
  const { requests, statusLabel, duration } = slo.metrics;
  return [
    table({
      title: "Paths with the most errors",
      unit: "reqps",
      width: 12,
      nothing: "none",
      queries: [
        {
          expr: `topk(10, sum by (${route}) (rate(${requests}{${of},${statusLabel}=~"5.."}[15m])) > 0)`,
          legend: "errors a second",
        },
      ],
    }),
    table({
      title: "Slowest paths",
      unit: "s",
      width: 12,
      nothing: "none",
      queries: [
        {
          expr: `topk(10, histogram_quantile(0.95, sum by (le, ${route}) (rate(${duration}_bucket{${of}}[15m]))))`,
          legend: "95 % within",
        },
      ],
    }),
  ];
}

/** What the collectors see of a service that counts nothing itself. */
export function unmeasuredRow({ name, exposure }: ServiceRecord): Rows {
  const of = `{service_name="${name}",span_kind="SPAN_KIND_SERVER"}`;
  return {
    title: "Requests, errors, time",
    panels: [
      note({
        title: "What it promises",
        text: `The record of ${name} has no \`slo\`: it promises nothing that could be measured. ${
          exposure === undefined
            ? "What its traces tell stands beside."
            : "What its traces tell, and whether its page answers, stands beside."
        }`,
        width: 6,
        height: 8,
      }),
      graph({
        title: "Traced requests a second",
        unit: "reqps",
        width: 6,
        links: { Traces: tracesOf(name) },
        queries: [
          {
            expr: `sum by (status_code) (rate(traces_span_metrics_calls_total${of}[${perPixel}]))`,
            legend: "{{status_code}}",
          },
        ],
      }),
      graph({
        title: "Time of a traced answer",
        unit: "s",
        width: 6,
        exemplars: true,
        queries: [0.5, 0.95].map((share) => ({
          expr: `histogram_quantile(${share}, sum by (le) (rate(traces_span_metrics_duration_seconds_bucket${of}[${perPixel}])))`,
          legend: `${share * 100} %`,
        })),
      }),
      exposure === undefined
        ? note({
            title: "From outside",
            text: "Nobody outside of the platform reaches it.",
            width: 6,
            height: 8,
          })
        : graph({
            title: "Its page answers",
            unit: "percentunit",
            max: 1,
            width: 6,
            queries: [
              {
                expr: `avg by (instance) (probe_success{job="public-endpoints",service="${name}"})`,
                legend: "{{instance}}",
              },
            ],
          }),
    ],
  };
}

function rounded(value: number): number {
  return Number(value.toPrecision(6));
}
