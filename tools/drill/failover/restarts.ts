import { setTimeout as sleep } from "node:timers/promises";
import { startControllerManager, startScheduler } from "../cluster/controllers";
import { fullStrength, waitIn, type World } from "../cluster/world";
import { waitFor } from "../processes";

/** Long enough that a controller that still ran would have acted. */
const awaySeconds = 5;

/** Nobody schedules and nobody controls for a while, and a pod is lost meanwhile. */
export async function tryRestarts(world: World): Promise<void> {
  const { api, cluster, context, recorder, scheduler, stage } = world;
  recorder.mark("scheduler and controllers are killed, a pod is lost");
  await Promise.all([scheduler.kill(), cluster.controllerManager.kill()]);
  const before = recorder.pods().map(({ metadata }) => metadata.name);
  const lost = recorder
    .pods()
    .find((pod) => pod.metadata.labels?.["auterity.io/tier"] === "critical");
  if (lost === undefined) throw new Error("no critical pod runs");
  const { metadata } = lost;
  await api.remove({ apiVersion: "v1", kind: "Pod", metadata }, { gracePeriodSeconds: 0 });
  await waitFor(waitIn(world, "the pod to be gone", 20), () => {
    return !recorder.pods().some((pod) => pod.metadata.name === metadata.name) || undefined;
  });
  await sleep(awaySeconds * 1000);
  const others = before.filter((name) => name !== metadata.name);
  const standing = recorder.pods().map((pod) => pod.metadata.name);
  const gone = others.filter((name) => !standing.includes(name));
  const added = standing.filter((name) => !before.includes(name));
  if (gone.length + added.length > 0)
    throw new Error(`without controllers, gone: ${gone.join(", ")}; new: ${added.join(", ")}`);
  context.held(
    `without scheduler and controllers for ${awaySeconds} s all ${others.length} other pods go on, and nothing replaces ${metadata.name}`,
  );
  recorder.mark("scheduler and controllers are back");
  const controlPlane = cluster;
  await startControllerManager(stage, { context, controlPlane });
  await startScheduler(stage, { context, controlPlane });
  const seconds = await fullStrength(world, 120);
  const after = recorder.pods().map((pod) => pod.metadata.name);
  const moved = others.filter((name) => !after.includes(name));
  if (moved.length > 0) throw new Error(`the restart cost other pods: ${moved.join(", ")}`);
  context.held(
    `started again, they replace it in ${seconds.toFixed(1)} s and leave the others alone`,
  );
}
