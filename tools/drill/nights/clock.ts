import type { KubernetesObject } from "../kubernetes-api";
import { isScaledObject, type ScaledObject } from "../cluster/scaling";

/** From when to when it is day, at whole minutes of every day. */
export interface Hours {
  readonly start: Date;
  readonly end: Date;
}

export const minute = 60_000;

/** The next whole minute that is not so near that nobody would hear of it in time. */
export function nextMinute(now: Date, leastSeconds = 8): Date {
  return new Date(Math.ceil((now.getTime() + leastSeconds * 1000) / minute) * minute);
}

/** "15 9 * * *": the time of the day that it is somewhere. */
export function cronAt(moment: Date, timeZone: string): string {
  const parts = new Intl.DateTimeFormat("en-GB", {
    ...{ timeZone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
  }).formatToParts(moment);
  const of = (type: string): number => Number(parts.find((part) => part.type === type)?.value);
  return `${of("minute")} ${of("hour")} * * *`;
}

/** The planned clock with other hours, in the planned time zone; all other triggers as they are. */
export function withHours(object: ScaledObject, { start, end }: Hours): ScaledObject {
  const triggers = object.spec.triggers.map((trigger) => {
    if (trigger.type !== "cron") return trigger;
    const { timezone = "UTC" } = trigger.metadata;
    const times = { start: cronAt(start, timezone), end: cronAt(end, timezone) };
    return { ...trigger, metadata: { ...trigger.metadata, ...times } };
  });
  return { ...object, spec: { ...object.spec, triggers } };
}

export interface Patience {
  readonly pollingSeconds: number;
  readonly cooldownSeconds: number;
}

/** The planned objects, asked more often and with less patience, at the hours that the drill wants. */
export function adaptNights(
  objects: readonly KubernetesObject[],
  { pollingSeconds, cooldownSeconds }: Patience,
  hours: Hours,
): readonly KubernetesObject[] {
  return objects.map((object) => {
    if (!isScaledObject(object)) return object;
    const { spec } = withHours(object, hours);
    return {
      ...object,
      spec: { ...spec, pollingInterval: pollingSeconds, cooldownPeriod: cooldownSeconds },
    };
  });
}

/** Whether it has pods by day and none at night, as the plan has it. */
export function rests(object: ScaledObject): boolean {
  return (
    object.spec.minReplicaCount === 0 && object.spec.triggers.some(({ type }) => type === "cron")
  );
}
