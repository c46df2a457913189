import type { Input } from "@pulumi/pulumi";
import { ArgsError } from "../shared/args-error";
import { isDnsLabel } from "../shared/kubernetes-names";

/** A metric of CloudWatch that is compared with what is usual for it at this hour and day of the week. */
export interface WatchedMetric {
  /** What people call it, as the start of a sentence. */
  readonly title: string;
  /** Where to look first, as a sentence. */
  readonly look: string;
  readonly namespace: string;
  readonly metricName: string;
  readonly statistic: "Average" | "Maximum" | "Sum";
  /** Dimensions of each, which are added up; {} is the metric of the whole account. How many there are is plain. */
  readonly of: readonly Readonly<Record<string, Input<string>>>[];
  /** Over one period: what is below counts as this much, so that nothing is unusual while there is little. */
  readonly least: number;
  /** Told of: more than usual, or less as well. Default: "up". */
  readonly direction?: "up" | "both";
  /** Only while something else is busy enough, such as latency while there are requests. Default: always. */
  readonly while?: {
    readonly namespace: string;
    readonly metricName: string;
    readonly dimensions: Readonly<Record<string, Input<string>>>;
    /** Sum over one period. */
    readonly least: number;
  };
}

export interface AnomalyAlarmsArgs {
  readonly region: string;
  /** By name, a DNS label. */
  readonly watched: Readonly<Record<string, WatchedMetric>>;
  /** Width of the band to each side, in standard deviations: 2 to 10. Default: 4. */
  readonly deviations?: number;
  /** Minutes over which a value is formed: 5 to 60, in fives. Default: 15. */
  readonly periodMinutes?: number;
  /** So many in a row have to be unusual: 2 to 10. Default: 3. */
  readonly periods?: number;
  /** Where people read what can wait; whoever is called by it is called for nothing. */
  readonly informationTopicArn: Input<string>;
  /** Default: {}. */
  readonly tags?: Readonly<Record<string, string>>;
}

export type AnomalyAlarmsSpec = Required<AnomalyAlarmsArgs>;

export const anomalyAlarmsDefaults = {
  deviations: 4,
  periodMinutes: 15,
  periods: 3,
  tags: {},
} as const;

/** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html, beside band, sum and traffic. */
const mostMetrics = 7;

export function resolveAnomalyAlarmsArgs(name: string, args: AnomalyAlarmsArgs): AnomalyAlarmsSpec {
  const spec = { ...anomalyAlarmsDefaults, ...args };
  const { region, watched, deviations, periodMinutes, periods } = spec;
  const problems: string[] = [];
  if (!/^[a-z]{2}(-[a-z]+)+-\d$/.test(region))
    problems.push(`region: got "${region}", need an AWS region`);
  if (!(deviations >= 2 && deviations <= 10))
    problems.push(`deviations: got ${deviations}, need 2 to 10`);
  if (!isCount(periodMinutes, 5, 60) || periodMinutes % 5 !== 0)
    problems.push(`periodMinutes: got ${periodMinutes}, need 5 to 60, in fives`);
  if (!isCount(periods, 2, 10)) problems.push(`periods: got ${periods}, need 2 to 10`);
  if (Object.keys(watched).length === 0) problems.push("watched: got none, need at least one");
  for (const [key, metric] of Object.entries(watched)) {
    if (!isDnsLabel(key)) problems.push(`watched: got the name "${key}", need a DNS label`);
    problems.push(...metricProblems(`watched.${key}`, metric));
  }
  if (problems.length > 0) throw new ArgsError("AnomalyAlarms", name, problems);
  return spec;
}

function metricProblems(path: string, metric: WatchedMetric): string[] {
  const problems: string[] = [];
  const texts = ["title", "look", "namespace", "metricName"] as const;
  for (const key of texts)
    if (metric[key].trim() === "") problems.push(`${path}.${key}: got nothing, need text`);
  if (!isCount(metric.of.length, 1, mostMetrics))
    problems.push(`${path}.of: got ${metric.of.length}, need 1 to ${mostMetrics}`);
  if (!(metric.least > 0))
    problems.push(
      `${path}.least: got ${metric.least}, need more than 0; one event of a quiet night would be unusual`,
    );
  const traffic = metric.while?.least;
  if (traffic !== undefined && !(traffic > 0))
    problems.push(`${path}.while.least: got ${traffic}, need more than 0`);
  return problems;
}

function isCount(value: number, least: number, most: number): boolean {
  return Number.isInteger(value) && value >= least && value <= most;
}
