import { z } from "zod";
import type { WorkingHours } from "../components/service-scaling";
import { isTimeZone } from "../components/shared/time-zone";
import {
  awakeFrom,
  minuteOf,
  weekdays,
  type WorkingWeek,
  workingWeekProblems,
} from "../components/shared/working-week";
import type { Environment } from "./environment";
import type { WellFormed } from "./environment-rules";
import { text } from "./schema-text";

const clock = text(/^([01]\d|2[0-3]):[0-5]\d$/, "need a time of the day such as 08:00");

/** Services rest outside of these hours: `auterity:costs.nights`. */
export const nightsSchema = z.strictObject({
  enabled: z.boolean(),
  timeZone: z.string().refine(isTimeZone, "need an IANA time zone such as America/Los_Angeles"),
  /** On which people work; the others are night altogether. */
  workingDays: z.array(z.enum(weekdays)).min(1),
  from: clock,
  to: clock,
});

/** Undefined where nothing rests. */
export function workingWeek({ costs }: Pick<Environment, "costs">): WorkingWeek | undefined {
  const { enabled, ...week } = costs.nights;
  return enabled ? week : undefined;
}

export function workingHours({ timeZone, workingDays, from, to }: WorkingWeek): WorkingHours {
  const at = (time: string) => {
    const [hour, minute] = time.split(":").map(Number);
    const on = weekdays.flatMap((day, index) => (workingDays.includes(day) ? [index] : []));
    return `${minute} ${hour} * * ${on.join(",")}`;
  };
  return { timeZone, start: at(from), end: at(to) };
}

const path = "auterity:costs.nights";

type Candidate = Pick<
  WellFormed<Environment>,
  "stage" | "costs" | "services" | "cluster" | "chaos"
>;

export function nightsProblems(candidate: Candidate): string[] {
  const { stage, costs, services } = candidate;
  const { enabled, ...week } = costs?.nights ?? {};
  const problems: string[] = [];
  if (enabled === true && stage !== undefined && stage !== "development")
    problems.push(`${path}.enabled: got true, need false in ${stage}; its users have no night`);
  if (enabled === true && services?.minimumReplicas === "declared")
    problems.push(
      `${path}.enabled: got true, need auterity:services.minimumReplicas to be one; a schedule would keep pods at night`,
    );
  problems.push(...workingWeekProblems(path, week as Partial<WorkingWeek>));
  if (enabled === true) problems.push(...nodeProblems(candidate), ...experimentProblems(candidate));
  return problems;
}

/** Nodes that stay although nobody is on them would be all that a night costs. */
function nodeProblems({ cluster }: Candidate): string[] {
  const stay = (["general", "general-arm64", "spot", "spot-arm64"] as const).flatMap((name) => {
    const least = cluster?.nodeClasses?.[name]?.minPerZone ?? 0;
    if (least === 0) return [];
    return [
      `auterity:cluster.nodeClasses.${name}.minPerZone: got ${least} with ${path}.enabled, need 0; ` +
        "nodes would stay at night, and by day the pods bring theirs",
    ];
  });
  const held = (["general", "spot"] as const).flatMap((name) => {
    const room = cluster?.headroomPerZone?.[name] ?? 0;
    if (room === 0) return [];
    return [
      `auterity:cluster.headroomPerZone.${name}: got ${room} with ${path}.enabled, need 0, or the same in ` +
        "dayHeadroomPerZone; room that is kept at night keeps nodes",
    ];
  });
  return [...stay, ...held];
}

/** `cron(minute hour ? * days *)`, which is all that a schedule of an experiment may be. */
const officeCron = /^cron\((\d+) (\d+) \? \* ([A-Z,-]+) \*\)$/;

/** An experiment on what rests hits nothing, and says nothing. */
function experimentProblems({ chaos, costs }: Candidate): string[] {
  const { timeZone, workingDays, from, to } = costs?.nights ?? {};
  const { schedules = [], scheduleTimeZone } = chaos ?? {};
  if (schedules.length === 0 || from === undefined || to === undefined) return [];
  if (scheduleTimeZone !== timeZone)
    return [
      `auterity:chaos.scheduleTimeZone: got "${scheduleTimeZone ?? ""}", need that of ${path}, "${timeZone ?? ""}"; ` +
        "experiments are to happen while something runs",
    ];
  return schedules.flatMap(({ experiment, at }) => {
    const [, minute = "", hour = "", on = ""] = officeCron.exec(at) ?? [];
    // What is no such expression is told of with the experiments.
    if (on === "") return [];
    const time = Number(hour) * 60 + Number(minute);
    const awake = time >= minuteOf(awakeFrom({ from })) && time < minuteOf(to);
    const days = daysOf(on);
    if (awake && days.every((day) => workingDays?.includes(day as never))) return [];
    return [
      `auterity:chaos.schedules.${experiment}: got ${at}, when everything rests, need a time from ${awakeFrom({ from })} to ${to} ` +
        `on ${(workingDays ?? []).join(", ")}`,
    ];
  });
}

/** "MON-WED,FRI" day by day. */
function daysOf(expression: string): string[] {
  return expression.split(",").flatMap((part) => {
    const [first = "", last = first] = part.split("-");
    const [from, to] = [first, last].map((day) => weekdays.indexOf(day as never));
    if (from === undefined || to === undefined || from < 0 || to < from) return [part];
    return weekdays.slice(from, to + 1);
  });
}
