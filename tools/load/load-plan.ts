import type { ServiceRecord } from "../../components/shared/service-record";
import { uptime } from "../../stacks/catalogue/common";
import { type ScenarioName, scenarios } from "./scenarios";

/** One critical path, as it is asked for from outside. */
interface Target {
  readonly name: string;
  readonly service: string;
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly expectedStatus: number;
}

/** Requests a second, from one to the other in a straight line. */
interface Stage {
  readonly seconds: number;
  readonly fromPerSecond: number;
  readonly toPerSecond: number;
}

/** What a service has to hold over a run. Shares are parts of one. */
export interface LoadObjective {
  readonly service: string;
  readonly failedAtMost: number;
  /** Above it the run ends. */
  readonly abortAbove: number;
  /** Undefined where nobody promised one: the figures are shown, and judged by nobody. */
  readonly latency?: { readonly milliseconds: number; readonly answeredAtLeast: number };
}

/** What load/main.go sends, and what must hold of the answers. */
export interface LoadPlan {
  readonly targets: readonly (Target & { readonly stages: readonly Stage[] })[];
  readonly objectives: readonly LoadObjective[];
  readonly timeoutSeconds: number;
  /** A target this far behind gets no further request. */
  readonly behindSeconds: number;
  /** Before it, one failed request among few would end a run. */
  readonly abortAfterSeconds: number;
}

export interface LoadPlanArgs {
  readonly records: readonly ServiceRecord[];
  readonly scenario: ScenarioName;
  /** Services are reached under SUBDOMAIN of it. */
  readonly domain: string;
  /** Requests a second in all, shared evenly by the critical paths. */
  readonly requestsPerSecond: number;
  /** Asked instead of the public hosts, whose name then stands in the header alone. Default: none. */
  readonly origin?: string;
  /** Length of every stage, to try a plan out. Default: 1. */
  readonly timeScale?: number;
}

const timeoutSeconds = 30;
/** A machine that stalls for a moment catches up; one that cannot send the load never does. */
const behindSeconds = 5;
const abortAfterSeconds = 30;

/**
 * A month's error budget is gone in two days at this rate: whoever runs the platform is paged then, and a test ends.
 * @see https://sre.google/workbook/alerting-on-slos/ table 5-8
 */
const pagingBurnRate = 14.4;

/** The critical paths that the internet reaches, by their public names. */
function loadTargets({ records, domain, origin }: LoadPlanArgs): Target[] {
  return records.flatMap(({ name: service, exposure, criticalPaths }) =>
    exposure === undefined
      ? []
      : criticalPaths.map(({ name, method, path, expectedStatus }) => {
          const host = `${exposure.subdomain}.${domain}`;
          return {
            name,
            service,
            method,
            url: `${origin ?? `https://${host}`}${path}`,
            headers: {
              "User-Agent": "auterity-load",
              ...(origin !== undefined && { Host: host }),
            },
            expectedStatus,
          };
        }),
  );
}

/** Everything that a run has to know: whom to ask, how often, and what must hold. */
export function loadPlan(args: LoadPlanArgs): LoadPlan {
  const targets = loadTargets(args);
  const stages = arrivals(args, args.requestsPerSecond / targets.length);
  const asked = args.records.filter(({ name }) => targets.some(({ service }) => service === name));
  return {
    targets: targets.map((target) => ({ ...target, stages })),
    objectives: asked.map(objective),
    timeoutSeconds,
    behindSeconds,
    abortAfterSeconds: abortAfterSeconds * (args.timeScale ?? 1),
  };
}

/** An open model: users do not wait for each other, so a slow answer does not lower the load. */
function arrivals({ scenario, timeScale = 1 }: LoadPlanArgs, perSecond: number): Stage[] {
  const { stages } = scenarios[scenario];
  let before = scenario === "smoke" ? 1 : 0;
  return stages.map(({ seconds, times }) => {
    const from = before;
    before = times;
    return {
      seconds: Math.max(1, Math.round(seconds * timeScale)),
      fromPerSecond: plain(perSecond * from),
      toPerSecond: plain(perSecond * times),
    };
  });
}

/** From the objectives of a service; one without promise holds what the plan asks of the platform as a whole. */
function objective({ name, slo }: ServiceRecord): LoadObjective {
  const budget = (100 - (slo?.availabilityPercent ?? uptime.availabilityPercent)) / 100;
  const latency = slo?.latency;
  return {
    service: name,
    failedAtMost: plain(budget),
    abortAbove: plain(budget * pagingBurnRate),
    ...(latency !== undefined && {
      latency: {
        milliseconds: latency.thresholdSeconds * 1000,
        answeredAtLeast: latency.targetPercent / 100,
      },
    }),
  };
}

/** Without the noise of binary fractions: 0.0005, not 0.0004999999999999716. */
function plain(value: number): number {
  return Number(value.toFixed(6));
}
