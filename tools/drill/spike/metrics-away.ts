import { setTimeout as sleep } from "node:timers/promises";
import type { SpikeTrial } from "../spike";

/** Longer than KEDA takes to give a source up, and than the autoscaler takes to act on it. */
const awaySeconds = 60;

/** Under load, the source of metrics goes away: what it scaled stays at least at the planned fallback. */
export async function tryAway({ world, prometheus, hit }: SpikeTrial): Promise<void> {
  const { context, recorder } = world;
  if (prometheus.queries().length === 0) {
    context.say("no planned trigger asks Prometheus: that it is away cannot be tried");
    return;
  }
  recorder.mark("Prometheus is away");
  const before = recorder.now();
  const from = recorder.samples.length;
  prometheus.setAvailable(false);
  await sleep(awaySeconds * 1000);
  const samples = [before, ...recorder.samples.slice(from)];
  const fewest = hit.map((name) => Math.min(...samples.map(({ ready }) => ready[name] ?? 0)));
  const lost = hit.filter((name, index) => (fewest[index] ?? 0) < (before.ready[name] ?? 0));
  prometheus.setAvailable(true);
  recorder.mark("Prometheus is back");
  if (lost.length > 0)
    throw new Error(`without Prometheus ${lost.join(", ")} lost pods while the load was high`);
  context.held(
    `Prometheus away for ${awaySeconds} s at the height of the load: ${hit.join(" and ")} keep their ` +
      `${fewest.join(" and ")} pods`,
  );
}
