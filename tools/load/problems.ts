import { edgeProtectionDefaults } from "../../components/edge-protection";
import type { ServiceRecord } from "../../components/shared/service-record";
import { highestLoad, type ScenarioName, scenarioNames } from "./scenarios";

/** What a run asks for, before it is known to be sound. */
export interface LoadRequest {
  readonly scenario: string;
  readonly requestsPerSecond: number | undefined;
  /** Machines with addresses of their own that share the load; each runs its part. */
  readonly addresses: number;
  readonly origin: string | undefined;
  readonly production: boolean;
}

/** What of an environment matters to whoever sends it load. */
export interface LoadEnvironment {
  readonly name: string;
  readonly stage: string;
  readonly domain: string;
  /** Last day on which the firewall's rate rule only counts, YYYY-MM-DD; undefined while it blocks. */
  readonly rateLimitCountsUntil: string | undefined;
}

/** Requests in five minutes that the firewall lets through from one address. */
const firewallLimit = {
  requests: edgeProtectionDefaults.requestsPerFiveMinutes,
  seconds: 300,
} as const;

export interface Judged {
  readonly request: LoadRequest;
  readonly environment: LoadEnvironment;
  readonly records: readonly ServiceRecord[];
  /** YYYY-MM-DD. */
  readonly today: string;
}

/** Everything that keeps a run from being sound, in the words of the command. */
export function loadProblems(judged: Judged): string[] {
  const { request, environment, records } = judged;
  const problems: string[] = [];
  if (!isScenario(request.scenario))
    problems.push(`scenario: got "${request.scenario}", need one of ${scenarioNames.join(", ")}`);
  const { requestsPerSecond: rate, addresses } = request;
  if (request.scenario !== "smoke" && rate === undefined)
    problems.push(
      "--rate: got none, need requests a second in all, such as the peak of the last month",
    );
  if (rate !== undefined && !(Number.isFinite(rate) && rate > 0 && rate <= 10_000))
    problems.push(`--rate: got ${rate}, need more than 0 and up to 10000 requests a second`);
  if (!Number.isInteger(addresses) || addresses < 1)
    problems.push(`--addresses: got ${addresses}, need a whole number of at least 1`);
  if (request.origin !== undefined && !/^https?:\/\/[^/\s]+$/.test(request.origin))
    problems.push(`--origin: got "${request.origin}", need http(s)://HOST without a path`);
  if (environment.domain === "unassigned" && request.origin === undefined)
    problems.push(
      `auterity:ingress.domain of ${environment.name} is unassigned, need a domain, or --origin`,
    );
  if (!records.some(({ exposure, criticalPaths }) => exposure && criticalPaths.length > 0))
    problems.push("catalogue: got no public service with a critical path, need at least one");
  return [...problems, ...productionProblems(judged), ...firewallProblems(judged)];
}

/** A smoke run is what canaries do all day; anything heavier costs users something if it goes wrong. */
function productionProblems({ request, environment }: Judged): string[] {
  if (environment.stage !== "production" || request.scenario === "smoke" || request.production)
    return [];
  return [
    `${environment.name} is production: need --production, and somebody who watches the error budget (docs/failover.md)`,
  ];
}

function firewallProblems({ request, environment, today }: Judged): string[] {
  const { scenario, requestsPerSecond: rate, addresses } = request;
  if (!isScenario(scenario) || request.origin !== undefined) return [];
  // What is no number, or nobody, has been told already.
  if (rate === undefined || !(rate > 0 && addresses >= 1)) return [];
  const counts = (environment.rateLimitCountsUntil ?? "") >= today;
  const most = firewallLimit.requests / firewallLimit.seconds;
  const each = (rate * highestLoad(scenario)) / addresses;
  if (counts || each <= most) return [];
  return [
    `--rate: got ${rate}, which is ${round(each)} a second from one address at the peak of ${scenario}, need ` +
      `${round(most)} at most, since the firewall refuses more than ${firewallLimit.requests} in ${firewallLimit.seconds} s; ` +
      `share the load by --addresses, or let its rule count for the day: auterity:edge.countUntil { rate-limit: "${today}" }`,
  ];
}

export function isScenario(name: string): name is ScenarioName {
  return scenarioNames.some((known) => known === name);
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
