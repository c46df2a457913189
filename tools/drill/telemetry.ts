import { onStage } from "./processes";
import type { Drill, DrillContext } from "./registry";
import { arrive, loseAgent, loseGateways, sendAll } from "./telemetry/losses";
import { checkOwnMetrics } from "./telemetry/own-metrics";
import { planTelemetry } from "./telemetry/planned";
import { type Kind, makeRequest, type Request } from "./telemetry/requests";
import { checkMeasures, checkSampling, checkTrace, checkLines } from "./telemetry/ordinary";
import { checkRedaction, plant } from "./telemetry/redacted";
import { structured, write } from "./telemetry/lines";
import { buildPrograms, startWorld, type World } from "./telemetry/world";

export const telemetryDrill: Drill = {
  name: "telemetry",
  summary: "traces and logs through the planned collectors: sampled, measured, redacted, not lost",
  run: async (context) => {
    const programs = await buildPrograms(context);
    const planned = await planTelemetry(context.projectDirectory);
    await onStage("telemetry", async (stage) => {
      const world = await startWorld({ stage, planned, programs, context });
      try {
        await play(context, world, planned.gateway);
      } finally {
        await world.gate.stop();
      }
    });
  },
};

/** How many requests of each kind: so many that a wrong share is told from a right one. */
const ordinary: Readonly<Record<Kind, number>> = {
  healthy: 1200,
  own: 3000,
  failing: 100,
  slow: 100,
};

async function play(
  context: DrillContext,
  world: World,
  gateway: Parameters<typeof checkSampling>[1]["gateway"],
): Promise<void> {
  context.say("not here, and what stands for it:");
  for (const change of [...standIns, ...world.changes]) context.say(`  ${change}`);
  const requests = (Object.entries(ordinary) as [Kind, number][]).flatMap(([kind, count]) =>
    Array.from({ length: count }, () => makeRequest(kind)),
  );
  const began = performance.now();
  await sendAll(world, requests);
  const plants = await plant(world);
  writeLines(world, requests);
  await checkMeasures(context, world, requests);
  await checkLines(context, world, requests);
  const kept = await loseAgent(context, world);
  await checkTrace(context, world, { requests, began });
  await checkSampling(context, { world, requests, gateway });
  await checkRedaction(context, world, plants);
  await arrive(world, kept, "taken by the agent before it was killed");
  context.held(`all ${kept.length} traces that it had taken before are kept whole`);
  await loseGateways(context, world);
  await checkOwnMetrics(context, world);
}

const standIns = [
  "LOKI IS NOT TRIED: its licence keeps it out of what is built here. VictoriaLogs takes the same requests of the agent,",
  "  and keeps lines by the labels that are planned for Loki; Loki's own limits and queries are not tried",
  "Jaeger is 2 of release 1.76.0, planned is a newer one; traces are kept as in development, not in OpenSearch",
  "Prometheus is Debian's 2.42, and reads every 2 s",
];

/** Some of the requests say what they did, on each pod that they passed first. */
function writeLines({ places, pods }: World, requests: readonly Request[]): void {
  for (const { traceId, spans } of requests.filter(({ kind }) => kind === "failing"))
    for (const pod of pods.filter(({ name }) => name.endsWith("1"))) {
      const own = spans.find(({ service }) => service === pod.service);
      if (own !== undefined)
        write(places.logs, pod, [structured(pod, traceId, { spanId: own.spanId, status: 503 })]);
    }
}
