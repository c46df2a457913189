import type { Registration } from "../offline/registration";
import { aCall, type Duration, durations } from "./durations";

/** Something that takes time, after something else. */
export interface Task {
  readonly id: string;
  readonly title: string;
  readonly after: readonly string[];
  readonly duration: Duration;
}

export interface CriticalPath {
  /** From the first to the last, each of which waits for the one before. */
  readonly tasks: readonly Task[];
  readonly seconds: number;
  /** Of these, what rests on an assumption. */
  readonly assumedSeconds: number;
}

const nothing: Duration = { seconds: 0, basis: "measured", source: "it is there" };

/** A task for each resource; what is there already takes no time. */
export function tasksOf(
  registrations: readonly Registration[],
  isThere: (registration: Registration) => boolean,
): Task[] {
  return registrations
    .filter(({ custom, remote }) => custom || remote)
    .filter(({ type }) => !type.startsWith("pulumi:providers:"))
    .map((registration) => ({
      id: registration.urn,
      title: `${registration.name} (${registration.type})`,
      after: [...new Set([...registration.dependencies, ...providerOf(registration)])],
      duration: isThere(registration) ? nothing : (durations[registration.type] ?? aCall),
    }));
}

/** A provider of Kubernetes is made of its cluster, and so waits for it. */
function providerOf({ provider }: Registration): string[] {
  return provider === "" ? [] : [provider.slice(0, provider.lastIndexOf("::"))];
}

/**
 * The longest chain that ends in one of these tasks.
 * @throws Error for tasks that wait for each other.
 */
export function criticalPath(tasks: readonly Task[], ends: readonly string[]): CriticalPath {
  const byId = new Map(tasks.map((task) => [task.id, task]));
  const longest = new Map<string, readonly Task[]>();
  const open = new Set<string>();
  const chainTo = (id: string): readonly Task[] => {
    const known = longest.get(id);
    if (known !== undefined) return known;
    const task = byId.get(id);
    if (task === undefined) return [];
    if (open.has(id)) throw new Error(`${task.title} waits for itself`);
    open.add(id);
    const before = task.after
      .map(chainTo)
      .reduce((one, other) => (lengthOf(other) > lengthOf(one) ? other : one), []);
    open.delete(id);
    const chain = [...before, task];
    longest.set(id, chain);
    return chain;
  };
  const chain = ends
    .map(chainTo)
    .reduce((one, other) => (lengthOf(other) > lengthOf(one) ? other : one), []);
  const timed = chain.filter(({ duration }) => duration.seconds > 0);
  return {
    tasks: timed,
    seconds: lengthOf(timed),
    assumedSeconds: lengthOf(timed.filter(({ duration }) => duration.basis === "assumed")),
  };
}

function lengthOf(chain: readonly Task[]): number {
  return chain.reduce((sum, { duration }) => sum + duration.seconds, 0);
}

export function inMinutes(seconds: number): string {
  return `${(seconds / 60).toFixed(1)} min`;
}

/** A line for each task that matters, and one for what is behind the others. */
export function describePath({ tasks, seconds, assumedSeconds }: CriticalPath): string[] {
  const matters = tasks.filter(({ duration }) => duration !== aCall);
  const calls = lengthOf(tasks.filter(({ duration }) => duration === aCall));
  return [
    ...matters.map(
      ({ title, duration }) =>
        `${inMinutes(duration.seconds).padStart(8)}  ${title}, ${duration.basis}: ${duration.source}`,
    ),
    ...(calls > 0 ? [`${inMinutes(calls).padStart(8)}  calls of APIs between them`] : []),
    `${inMinutes(seconds).padStart(8)}  in all, of which ${inMinutes(assumedSeconds)} is assumed`,
  ];
}
