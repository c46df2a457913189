import { assumed, type Counter } from "./item";
import { listOf, numberOf, textOf, within } from "./read-inputs";
import { isRecord } from "../../plan/values";

const daysPerMonth = 365 / 12;

/** Paid by the metric that it reads, more where it looks more often than once a minute. */
const alarm: Counter = ({ inputs }) => {
  const queries = listOf(inputs["metricQueries"]).filter(isRecord);
  // Of an expression over metrics, each metric is paid, the arithmetic is not.
  const read = queries.filter(
    (query) => isRecord(query["metric"]) || query["period"] !== undefined,
  );
  const periods = [
    inputs["period"],
    ...queries.map((query) => query["period"] ?? within(query, "metric")["period"]),
  ];
  const fast = periods.some((period) => numberOf(period) > 0 && numberOf(period) < 60);
  return [
    {
      price: fast ? "alarm/high-resolution" : "alarm/metric",
      quantity: Math.max(1, read.length) * (isBand(queries) ? seriesOfBand : 1),
    },
  ];
};

/** A band is paid as the metric and its two bounds. @see https://aws.amazon.com/cloudwatch/pricing/ */
const seriesOfBand = 3;

function isBand(queries: readonly Readonly<Record<string, unknown>>[]): boolean {
  return queries.some(({ expression }) => textOf(expression).includes("ANOMALY_DETECTION_BAND"));
}

/** What comes in is stored until the group's retention ends; without one, for a year is counted: it never ends. */
const logGroup: Counter = ({ inputs }, { usage, count }) => {
  const ingested = usage.logsGib / count;
  const days = numberOf(inputs["retentionInDays"]) || 365;
  return [
    ...assumed("logs/ingested", ingested),
    ...assumed("logs/stored", (ingested * days) / daysPerMonth),
  ];
};

export const watchingCounters: Readonly<Record<string, Counter>> = {
  "aws:cloudwatch/metricAlarm:MetricAlarm": alarm,
  "aws:cloudwatch/logGroup:LogGroup": logGroup,
};
