import type { LoadFigures, ServiceFigures } from "./figures";
import type { LoadObjective, LoadPlan } from "./load-plan";

/** Every objective that did not hold, in a sentence each. */
export function broken({ objectives }: LoadPlan, { services, unsent }: LoadFigures): string[] {
  const sentences = objectives.flatMap((objective) => {
    const seen = services.find(({ service }) => service === objective.service);
    return seen === undefined || seen.requests === 0
      ? [`${objective.service}: no request`]
      : [...brokenAvailability(objective, seen), ...brokenLatency(objective, seen)];
  });
  // What was not sent was not tried: such a run says nothing about the platform.
  return unsent === 0
    ? sentences
    : [...sentences, `${unsent} requests could not be sent in time: this machine is too slow`];
}

/** The services whose budget burns so fast that somebody would be paged, in a sentence each. */
export function burning({ objectives }: LoadPlan, { services }: LoadFigures): string[] {
  return objectives.flatMap(({ service: name, abortAbove }) => {
    const seen = services.find(({ service }) => service === name);
    return seen !== undefined && failedShare(seen) > abortAbove
      ? [`${name}: ${percent(failedShare(seen))} failed, the run ends above ${percent(abortAbove)}`]
      : [];
  });
}

/** A service in one line. */
export function summaryLine(seen: ServiceFigures): string {
  if (seen.requests === 0) return `${seen.service}: no request`;
  const { service, requests, p95Milliseconds, longestMilliseconds } = seen;
  return (
    `${service}: ${requests} requests, ${percent(failedShare(seen))} failed, ` +
    `p95 ${p95Milliseconds.toFixed(0)} ms, longest ${longestMilliseconds.toFixed(0)} ms`
  );
}

function brokenAvailability({ service, failedAtMost }: LoadObjective, seen: ServiceFigures) {
  return failedShare(seen) <= failedAtMost
    ? []
    : [`${service}: ${percent(failedShare(seen))} failed, at most ${percent(failedAtMost)} may`];
}

function brokenLatency({ service, latency }: LoadObjective, seen: ServiceFigures): string[] {
  if (latency === undefined) return [];
  const { milliseconds, answeredAtLeast } = latency;
  const share = (seen.answeredInTime ?? 0) / seen.requests;
  return share >= answeredAtLeast
    ? []
    : [
        `${service}: ${percent(share)} answered within ${milliseconds} ms, at least ${percent(answeredAtLeast)} must`,
      ];
}

function failedShare({ failed, requests }: ServiceFigures): number {
  return requests === 0 ? 0 : failed / requests;
}

/** Without zeros at the end: 0.05 %, 95 %. */
function percent(share: number): string {
  return `${Number((share * 100).toFixed(3))} %`;
}
