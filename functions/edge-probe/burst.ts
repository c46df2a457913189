import { setTimeout as wait } from "node:timers/promises";
import { harmless } from "./attacks";
import type { Finding } from "./findings";
import type { BurstPlan } from "./plan";
import { type Answer, isRefusal, send } from "./request";

/** How a burst goes on; tests hurry. */
export interface Pace {
  /** Requests under way at a time. */
  readonly concurrency: number;
  /** Between two looks, once everything is sent. */
  readonly pauseMilliseconds: number;
  /** Looks after the last of the burst, until the limit must have been noticed. */
  readonly looks: number;
}

/**
 * A limit usually takes effect within 30 seconds after it was crossed, at times later: two minutes of looks.
 * @see https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-type-rate-based-caveats.html
 */
const defaultPace: Pace = { concurrency: 50, pauseMilliseconds: 5_000, looks: 24 };

/** More requests than the limit allows, until one is refused. */
export async function runBurst(
  { origin, requests }: BurstPlan,
  { concurrency, pauseMilliseconds, looks }: Pace = defaultPace,
): Promise<Finding> {
  const url = `${origin}${harmless}`;
  let answered = 0;
  let last: Answer = { failure: "nothing was sent" };
  for (let sent = 0; sent < requests; sent += concurrency) {
    const wave = Math.min(concurrency, requests - sent);
    const answers = await Promise.all(Array.from({ length: wave }, () => send(url)));
    const refused = answers.find(isRefusal);
    if (refused !== undefined) return { probe: "burst", outcome: "refused", ...refused };
    answered += answers.filter((answer) => "status" in answer).length;
    last = answers.at(-1) ?? last;
    // A host that does not answer is not made to by more requests.
    if (answered === 0) return { probe: "burst", outcome: "inconclusive", ...last };
  }
  for (let look = 0; look < looks; look += 1) {
    await wait(pauseMilliseconds);
    last = await send(url);
    if (isRefusal(last)) return { probe: "burst", outcome: "refused", ...last };
  }
  // Unanswered requests never counted towards the limit, so only a full burst was let through.
  const outcome = answered < requests ? "inconclusive" : "passed";
  return { probe: "burst", outcome, ...last };
}
