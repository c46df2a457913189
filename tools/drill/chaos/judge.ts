import type { Tier } from "../../../components/shared/service-record";
import type { Sample } from "../cluster/recorder";

export type Manner = "killed" | "evicted" | "on a lost node" | "one more wanted";

/** Something that was done to one pod of a service, at the moment before it was done. */
export interface Strike {
  readonly seconds: number;
  readonly service: string;
  readonly manner: Manner;
}

/**
 * A strike explains one missing pod for so long, then the pod has to be back. What stood on a node that is gone is given
 * up after 40 s, which the controllers look for every 20 s; the rest is for machines that are busy.
 */
const boundSeconds: Readonly<Record<Manner, number>> = {
  killed: 45,
  evicted: 45,
  "one more wanted": 45,
  "on a lost node": 120,
};

export interface Judged {
  readonly name: string;
  readonly tier: Tier;
}

/** Ready pods of a critical service are missing for longer, or in greater number, than what was done to it explains. */
export function unexplained(
  samples: readonly Sample[],
  strikes: readonly Strike[],
  services: readonly Judged[],
): string[] {
  return services
    .filter(({ tier }) => tier === "critical")
    .flatMap(({ name }) => firstUnexplained(samples, strikes, name) ?? []);
}

function firstUnexplained(
  samples: readonly Sample[],
  strikes: readonly Strike[],
  name: string,
): string | undefined {
  const own = strikes.filter(({ service }) => service === name);
  for (const [index, { seconds, ready, wanted }] of samples.entries()) {
    const has = ready[name] ?? 0;
    const should = wanted[name] ?? 0;
    // A state lasts until the next sample; what explained it may run out before.
    const until = samples[index + 1]?.seconds ?? seconds;
    for (const moment of [seconds, until]) {
      const excuses = own.filter(
        (strike) =>
          strike.seconds <= moment && moment < strike.seconds + boundSeconds[strike.manner],
      ).length;
      if (should - has > excuses)
        return `${name}: ${has} of ${should} pods ready at ${moment.toFixed(1)} s, ${excuses} strikes explain a missing one`;
    }
  }
  return undefined;
}

/** An eviction that the API accepted, with what was ready just before and what its budget keeps. */
export interface Eviction {
  readonly service: string;
  readonly ready: number;
  readonly floor: number;
}

/** Evictions that took a service below the floor of its budget. */
export function belowFloor(evictions: readonly Eviction[]): string[] {
  return evictions
    .filter(({ ready, floor }) => ready - 1 < floor)
    .map(
      ({ service, ready, floor }) =>
        `${service}: an eviction left ${ready - 1} pods ready, its budget keeps ${floor}`,
    );
}

/** Longest that a service had fewer ready pods than wanted, in seconds, by service. */
export function longestWeakness(samples: readonly Sample[], name: string): number {
  let longest = 0;
  let since: number | undefined;
  for (const { seconds, ready, wanted } of samples) {
    const whole = (ready[name] ?? 0) >= (wanted[name] ?? 0);
    if (whole && since !== undefined) longest = Math.max(longest, seconds - since);
    if (whole) since = undefined;
    else since ??= seconds;
  }
  const last = samples.at(-1)?.seconds ?? 0;
  return since === undefined ? longest : Math.max(longest, last - since);
}
