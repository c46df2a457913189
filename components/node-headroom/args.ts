import { type Architecture, architectureProblems } from "../shared/architecture";
import { ArgsError } from "../shared/args-error";
import type { ControllerVersion } from "../shared/controller-chart";
import { cronProblem } from "../shared/cron";
import { readBytes, readCpu } from "../shared/quantities";
import type { NodeClass } from "../shared/service-record";
import { isTimeZone } from "../shared/time-zone";

/** Room on the nodes of one class, in pods of one size. */
export interface ClassHeadroom {
  /** Size of a pod, such as "1" and "2Gi": as large as the largest that may come, or it would not fit. */
  readonly cpu: string;
  readonly memory: string;
  /** Processors of the nodes on which room is of use to what may come. Default: any. */
  readonly architectures?: readonly Architecture[];
  /** Pods in each zone, at any time. */
  readonly perZone: number;
  /** Pods in each zone during the day; never fewer than at any time. Default: perZone. */
  readonly dayPerZone?: number;
}

/** When it is day, in the office's own time, which knows of summer. */
export interface Day {
  /** Of the IANA database, such as America/Los_Angeles. */
  readonly timeZone: string;
  /** Five cron fields each. */
  readonly start: string;
  readonly end: string;
}

export interface NodeHeadroomArgs {
  /** Of the nodes, 1 to 6. */
  readonly zones: number;
  readonly classes: Readonly<Partial<Record<NodeClass, ClassHeadroom>>>;
  /** Image that does nothing. */
  readonly image: ControllerVersion["image"];
  /** Needed by classes that hold more room during the day; `followDay` then hands it to KEDA. Default: none. */
  readonly day?: Day;
  /** Default: {}. */
  readonly labels?: Readonly<Record<string, string>>;
}

export type NodeHeadroomSpec = Omit<NodeHeadroomArgs, "labels"> &
  Required<Pick<NodeHeadroomArgs, "labels">>;

export function resolveNodeHeadroomArgs(name: string, args: NodeHeadroomArgs): NodeHeadroomSpec {
  const spec = { labels: {}, ...args };
  const problems = [
    ...Object.entries(spec.classes).flatMap(([nodeClass, room]) =>
      roomProblems(`classes.${nodeClass}`, room, spec.day !== undefined),
    ),
    ...(spec.day === undefined ? [] : dayProblems(spec.day)),
  ];
  if (!Number.isInteger(spec.zones) || spec.zones < 1 || spec.zones > 6)
    problems.push(`zones: got ${spec.zones}, need 1 to 6`);
  if (spec.image.tag === "latest")
    problems.push("image.tag: got latest, need the tag of one version");
  if (problems.length > 0) throw new ArgsError("NodeHeadroom", name, problems);
  return spec;
}

function roomProblems(path: string, room: ClassHeadroom, hasDay: boolean): string[] {
  const { cpu, memory, perZone, dayPerZone = perZone } = room;
  const problems = architectureProblems(room).map((problem) => `${path}.${problem}`);
  if (!readCpu(cpu)) problems.push(`${path}.cpu: got "${cpu}", need a quantity such as 500m`);
  if (!readBytes(memory))
    problems.push(`${path}.memory: got "${memory}", need a quantity such as 1Gi`);
  if (!Number.isInteger(perZone) || perZone < 0)
    problems.push(`${path}.perZone: got ${perZone}, need a whole number of 0 or more`);
  else if (!Number.isInteger(dayPerZone) || dayPerZone < perZone)
    problems.push(
      `${path}.dayPerZone: got ${dayPerZone}, need at least perZone, ${perZone}: a day never takes room away`,
    );
  else if (dayPerZone > perZone && !hasDay)
    problems.push(`${path}.dayPerZone: got ${dayPerZone}, need a day too, or leave it out`);
  return problems;
}

function dayProblems({ timeZone, start, end }: Day): string[] {
  const problems: string[] = [];
  if (!isTimeZone(timeZone))
    problems.push(
      `day.timeZone: got "${timeZone}", need an IANA time zone such as "America/Los_Angeles"`,
    );
  for (const [key, expression] of Object.entries({ start, end })) {
    const problem = cronProblem(expression);
    if (problem !== undefined) problems.push(`day.${key}: ${problem}`);
  }
  if (start === end) problems.push(`day.end: got "${end}", need another time than start`);
  return problems;
}
