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

type Threshold =
  | string
  | { readonly threshold: string; readonly abortOnFail: true; readonly delayAbortEval: string };

/** What load/main.js carries out. */
export interface LoadPlan {
  readonly targets: readonly Target[];
  readonly timeoutSeconds: number;
  readonly summaryFile: string;
  /** As k6 takes them. @see https://grafana.com/docs/k6/latest/using-k6/k6-options/reference/ */
  readonly options: {
    readonly scenarios: Readonly<Record<string, object>>;
    readonly thresholds: Readonly<Record<string, readonly Threshold[]>>;
    readonly summaryTrendStats: readonly string[];
    readonly userAgent: string;
  };
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
  readonly summaryFile: string;
  /** Length of every stage, to try a plan out. Default: 1. */
  readonly timeScale?: number;
}

const timeoutSeconds = 30;

/**
 * A month's error budget is gone in two days at this rate: whoever runs the platform is paged then, and a test ends.
 * @see https://sre.google/workbook/alerting-on-slos/ table 5-8
 */
const pagingBurnRate = 14.4;
/** Before it, one failed request among few would end a run. */
const abortAfterSeconds = 30;

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
            headers: origin === undefined ? {} : { Host: host },
            expectedStatus,
          };
        }),
  );
}

/** Everything that k6 has to know: whom to ask, how often, and what must hold. */
export function loadPlan(args: LoadPlanArgs): LoadPlan {
  const targets = loadTargets(args);
  const perTarget = args.requestsPerSecond / targets.length;
  return {
    targets,
    timeoutSeconds,
    summaryFile: args.summaryFile,
    options: {
      scenarios: Object.fromEntries(
        targets.map(({ name, service }) => [
          name,
          { ...arrivals(args, perTarget), exec: "visit", env: { TARGET: name }, tags: { service } },
        ]),
      ),
      thresholds: thresholds(args.records, targets),
      summaryTrendStats: ["avg", "med", "p(95)", "p(99)", "max"],
      userAgent: "auterity-load",
    },
  };
}

/** An open model: users do not wait for each other, so a slow answer does not lower the load. */
function arrivals({ scenario, timeScale = 1 }: LoadPlanArgs, perSecond: number) {
  const perMinute = (times: number): number => Math.round(perSecond * times * 60);
  const { stages } = scenarios[scenario];
  const peak = Math.max(...stages.map(({ times }) => times));
  return {
    executor: "ramping-arrival-rate",
    timeUnit: "1m",
    startRate: scenario === "smoke" ? perMinute(1) : 0,
    // One for each second that an answer may take at the peak, and as many as wait for a timeout.
    preAllocatedVUs: Math.max(2, Math.ceil(perSecond * peak)),
    maxVUs: Math.max(2, Math.ceil(perSecond * peak * timeoutSeconds)),
    gracefulStop: `${timeoutSeconds}s`,
    stages: stages.map(({ seconds, times }) => ({
      duration: `${Math.max(1, Math.round(seconds * timeScale))}s`,
      target: perMinute(times),
    })),
  };
}

/** From the objectives of each service; those without promise what the plan asks of the platform as a whole. */
function thresholds(
  records: readonly ServiceRecord[],
  targets: readonly Target[],
): Record<string, readonly Threshold[]> {
  const asked = records.filter(({ name }) => targets.some(({ service }) => service === name));
  const held = Object.assign({}, ...asked.map(serviceThresholds)) as Record<string, Threshold[]>;
  // What the generator could not send was not tried: such a run says nothing about the platform.
  return { ...held, dropped_iterations: ["count<1"] };
}

function serviceThresholds({ name, slo }: ServiceRecord): Record<string, readonly Threshold[]> {
  const budget = (100 - (slo?.availabilityPercent ?? uptime.availabilityPercent)) / 100;
  const latency = slo?.latency;
  return {
    [`http_req_failed{service:${name}}`]: [
      `rate<=${share(budget)}`,
      {
        threshold: `rate<=${share(budget * pagingBurnRate)}`,
        abortOnFail: true,
        delayAbortEval: `${abortAfterSeconds}s`,
      },
    ],
    // k6 shows what has a threshold: without a promise there is one that always holds.
    [`http_req_duration{service:${name}}`]: [
      latency === undefined
        ? "max>=0"
        : `p(${latency.targetPercent})<${latency.thresholdSeconds * 1000}`,
    ],
  };
}

/** Without the noise of binary fractions: 0.0005, not 0.0004999999999999716. */
function share(value: number): number {
  return Number(value.toFixed(6));
}
