import { assumed, type Counter } from "./item";
import { listOf, numberOf, within } from "./read-inputs";
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
      quantity: Math.max(1, read.length),
    },
  ];
};

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
