import type { Builder } from "@grafana/grafana-foundation-sdk/cog";
import type { Panel } from "@grafana/grafana-foundation-sdk/dashboard";
import { cloudWatch, serviceDashboard, serviceSelector } from "../../observability-rules";
import type { ServiceRecord, Store } from "../../shared/service-record";
import type { Rows } from "../layout";
import { dashboardLink } from "../links";
import { graph, note, perPixel, type PanelShape } from "../panels";
import type { Subject } from "./subject";

/** Whom the service calls, by its record: is the trouble its own, or another's? */
export function dependencyRow(record: ServiceRecord, { records }: Subject): Rows {
  const shapes = [
    ...record.talksTo.services.map((name) => serviceShape(name, records)),
    ...record.talksTo.stores.flatMap((store) => storeShapes[store] ?? []),
    ...modelShapes(record),
    ...(record.talksTo.services.length + record.talksTo.stores.length > 0
      ? [callShape(record)]
      : []),
  ];
  const others = unmeasured(record);
  const count = shapes.length + (others === undefined ? 0 : 1);
  const widths = widthsOf(count);
  return {
    title: "What it depends on",
    panels: [
      ...shapes.map((shape, index): Builder<Panel> =>
        graph({ ...shape, width: widths[index] ?? 8 }),
      ),
      ...(others === undefined
        ? []
        : [
            note({
              title: "Without a number",
              text: others,
              width: widths[count - 1] ?? 8,
              height: 8,
            }),
          ]),
    ],
  };
}

/** Three in a line, and the last line filled. */
function widthsOf(count: number): number[] {
  const last = count % 3;
  return Array.from({ length: count }, (_, index) => (index >= count - last ? 24 / last : 8));
}

type Shape = Omit<PanelShape, "width">;

function serviceShape(name: string, records: readonly ServiceRecord[]): Shape {
  const partner = records.find((record) => record.name === name);
  const links = { [name]: dashboardLink(serviceDashboard(name)) };
  if (partner?.slo !== undefined)
    return {
      title: `${name}: share of its errors`,
      unit: "percentunit",
      links,
      queries: [
        {
          expr: `slo:sli_error:ratio_rate5m{slo_service="${name}"}`,
          legend: "{{slo}}",
        },
      ],
    };
  return {
    title: `${name}: failed answers a second`,
    unit: "reqps",
    links,
    queries: [
      {
        expr: `sum(rate(traces_span_metrics_calls_total{service_name="${name}",span_kind="SPAN_KIND_SERVER",status_code="STATUS_CODE_ERROR"}[${perPixel}]))`,
        legend: "errors",
      },
    ],
  };
}

const toStores = { "All stores": dashboardLink("data-stores") };

/** What of each store is felt first. */
const storeShapes: Partial<Record<Store, Shape[]>> = {
  postgresql: [
    {
      title: "postgresql: time of a commit",
      about: "Of each instance of the database.",
      unit: "ms",
      links: toStores,
      queries: [
        {
          expr: `max by (dimension_DBInstanceIdentifier) (${cloudWatch("AWS/RDS", "CommitLatency")}{dimension_DBInstanceIdentifier!=""})`,
          legend: "{{dimension_DBInstanceIdentifier}}",
        },
      ],
    },
  ],
  redis: [
    {
      title: "redis: how busy it is",
      unit: "percent",
      links: toStores,
      queries: [
        {
          expr: `max by (dimension_CacheClusterId) (${cloudWatch("AWS/ElastiCache", "EngineCPUUtilization")})`,
          legend: "{{dimension_CacheClusterId}}",
        },
      ],
    },
  ],
  rabbitmq: [
    {
      title: "rabbitmq: messages that wait",
      unit: "short",
      links: toStores,
      queries: [
        {
          expr: `max by (dimension_Queue) (${cloudWatch("AWS/AmazonMQ", "MessageReadyCount")})`,
          legend: "{{dimension_Queue}}",
        },
      ],
    },
  ],
  kafka: [
    {
      title: "kafka: partitions without all copies",
      unit: "short",
      links: toStores,
      queries: [
        {
          expr: `max(${cloudWatch("AWS/Kafka", "UnderReplicatedPartitions")})`,
          legend: "fewer copies",
        },
        { expr: `max(${cloudWatch("AWS/Kafka", "OfflinePartitionsCount")})`, legend: "away" },
      ],
    },
  ],
};

/** Providers of language models, where the service tells them apart. */
function modelShapes(record: ServiceRecord): Shape[] {
  const { exposes = [] } = record;
  if (!exposes.some(({ name, kind }) => name === "ai_requests_total" && kind === "counter"))
    return [];
  const of = serviceSelector(record);
  const rate = (more: string): string =>
    `sum by (provider) (rate(ai_requests_total{${of}${more}}[15m]))`;
  return [
    {
      title: "Language models: share of failed questions",
      unit: "percentunit",
      links: { "AI use and spending": dashboardLink("ai") },
      queries: [{ expr: `${rate(',status="failed"')} / ${rate("")}`, legend: "{{provider}}" }],
    },
  ];
}

/** What its own traces say of the calls that it makes. */
function callShape({ name }: ServiceRecord): Shape {
  const of = `service_name="${name}",span_kind=~"SPAN_KIND_(CLIENT|PRODUCER)"`;
  return {
    title: "Calls that it makes, 95 % within",
    about: "By the name of the span, from its own traces.",
    unit: "s",
    queries: [
      {
        expr: `topk(10, histogram_quantile(0.95, sum by (le, span_name) (rate(traces_span_metrics_duration_seconds_bucket{${of}}[${perPixel}]))))`,
        legend: "{{span_name}}",
      },
    ],
  };
}

function unmeasured({ talksTo }: ServiceRecord): string | undefined {
  const stores = talksTo.stores.filter((store) => storeShapes[store] === undefined);
  const parts = [
    ...(stores.length > 0
      ? [`No metric of ${stores.join(" and ")} is read; its calls stand in the traces.`]
      : []),
    ...(talksTo.hosts.length > 0
      ? [`Outside of the platform: ${talksTo.hosts.map((host) => `\`${host}\``).join(", ")}.`]
      : []),
  ];
  return parts.length > 0 ? parts.join("\n\n") : undefined;
}
