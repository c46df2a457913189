import type { ServiceRecord } from "../../components/shared/service-record";
import type { Registration } from "../offline/registration";
import { type Program, runProgram } from "../plan/program";
import type { StackFile } from "../plan/stack-files";
import { type CriticalPath, criticalPath, type Task, tasksOf } from "./critical-path";
import { type Duration, durationsDated, stepDurations } from "./durations";

const modes = ["pilot-light", "full"] as const;
export type RecoveryMode = (typeof modes)[number];

/** What a mode of the recovery environment is, and how far from it critical services are. */
export interface ModeSummary {
  readonly mode: RecoveryMode;
  readonly resources: number;
  /** Components by their short names, with how many resources each has. */
  readonly components: ReadonlyMap<string, number>;
  /** From nothing at all. */
  readonly build: CriticalPath;
  /** From this mode until people are served: what is missing is made, the database promoted, names move. */
  readonly serve: CriticalPath;
}

export interface RecoveryModes {
  readonly configured: RecoveryMode;
  readonly objectives: { readonly rpoSeconds: number; readonly rtoMinutes: number };
  readonly summaries: readonly ModeSummary[];
  readonly dated: string;
}

export interface ModesArgs {
  readonly program: Program;
  readonly stack: StackFile;
  readonly services: readonly ServiceRecord[];
}

/** The environment in another mode, all else as its file has it. */
export function inMode(stack: StackFile, mode: RecoveryMode): StackFile {
  const key = `${stack.project}:recovery`;
  const recovery = JSON.parse(stack.config[key] ?? "{}") as Record<string, unknown>;
  return {
    ...stack,
    config: { ...stack.config, [key]: JSON.stringify({ ...recovery, mode }) },
    settings: { ...stack.settings, [`${key}.mode`]: mode },
  };
}

export function standsBy({ project, settings }: StackFile): boolean {
  return settings[`${project}:stage`] === "recovery" && `${project}:recovery.mode` in settings;
}

/** Both modes of a recovery environment. */
export async function readModes(args: ModesArgs): Promise<RecoveryModes> {
  const { stack } = args;
  const setting = (path: string): string =>
    stack.settings[`${stack.project}:recovery.${path}`] ?? "";
  const registrations = new Map<RecoveryMode, readonly Registration[]>();
  for (const mode of modes) registrations.set(mode, await registered(args, mode));
  const full = registrations.get("full") ?? [];
  return {
    configured: setting("mode") === "pilot-light" ? "pilot-light" : "full",
    objectives: {
      rpoSeconds: Number(setting("objectives.rpoSeconds")),
      rtoMinutes: Number(setting("objectives.rtoMinutes")),
    },
    summaries: modes.map((mode) =>
      summarise(mode, {
        ...{ own: registrations.get(mode) ?? [], full, services: args.services },
        ttlSeconds: Number(setting("dns.ttlSeconds")),
      }),
    ),
    dated: durationsDated,
  };
}

async function registered(
  { program, stack, services }: ModesArgs,
  mode: RecoveryMode,
): Promise<readonly Registration[]> {
  const run = await runProgram({ program, services, mode: "known", stack: inMode(stack, mode) });
  return run.registrations;
}

interface ModeParts {
  readonly own: readonly Registration[];
  readonly full: readonly Registration[];
  readonly services: readonly ServiceRecord[];
  readonly ttlSeconds: number;
}

function summarise(
  mode: RecoveryMode,
  { own, full, services, ttlSeconds }: ModeParts,
): ModeSummary {
  const there = new Set(own.map(({ urn }) => urn));
  const fromNothing = tasksOf(own, () => false);
  return {
    mode,
    resources: own.filter(({ custom }) => custom).length,
    components: componentsOf(own),
    build: criticalPath(
      fromNothing,
      fromNothing.map(({ id }) => id),
    ),
    serve: pathToService(
      tasksOf(full, ({ urn }) => there.has(urn)),
      {
        ...{ registrations: full, services, ttlSeconds },
      },
    ),
  };
}

function componentsOf(registrations: readonly Registration[]): Map<string, number> {
  const types = new Map(registrations.map(({ urn, type }) => [urn, type]));
  const counts = new Map<string, number>();
  for (const { custom, parent } of registrations) {
    const type = types.get(parent) ?? "";
    if (!custom || !type.startsWith("platform:")) continue;
    const name = type.split(":").at(-1) ?? type;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
}

interface ServeParts {
  readonly registrations: readonly Registration[];
  readonly services: readonly ServiceRecord[];
  readonly ttlSeconds: number;
}

/** Three bad answers in half a minute each are what it takes to go there: components/dns-failover. */
const healthCheckSeconds = 90;
const ends = { promote: "promote", storeUsers: "store-users", names: "names" } as const;

/** The steps of `npm run recovery -- failover`, put between the resources where they belong. */
function pathToService(
  tasks: readonly Task[],
  { registrations, services, ttlSeconds }: ServeParts,
): CriticalPath {
  const ofType = (...types: string[]): string[] =>
    registrations.filter(({ type }) => types.includes(type)).map(({ urn }) => urn);
  const critical = services.filter(({ tier }) => tier === "critical").map(({ name }) => name);
  const workloads = registrations.filter(
    ({ type, name }) =>
      /:(Deployment|Rollout)$/.test(type) &&
      critical.some((service) => name.endsWith(`-${service}`)),
  );
  const waits = new Set(workloads.map(({ urn }) => urn));
  const ingresses = ofType("kubernetes:networking.k8s.io/v1:Ingress");
  const names: Duration = {
    seconds: healthCheckSeconds + ttlSeconds,
    basis: "published",
    source: `the health check's interval and auterity:recovery.dns.ttlSeconds; resolvers that keep an answer for longer are not counted`,
  };
  return criticalPath(
    [
      ...tasks.map((task) =>
        waits.has(task.id)
          ? { ...task, after: [...task.after, ...Object.values(ends).slice(0, 2)] }
          : task,
      ),
      {
        id: ends.promote,
        title: "the database takes writes",
        after: ofType("aws:rds/cluster:Cluster", "aws:rds/clusterInstance:ClusterInstance"),
        duration: stepDurations.promote,
      },
      {
        id: ends.storeUsers,
        title: "users of cache and broker get their passwords",
        after: ofType("aws:elasticache/replicationGroup:ReplicationGroup", "aws:mq/broker:Broker"),
        duration: stepDurations.storeUsers,
      },
      {
        id: ends.names,
        title: "names lead here",
        after: [...waits, ...ingresses],
        duration: names,
      },
    ],
    [ends.names],
  );
}
