import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import type { RuleFile } from "../../../components/observability-rules";
import type { Stage } from "../processes";
import { scraped } from "./case";
import { writeRules } from "./promtool";

const minutesPerDay = 1440;
/** Monday to Tuesday of the next week: a week to look back on, and two days that are judged. */
const days = 9;
const judgedFrom = 7;

/** What was planted, from when to when, and the anomaly that has to be found. */
interface Planted {
  readonly anomaly: string;
  readonly what: string;
  readonly day: number;
  readonly hour: number;
  readonly minutes: number;
  readonly factor: number;
}

const planted: readonly Planted[] = [
  {
    anomaly: "relaycore-requests",
    what: "most requests stay away",
    day: 7,
    hour: 11,
    minutes: 60,
    factor: 0.2,
  },
  {
    anomaly: "relaycore-latency",
    what: "answers take three times as long",
    day: 7,
    hour: 15,
    minutes: 60,
    factor: 3,
  },
  { anomaly: "log-volume", what: "four times the logs", day: 8, hour: 9, minutes: 60, factor: 4 },
  {
    anomaly: "relaycore-ai-cost",
    what: "five times the price",
    day: 8,
    hour: 10,
    minutes: 120,
    factor: 5,
  },
  {
    anomaly: "relaycore-requests",
    what: "three times the requests",
    day: 8,
    hour: 13,
    minutes: 60,
    factor: 3,
  },
  {
    anomaly: "relaycore-errors",
    what: "one request in twenty fails",
    day: 8,
    hour: 17,
    minutes: 45,
    factor: 1,
  },
];

/** What must not be called an anomaly. */
const harmless: readonly Planted[] = [
  {
    anomaly: "relaycore-requests",
    what: "a spike of three minutes",
    day: 7,
    hour: 9,
    minutes: 3,
    factor: 3,
  },
  {
    anomaly: "relaycore-requests",
    what: "a release without requests for a minute",
    day: 8,
    hour: 15,
    minutes: 1,
    factor: 0,
  },
  {
    anomaly: "log-volume",
    what: "a burst of logs for four minutes",
    day: 7,
    hour: 13,
    minutes: 4,
    factor: 5,
  },
  {
    anomaly: "relaycore-ai-cost",
    what: "one expensive question at night",
    day: 8,
    hour: 3,
    minutes: 1,
    factor: 8,
  },
];

/** Fills in a week with days, nights, a weekend and noise, and counts what the rules find in it. */
export async function judgeWeek(
  stage: Stage,
  { promtool, files }: { readonly promtool: string; readonly files: readonly RuleFile[] },
): Promise<{ readonly found: number; readonly moments: number; readonly harmless: number }> {
  const folder = join(stage.folder, "week");
  const anomalies = files.filter(({ name }) => name === "anomalies").map(onlyFilled);
  writeRules(folder, anomalies);
  const moments = momentsOf();
  const test = {
    rule_files: ["anomalies.yaml"],
    evaluation_interval: "1m",
    group_eval_order: anomalies.flatMap(({ groups }) => groups.map(({ name }) => name)),
    tests: [
      {
        interval: "1m",
        input_series: Object.entries(weekSeries()).map(([series, values]) => ({ series, values })),
        promql_expr_test: moments.map(({ minute, expected }) => ({
          expr: 'count by (anomaly) (ALERTS{alertname="AnomalyDetected",alertstate="firing"})',
          eval_time: `${minute}m`,
          exp_samples: expected.map((anomaly) => ({ labels: `{anomaly="${anomaly}"}`, value: 1 })),
        })),
      },
    ],
  };
  const path = join(folder, "week.test.yaml");
  writeFileSync(path, stringify(test, { lineWidth: 0, aliasDuplicateObjects: false }));
  await stage.run({ name: "promtool-week", program: promtool, args: ["test", "rules", path] });
  return { found: planted.length, moments: moments.length, harmless: harmless.length };
}

/** Without the series that the week has nothing of: each of them costs as much to look for as one that is there. */
function onlyFilled({ name, groups }: RuleFile): RuleFile {
  const filled = /^(relaycore-|log-volume)/;
  return {
    name,
    groups: groups.map((group) => ({
      ...group,
      rules: group.rules.filter(({ labels }) => filled.test(labels?.["anomaly"] ?? "relaycore-")),
    })),
  };
}

interface Moment {
  readonly minute: number;
  readonly expected: readonly string[];
}

/** Every ten minutes of the days that are judged, but for the half hours in which an anomaly begins and ends. */
function momentsOf(): Moment[] {
  const all = (days - judgedFrom) * (minutesPerDay / 10);
  const minutes = Array.from(
    { length: all },
    (_, index) => judgedFrom * minutesPerDay + index * 10,
  );
  return minutes.flatMap((minute) => {
    const near = planted.filter((event) => {
      const since = minute - beginOf(event);
      return since >= 0 && since < event.minutes + settleMinutes;
    });
    const clear = near.filter((event) => {
      const since = minute - beginOf(event);
      return since >= settleMinutes && since <= event.minutes;
    });
    if (near.length > clear.length) return [];
    return [{ minute, expected: clear.map(({ anomaly }) => anomaly) }];
  });
}

/** Level over ten minutes, wait of fifteen, and the window of the rates. */
const settleMinutes = 35;

function beginOf({ day, hour }: Planted): number {
  return day * minutesPerDay + hour * 60;
}

function factorAt(anomaly: string, minute: number): number {
  return [...planted, ...harmless]
    .filter((event) => event.anomaly === anomaly)
    .filter((event) => minute >= beginOf(event) && minute < beginOf(event) + event.minutes)
    .reduce((factor, event) => factor * event.factor, 1);
}

/** Between 0 and 1, the same in every run. */
function noise(minute: number, seed: number): number {
  const value = Math.sin(minute * 12.9898 + seed * 78.233) * 43_758.5453;
  return value - Math.floor(value);
}

/** Few at night, most after noon, less than half at the weekend; a tenth of noise to either side. */
function usual(minute: number, seed: number): number {
  const day = Math.floor(minute / minutesPerDay);
  const hour = (minute % minutesPerDay) / 60;
  const daily = 0.15 + 0.85 * Math.max(0, Math.sin(((hour - 6) / 14) * Math.PI));
  const weekend = day % 7 >= 5 ? 0.4 : 1;
  return daily * weekend * (0.9 + 0.2 * noise(minute, seed));
}

function weekSeries(): Record<string, string> {
  const labels = `${scraped("relaycore")},method="POST",route="/v1/chat"`;
  const at = (minute: number): number =>
    6000 * usual(minute, 1) * factorAt("relaycore-requests", minute);
  const failed = (minute: number): number =>
    isPlanted("relaycore-errors", minute) ? 0.05 : 0.0005 * noise(minute, 2);
  const slow = (minute: number): number => (isPlanted("relaycore-latency", minute) ? 0.4 : 0.02);
  return {
    [`http_requests_total{${labels},status_code="200"}`]: counted((m) => at(m) * (1 - failed(m))),
    [`http_requests_total{${labels},status_code="500"}`]: counted((m) => at(m) * failed(m)),
    [`http_request_duration_seconds_bucket{${labels},le="0.25"}`]: counted(
      (m) => at(m) * (1 - slow(m)),
    ),
    [`http_request_duration_seconds_bucket{${labels},le="2.5"}`]: counted(at),
    [`http_request_duration_seconds_bucket{${labels},le="+Inf"}`]: counted(at),
    [`ai_request_cost_total{${scraped("relaycore")},provider="openai",model="a"}`]: counted(
      (m) => 0.2 * usual(m, 3) * factorAt("relaycore-ai-cost", m),
    ),
    'loki_distributor_bytes_received_total{tenant="fake"}': counted(
      (m) => 60 * 200_000 * usual(m, 4) * factorAt("log-volume", m),
    ),
  };
}

function isPlanted(anomaly: string, minute: number): boolean {
  return planted.some(
    (event) =>
      event.anomaly === anomaly &&
      minute >= beginOf(event) &&
      minute < beginOf(event) + event.minutes,
  );
}

/** The days that are judged, and those that they are compared with: nobody looks at the others. */
const filledDays = [0, 1, judgedFrom - 1, judgedFrom, judgedFrom + 1];

function counted(perMinute: (minute: number) => number): string {
  let total = 0;
  return Array.from({ length: days * minutesPerDay }, (_, minute) => {
    total += perMinute(minute);
    return filledDays.includes(Math.floor(minute / minutesPerDay)) ? total.toFixed(2) : "_";
  }).join(" ");
}
