import { serviceDashboard, serviceSelector } from "../../observability-rules";
import type { ServiceRecord } from "../../shared/service-record";
import { layOut, type Rows } from "../layout";
import { dashboardLink } from "../links";
import { graph, note, perPixel, stat, table } from "../panels";
import type { PlannedDashboard } from "../planned";
import { exposing, orZero, type Subject } from "./subject";

/** What services ask language models, what they pay for it, and how the platform's own models do. */
export function aiDashboard(subject: Subject): PlannedDashboard {
  return layOut({
    uid: "ai",
    title: "AI use and spending",
    about:
      "Questions to language models by provider and model: how many, how well answered, at what price.",
    folder: "Platform",
    tags: ["ai", "cost"],
    from: "now-24h",
    rows: [...spendRows(subject), ...inferenceRows(subject)],
  });
}

function spendRows({ records, aiSpendPerDay }: Subject) {
  const spenders = exposing(records, "ai_request_cost_total");
  if (spenders.length === 0)
    return [
      {
        title: "Language models",
        panels: [
          note({
            title: "No number",
            text: "No service of the catalogue counts what it asks language models (`ai_requests_total`, `ai_request_cost_total`).",
            width: 24,
          }),
        ],
      },
    ];
  return [spendRow(spenders, aiSpendPerDay), questionRow];
}

const cost = (by: string, window: string): string =>
  `sum${by} (increase(ai_request_cost_total[${window}]))`;
const spendTable = table({
  title: "Within a day, by service and model",
  width: 24,
  queries: [
    { expr: cost(" by (service, provider, model)", "1d"), legend: "USD" },
    {
      expr: "sum by (service, provider, model) (increase(ai_requests_total[1d]))",
      legend: "questions",
    },
  ],
});

function spendRow(spenders: readonly ServiceRecord[], aiSpendPerDay: number): Rows {
  const links = Object.fromEntries(
    spenders.map(({ name }) => [name, dashboardLink(serviceDashboard(name))]),
  );
  // Many of them take several lines, each still wide enough to read.
  const width = Math.max(4, Math.floor(16 / spenders.length));
  return {
    title: "Spending",
    panels: [
      ...spenders.map((record) =>
        stat({
          title: `${record.name}: within a day`,
          about: `${aiSpendPerDay} USD are allowed before somebody looks.`,
          unit: "currencyUSD",
          decimals: 0,
          width,
          limits: {
            colors: ["green", "orange", "red"],
            at: [aiSpendPerDay * 0.8, aiSpendPerDay],
          },
          queries: [
            {
              expr: orZero(`sum(increase(ai_request_cost_total{${serviceSelector(record)}}[1d]))`),
            },
          ],
        }),
      ),
      stat({
        title: "All, within 30 days",
        about: "As far back as metrics are kept.",
        unit: "currencyUSD",
        decimals: 0,
        width: 24 - ((spenders.length * width) % 24),
        queries: [{ expr: orZero(cost("", "30d")) }],
      }),
      graph({
        title: "USD an hour, by service",
        unit: "currencyUSD",
        width: 12,
        links,
        queries: [{ expr: cost(" by (service)", "1h"), legend: "{{service}}" }],
      }),
      graph({
        title: "USD an hour, by provider and model",
        unit: "currencyUSD",
        width: 12,
        queries: [{ expr: cost(" by (provider, model)", "1h"), legend: "{{provider}} {{model}}" }],
      }),
      spendTable,
    ],
  };
}

const questionRow: Rows = {
  title: "Questions and answers",
  panels: [
    graph({
      title: "Questions a second",
      unit: "reqps",
      width: 8,
      queries: [
        {
          expr: `sum by (provider, model) (rate(ai_requests_total[${perPixel}]))`,
          legend: "{{provider}} {{model}}",
        },
      ],
    }),
    graph({
      title: "Share of failed questions",
      unit: "percentunit",
      width: 8,
      queries: [
        {
          expr: 'sum by (provider) (rate(ai_requests_total{status="failed"}[15m])) / sum by (provider) (rate(ai_requests_total[15m]))',
          legend: "{{provider}}",
        },
      ],
    }),
    graph({
      title: "Length of an answer in tokens, on average",
      unit: "short",
      width: 8,
      queries: [
        {
          expr: "sum by (model) (rate(ai_response_tokens_sum[15m])) / sum by (model) (rate(ai_response_tokens_count[15m]))",
          legend: "{{model}}",
        },
      ],
    }),
  ],
};

function inferenceRows({ records }: Subject) {
  if (exposing(records, "neuroweaver_inference_requests_total").length === 0) return [];
  return [
    {
      title: "Models of the platform",
      panels: [
        graph({
          title: "Answers a second, by model and outcome",
          unit: "reqps",
          width: 8,
          queries: [
            {
              expr: `sum by (model_id, status) (rate(neuroweaver_inference_requests_total[${perPixel}]))`,
              legend: "{{model_id}} {{status}}",
            },
          ],
        }),
        graph({
          title: "Time of an answer, 95 % within",
          unit: "s",
          width: 8,
          queries: [
            {
              expr: `histogram_quantile(0.95, sum by (le, model_id) (rate(neuroweaver_inference_duration_seconds_bucket[${perPixel}])))`,
              legend: "{{model_id}}",
            },
          ],
        }),
        graph({
          title: "Models that are known, and training that runs",
          unit: "short",
          width: 8,
          queries: [
            { expr: "max(neuroweaver_models_total)", legend: "models" },
            { expr: "max(neuroweaver_training_jobs_active)", legend: "training" },
          ],
        }),
      ],
    },
  ];
}
