import type { Builder, Dataquery } from "@grafana/grafana-foundation-sdk/cog";
import {
  DashboardLinkBuilder,
  type DashboardLink,
  DashboardLinkType,
  type Panel,
  ThresholdsConfigBuilder,
  ThresholdsMode,
} from "@grafana/grafana-foundation-sdk/dashboard";
import { PanelBuilder as LogsBuilder } from "@grafana/grafana-foundation-sdk/logs";
import { DataqueryBuilder as LogQueryBuilder } from "@grafana/grafana-foundation-sdk/loki";
import { DataqueryBuilder, PromQueryFormat } from "@grafana/grafana-foundation-sdk/prometheus";
import { PanelBuilder as StatBuilder } from "@grafana/grafana-foundation-sdk/stat";
import { PanelBuilder as TableBuilder } from "@grafana/grafana-foundation-sdk/table";
import { PanelBuilder as TextBuilder, TextMode } from "@grafana/grafana-foundation-sdk/text";
import { PanelBuilder as GraphBuilder } from "@grafana/grafana-foundation-sdk/timeseries";
import {
  BigValueGraphMode,
  GraphThresholdsStyleConfigBuilder,
  GraphThresholdsStyleMode,
  LegendDisplayMode,
  LegendPlacement,
  ReduceDataOptionsBuilder,
  TooltipDisplayMode,
  VizLegendOptionsBuilder,
  VizTooltipOptionsBuilder,
} from "@grafana/grafana-foundation-sdk/common";
import { sources } from "./sources";

/** Instead of a number of seconds: as long as four scrapes, or as what one pixel stands for. */
export const perPixel = "$__rate_interval";

interface Query {
  /** PromQL, or LogQL in a panel of logs. */
  readonly expr: string;
  /** What its lines are called: text with `{{label}}`. Default: all labels. */
  readonly legend?: string;
}

/** Where a value turns from good to bad; what is first in `colors` is below the first. */
interface Limits {
  readonly colors: readonly ("green" | "orange" | "red")[];
  /** One fewer than colours, rising. */
  readonly at: readonly number[];
}

export interface PanelShape {
  readonly title: string;
  /** What it shows and what to make of it, as people would say it. */
  readonly about?: string;
  readonly queries: readonly Query[];
  /** As Grafana calls units: "s", "reqps", "percentunit", "bytes", "currencyUSD". */
  readonly unit?: string;
  /** Of 24. */
  readonly width: number;
  /** Default: 8, of a stat 4. */
  readonly height?: number;
  readonly limits?: Limits;
  readonly max?: number;
  readonly decimals?: number;
  /** Titles and addresses to which a click on a value leads. */
  readonly links?: Readonly<Record<string, string>>;
  /** In place of nothing. */
  readonly nothing?: string;
}

type Built = Builder<Panel>;

/** What columns are called that are labels. */
export const labelNames: Readonly<Record<string, string>> = {
  slo_service: "service",
  slo: "promise",
  alertname: "alert",
  exported_namespace: "namespace",
  image_repository: "image",
  image_tag: "version",
  dimension_ResourceType: "kind",
  dimension_TargetGroup: "target group",
  dimension_Host: "host",
};

/** Lines over time. */
export function graph(shape: PanelShape & { readonly exemplars?: boolean }): Built {
  const builder = common(new GraphBuilder(), shape)
    .height(shape.height ?? 8)
    .fillOpacity(8)
    .min(0)
    .legend(legend())
    .tooltip(new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Multi))
    .targets(
      shape.queries.map((query, index) =>
        metricQuery(query, index).exemplar(shape.exemplars === true),
      ),
    );
  if (shape.limits !== undefined)
    builder.thresholdsStyle(
      new GraphThresholdsStyleConfigBuilder().mode(GraphThresholdsStyleMode.Dashed),
    );
  return builder;
}

/** One number, the latest, or one for each series. */
export function stat(shape: PanelShape): Built {
  return common(new StatBuilder(), shape)
    .height(shape.height ?? 4)
    .graphMode(BigValueGraphMode.None)
    .reduceOptions(new ReduceDataOptionsBuilder().calcs(["lastNotNull"]))
    .targets(shape.queries.map((query, index) => metricQuery(query, index).instant()));
}

/** A row for each combination of labels, a column for each query. */
export function table(shape: PanelShape): Built {
  const columns = shape.queries.map((query, index) => [`Value #${refId(index)}`, query.legend]);
  const named = columns.filter(([, legend]) => legend !== undefined);
  return common(new TableBuilder(), shape)
    .height(shape.height ?? 8)
    .targets(
      shape.queries.map((query, index) =>
        metricQuery(query, index).instant().format(PromQueryFormat.Table),
      ),
    )
    .transformations([
      ...(columns.length > 1 ? [{ id: "merge", options: {} }] : []),
      {
        id: "organize",
        options: {
          excludeByName: { Time: true },
          renameByName: {
            ...labelNames,
            ...(Object.fromEntries(
              columns.length > 1 ? named : [["Value", shape.queries[0]?.legend ?? "Value"]],
            ) as Record<string, string>),
          },
        },
      },
    ]);
}

/** Lines of logs, the newest first. */
export function logs(shape: PanelShape): Built {
  return common(new LogsBuilder(), shape, sources.logs)
    .height(shape.height ?? 10)
    .showTime(true)
    .wrapLogMessage(true)
    .enableLogDetails(true)
    .targets(shape.queries.map(logQuery));
}

/** What is counted in lines of logs, over time. */
export function logGraph(shape: PanelShape): Built {
  return common(new GraphBuilder(), shape, sources.logs)
    .height(shape.height ?? 8)
    .fillOpacity(8)
    .min(0)
    .legend(legend())
    .targets(shape.queries.map(logQuery));
}

/** Words, where no number could be true. */
export function note({
  title,
  text,
  width,
  height = 4,
}: {
  readonly title: string;
  /** Markdown. */
  readonly text: string;
  readonly width: number;
  readonly height?: number;
}): Built {
  return new TextBuilder()
    .title(title)
    .mode(TextMode.Markdown)
    .content(text)
    .span(width)
    .height(height);
}

function legend(): VizLegendOptionsBuilder {
  return new VizLegendOptionsBuilder()
    .displayMode(LegendDisplayMode.List)
    .placement(LegendPlacement.Bottom)
    .showLegend(true);
}

interface CommonBuilder {
  title(title: string): this;
  description(description: string): this;
  datasource(source: { type: string; uid: string }): this;
  span(width: number): this;
  unit(unit: string): this;
  max(max: number): this;
  decimals(decimals: number): this;
  noValue(text: string): this;
  dataLinks(links: Builder<DashboardLink>[]): this;
  thresholds(limits: ThresholdsConfigBuilder): this;
}

function common<B extends CommonBuilder>(
  builder: B,
  shape: PanelShape,
  source: { readonly type: string; readonly uid: string } = sources.metrics,
): B {
  const { title, about, width, unit, limits, max, decimals, links, nothing } = shape;
  builder
    .title(title)
    .datasource({ ...source })
    .span(width);
  if (about !== undefined) builder.description(about);
  if (unit !== undefined) builder.unit(unit);
  if (max !== undefined) builder.max(max);
  if (decimals !== undefined) builder.decimals(decimals);
  if (nothing !== undefined) builder.noValue(nothing);
  if (limits !== undefined) builder.thresholds(thresholdsOf(limits));
  if (links !== undefined) builder.dataLinks(linksOf(links));
  return builder;
}

function thresholdsOf({ colors, at }: Limits): ThresholdsConfigBuilder {
  return new ThresholdsConfigBuilder().mode(ThresholdsMode.Absolute).steps(
    colors.map((color, index) => ({
      color,
      value: index === 0 ? null : (at[index - 1] ?? null),
    })),
  );
}

/** For a dashboard, or a click on a value. */
export function linksOf(links: Readonly<Record<string, string>>): DashboardLinkBuilder[] {
  return Object.entries(links).map(([title, url]) =>
    new DashboardLinkBuilder(title).type(DashboardLinkType.Link).url(url).keepTime(true),
  );
}

function metricQuery({ expr, legend }: Query, index: number): DataqueryBuilder {
  const query = new DataqueryBuilder()
    .datasource({ ...sources.metrics })
    .refId(refId(index))
    .expr(expr);
  return legend === undefined ? query : query.legendFormat(legend);
}

function logQuery({ expr, legend }: Query, index: number): Builder<Dataquery> {
  const query = new LogQueryBuilder()
    .datasource({ ...sources.logs })
    .refId(refId(index))
    .expr(expr);
  return legend === undefined ? query : query.legendFormat(legend);
}

/** As Grafana counts them: A, B, C. */
function refId(index: number): string {
  return String.fromCharCode("A".charCodeAt(0) + index);
}
