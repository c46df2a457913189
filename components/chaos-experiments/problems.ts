import { parseIpv4Cidr } from "../shared/cidr";
import { repeated } from "../shared/record-workload";
import { isTimeZone } from "../shared/time-zone";
import type { ChaosExperimentsSpec, ZonePower } from "./args";
import { experimentNames } from "./names";

/** Stop conditions that an experiment template takes. @see https://docs.aws.amazon.com/fis/latest/userguide/fis-quotas.html */
const mostStopAlarms = 5;
/** Behind it, the longest name of a schedule, NAME-zone-power-ap-southeast-2a, has at most 64 characters. */
const longestName = 30;

export function placeProblems(name: string, spec: ChaosExperimentsSpec): string[] {
  const { region, accountId, environment, clusterName, targetTag, retentionDays } = spec;
  const problems: string[] = [];
  if (!/^[a-z][a-z0-9-]*$/.test(name) || name.length > longestName)
    problems.push(
      `name: got "${name}", need at most ${longestName} lower-case letters, digits and hyphens, a letter first`,
    );
  if (!/^[a-z]{2}(-[a-z]+)+-\d$/.test(region))
    problems.push(`region: got "${region}", need an AWS region`);
  if (!/^(\d{12}|unassigned)$/.test(accountId))
    problems.push(`accountId: got "${accountId}", need 12 digits, or unassigned`);
  if (environment === "") problems.push("environment: got none, need the value of the tag");
  if (!/^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$/.test(clusterName))
    problems.push(`clusterName: got "${clusterName}", need the name of a cluster`);
  for (const part of ["key", "value"] as const)
    if (!/^[\w.:/=+@-]+$/.test(targetTag[part]) || targetTag[part].startsWith("aws:"))
      problems.push(`targetTag.${part}: got "${targetTag[part]}", need a part of a tag of ours`);
  if (!Number.isInteger(retentionDays) || retentionDays < 1)
    problems.push(`retentionDays: got ${retentionDays}, need a whole number of at least 1`);
  return [...problems, ...alarmProblems(spec.stopAlarmArns)];
}

/** The type asks for one already; a list that was put together is not held by it. */
function alarmProblems(alarms: readonly unknown[]): string[] {
  if (alarms.length === 0)
    return ["stopAlarmArns: got none, need at least one alarm that ends an experiment"];
  return [
    ...(alarms.length > mostStopAlarms
      ? [`stopAlarmArns: got ${alarms.length}, need ${mostStopAlarms} at most`]
      : []),
    ...alarms.flatMap((alarm, index) =>
      typeof alarm === "string" && !/^arn:aws[\w-]*:cloudwatch:[^:]+:[^:]+:alarm:.+$/.test(alarm)
        ? [`stopAlarmArns[${index}]: got "${alarm}", need the ARN of an alarm`]
        : [],
    ),
  ];
}

export function experimentProblems({ experiments, region }: ChaosExperimentsSpec): string[] {
  const { zonePower, nodeLoss, networkLatency, databaseFailover, spotInterruption } = experiments;
  const problems: string[] = [];
  const whole = (path: string, value: number | undefined, [low, high]: [number, number]): void => {
    if (value === undefined || (Number.isInteger(value) && value >= low && value <= high)) return;
    problems.push(`experiments.${path}: got ${value}, need a whole number from ${low} to ${high}`);
  };
  if (Object.values(experiments).every((one) => one === undefined))
    problems.push("experiments: got none, need at least one");
  if (zonePower !== undefined) problems.push(...zoneProblems(zonePower, region));
  whole("nodeLoss.nodes", nodeLoss?.nodes, [1, 5]);
  whole("spotInterruption.nodes", spotInterruption?.nodes, [1, 5]);
  whole("networkLatency.delayMilliseconds", networkLatency?.delayMilliseconds, [1, 10_000]);
  whole("networkLatency.jitterMilliseconds", networkLatency?.jitterMilliseconds, [0, 10_000]);
  whole("networkLatency.minutes", networkLatency?.minutes, [1, 60]);
  const slow = experiments.nodeLatency;
  whole("nodeLatency.nodes", slow?.nodes, [1, 5]);
  whole("nodeLatency.delayMilliseconds", slow?.delayMilliseconds, [1, 10_000]);
  whole("nodeLatency.jitterMilliseconds", slow?.jitterMilliseconds, [0, 10_000]);
  whole("nodeLatency.minutes", slow?.minutes, [1, 60]);
  if (slow?.toCidrs.length === 0)
    problems.push("experiments.nodeLatency.toCidrs: got none, need at least one subnet of nodes");
  for (const cidr of slow?.toCidrs ?? [])
    problems.push(...cidrProblems("experiments.nodeLatency.toCidrs", cidr));
  if (databaseFailover !== undefined && !(databaseFailover.readers >= 1))
    problems.push(
      `experiments.databaseFailover.readers: got ${databaseFailover.readers}, need 1 or more: nobody could take over`,
    );
  const other = experiments.regionConnectivity;
  whole("regionConnectivity.minutes", other?.minutes, [5, 180]);
  if (other !== undefined && !/^[a-z]{2}(-[a-z]+)+-\d$/.test(other.region))
    problems.push(
      `experiments.regionConnectivity.region: got "${other.region}", need an AWS region`,
    );
  if (other?.region === region)
    problems.push(
      `experiments.regionConnectivity.region: got "${region}", which is the environment's own, need another one`,
    );
  return problems;
}

function cidrProblems(path: string, cidr: string): string[] {
  const { problem } = parseIpv4Cidr(cidr);
  return problem === undefined ? [] : [`${path}: ${problem}`];
}

function zoneProblems(zonePower: ZonePower, region: string): string[] {
  const { zones, minutes = 30, cutMinutes = 2, cacheZones = 0 } = zonePower;
  const path = "experiments.zonePower";
  const problems: string[] = [];
  if (zones.length === 0) problems.push(`${path}.zones: got none, need at least one`);
  for (const zone of zones)
    if (!new RegExp(`^${region}[a-z]$`).test(zone))
      problems.push(`${path}.zones: got "${zone}", need a zone of ${region}`);
  for (const twice of repeated(zones))
    problems.push(`${path}.zones: got "${twice}" twice, need each once`);
  if (!Number.isInteger(minutes) || minutes < 5 || minutes > 60)
    problems.push(`${path}.minutes: got ${minutes}, need a whole number from 5 to 60`);
  if (!Number.isInteger(cutMinutes) || cutMinutes < 1 || cutMinutes >= minutes)
    problems.push(
      `${path}.cutMinutes: got ${cutMinutes}, need a whole number of at least 1, less than minutes`,
    );
  if (!Number.isInteger(cacheZones) || cacheZones < 0 || cacheZones === 1)
    problems.push(
      `${path}.cacheZones: got ${cacheZones}, need 0 for none, or 2 and more: one alone has no failover`,
    );
  return problems;
}

/** @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html#cron-based */
const officeCron =
  /^cron\(([0-5]?\d) (9|1[0-5]) \? \* ((?:MON|TUE|WED|THU|FRI)(?:[-,](?:MON|TUE|WED|THU|FRI))*) \*\)$/;

export function scheduleProblems(spec: ChaosExperimentsSpec): string[] {
  const names = experimentNames(spec);
  const problems: string[] = [];
  for (const [name, expression] of Object.entries(spec.schedules)) {
    if (!names.includes(name))
      problems.push(
        `schedules.${name}: there is no such experiment, need one of ${names.join(", ")}`,
      );
    if (!officeCron.test(expression))
      problems.push(
        `schedules.${name}: got "${expression}", need cron(minute hour ? * days *) from Monday to Friday between 9:00 and 16:00`,
      );
  }
  for (const twice of repeated(Object.values(spec.schedules)))
    problems.push(`schedules: got "${twice}" twice, need one experiment at a time`);
  if (!isTimeZone(spec.scheduleTimeZone))
    problems.push(
      `scheduleTimeZone: got "${spec.scheduleTimeZone}", need a name of the IANA database`,
    );
  return problems;
}
