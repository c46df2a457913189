import { createHistogram, type RecordableHistogram } from "node:perf_hooks";
import type { LoadPlan } from "./load-plan";

/** What came back for one request. */
export interface Answer {
  readonly target: string;
  /** 0 if there was none. */
  readonly status: number;
  /** From the decision to send it to the last byte, a new connection included. */
  readonly milliseconds: number;
}

/** What was seen of a service. */
export interface ServiceFigures {
  readonly service: string;
  readonly requests: number;
  /** Not answered with the status that was expected. */
  readonly failed: number;
  /** Answered, whatever the status, within the time of the objective; undefined where there is none. */
  readonly answeredInTime?: number;
  /** To three digits. */
  readonly p95Milliseconds: number;
  readonly longestMilliseconds: number;
}

export interface LoadFigures {
  readonly services: readonly ServiceFigures[];
  /** Requests that the machine could not send when they were due. */
  readonly unsent: number;
}

interface Tally {
  requests: number;
  failed: number;
  inTime: number;
  longest: number;
  /** Microseconds: it knows whole numbers alone. */
  readonly took: RecordableHistogram;
}

/** Counts answers by service. */
export class LoadCount {
  readonly #plan: LoadPlan;
  readonly #tallies: ReadonlyMap<string, Tally>;
  readonly #targets: ReadonlyMap<string, LoadPlan["targets"][number]>;
  readonly #limits: ReadonlyMap<string, number>;
  #unsent = 0;

  constructor(plan: LoadPlan) {
    this.#plan = plan;
    this.#targets = new Map(plan.targets.map((target) => [target.name, target]));
    this.#limits = new Map(
      plan.objectives.map(({ service, latency }) => [service, latency?.milliseconds ?? Infinity]),
    );
    this.#tallies = new Map(plan.objectives.map(({ service }) => [service, newTally()]));
  }

  add({ target: name, status, milliseconds }: Answer): void {
    const target = this.#targets.get(name);
    const tally = this.#tallies.get(target?.service ?? "");
    if (target === undefined || tally === undefined) throw new Error(`nobody asked for ${name}`);
    tally.requests += 1;
    if (status !== target.expectedStatus) tally.failed += 1;
    if (status > 0 && milliseconds <= (this.#limits.get(target.service) ?? Infinity))
      tally.inTime += 1;
    tally.longest = Math.max(tally.longest, milliseconds);
    tally.took.record(Math.max(1, Math.round(milliseconds * 1000)));
  }

  addUnsent(requests: number): void {
    this.#unsent += requests;
  }

  figures(): LoadFigures {
    const services = this.#plan.objectives.map(({ service, latency }): ServiceFigures => {
      const { requests, failed, inTime, longest, took } = this.#tallies.get(service) ?? newTally();
      return {
        service,
        requests,
        failed,
        ...(latency !== undefined && { answeredInTime: inTime }),
        p95Milliseconds: requests === 0 ? 0 : took.percentile(95) / 1000,
        longestMilliseconds: longest,
      };
    });
    return { services, unsent: this.#unsent };
  }
}

function newTally(): Tally {
  return { requests: 0, failed: 0, inTime: 0, longest: 0, took: createHistogram({ figures: 3 }) };
}
