import { isBetween } from "./record-workload";
import { readSchedule, type RotationStarts } from "./rotation-schedule";
import type { SecretDeclaration, RotationTimes } from "./service-record";

/** Hours in which a rotation begins, where a record names no others. */
const defaultWindowHours = 2;
/** @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_RotationRulesType.html */
const mostDays = 1000;

/** As Secrets Manager takes them. */
export interface RotationRules {
  readonly automaticallyAfterDays?: number;
  readonly scheduleExpression?: string;
  readonly duration: string;
}

/** Days after which a value is due at the latest. */
export function rotationDays(rotation: RotationTimes): number {
  return Math.ceil(startsOf(rotation)?.longestDays ?? mostDays);
}

export function rotationRules(rotation: RotationTimes): RotationRules {
  return {
    ...("days" in rotation
      ? { automaticallyAfterDays: rotation.days }
      : { scheduleExpression: rotation.schedule }),
    duration: rotation.window ?? `${defaultHours(startsOf(rotation))}h`,
  };
}

/** What is wrong with when a secret rotates; by its path. */
export function rotationProblems({ name, origin, rotation }: SecretDeclaration): string[] {
  const path = `secrets.${name}.rotation`;
  if (origin === "issued-outside" && ("schedule" in rotation || rotation.window !== undefined))
    return [
      `${path}: got a schedule or a window with origin issued-outside, need days alone: people replace it`,
    ];
  if ("days" in rotation && "schedule" in rotation)
    return [`${path}: got both days and schedule, need one of them`];
  if ("days" in rotation && !isBetween(rotation.days, 1, mostDays))
    return [`${path}.days: got ${rotation.days}, need 1 to ${mostDays}`];
  if ("schedule" in rotation) {
    const read = readSchedule(rotation.schedule);
    if ("need" in read) return [`${path}.schedule: got "${rotation.schedule}", ${read.need}`];
  }
  const problem = windowProblem(rotation);
  return problem === undefined ? [] : [`${path}.window: ${problem}`];
}

function windowProblem(rotation: RotationTimes): string | undefined {
  const { window } = rotation;
  const starts = startsOf(rotation);
  if (window === undefined || starts === undefined) return undefined;
  const hours = /^([1-9]|1\d|2[0-4])h$/.test(window) ? Number.parseInt(window, 10) : undefined;
  if (hours === undefined) return `got "${window}", need 1h to 24h`;
  const most = longestWindow(starts);
  if (hours <= most) return undefined;
  return `got "${window}", need ${most}h at most: it may not run into the next one, nor past midnight UTC`;
}

/** Of days the window opens at midnight UTC, as of a rate in days. */
function startsOf(rotation: RotationTimes): RotationStarts | undefined {
  if ("days" in rotation) return { hours: [0], longestDays: rotation.days };
  const read = readSchedule(rotation.schedule);
  return "starts" in read ? read.starts : undefined;
}

/** Hours until the next window opens or the day ends. */
function longestWindow({ hours }: RotationStarts): number {
  return Math.min(...hours.map((hour, index) => (hours[index + 1] ?? 24) - hour));
}

function defaultHours(starts: RotationStarts | undefined): number {
  return Math.min(defaultWindowHours, starts === undefined ? 1 : longestWindow(starts));
}
