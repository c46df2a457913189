import { fullStrength, type World } from "../cluster/world";
import { belowFloor } from "./judge";
import { evictCounted, noHavoc, readyPods, serviceOf } from "./strikes";

/** A judge that never refuses proves nothing: with a service's budget taken away, the same evictions have to be found. */
export async function withoutBudget(world: World): Promise<void> {
  const { api, context, recorder, services } = world;
  const service = services.find(
    ({ name, tier }) => tier === "critical" && (recorder.now().ready[name] ?? 0) > 2,
  );
  if (service === undefined) throw new Error("no critical service has more than two pods");
  const { name, namespace } = service;
  const budget = await api.read({
    ...{ apiVersion: "policy/v1", kind: "PodDisruptionBudget" },
    metadata: { name, namespace },
  });
  const floor = (budget as { status?: { desiredHealthy?: number } } | undefined)?.status
    ?.desiredHealthy;
  if (budget === undefined || floor === undefined) throw new Error(`${name} has no budget`);
  recorder.mark(`${name} without its budget`);
  await api.remove(budget);
  const havoc = noHavoc();
  // One after the other, each before the pod of the one before is back.
  for (const pod of readyPods(world).filter((one) => serviceOf(one) === name))
    await evictCounted(world, havoc, { pod, kept: floor });
  const found = belowFloor(havoc.evictions);
  if (found.length === 0) throw new Error(`${name}: nobody noticed that its budget was away`);
  context.held(
    `without its budget ${name} loses ${havoc.counts.evicted} pods at once, below the ${floor} that it keeps: noticed`,
  );
  await fullStrength(world, 120);
}
