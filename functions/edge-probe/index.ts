import { type Pace, runBurst } from "./burst";
import { type Finding, probeOrigin } from "./findings";
import { metricLine } from "./metrics";
import { parsePlan, type ProbePlan } from "./plan";

/** What a run leaves to others; tests hurry and listen. */
export interface Surroundings {
  readonly write: (line: string) => void;
  readonly timeoutMilliseconds?: number;
  readonly pace?: Pace;
}

/**
 * Sends harmless attacks to the public hosts and counts, as metrics, how many the firewall refused. That some were not is
 * for the alarm to say: the run itself fails only where it could not be made.
 */
export async function handler(): Promise<void> {
  await runProbes(parsePlan(process.env["PROBE_PLAN"]), {
    // As it is: a line that the runtime wraps would carry no metrics.
    write: (line) => process.stdout.write(`${line}\n`),
  });
}

export async function runProbes(plan: ProbePlan, surroundings: Surroundings): Promise<void> {
  const { write, timeoutMilliseconds, pace } = surroundings;
  const byHost = new Map<string, Finding[]>();
  for (const origin of plan.origins)
    byHost.set(new URL(origin).host, await probeOrigin(origin, plan.attacks, timeoutMilliseconds));
  // Last, since every request of this address is refused after it for a while.
  if (plan.burst !== undefined) {
    const { host } = new URL(plan.burst.origin);
    byHost.set(host, [...(byHost.get(host) ?? []), await runBurst(plan.burst, pace)]);
  }
  for (const [host, findings] of byHost)
    write(metricLine({ environment: plan.environment, host, findings }, new Date()));
}
