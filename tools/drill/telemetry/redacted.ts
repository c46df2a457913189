import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { waitFor } from "../processes";
import type { DrillContext } from "../registry";
import { write } from "./lines";
import { send } from "./otlp";
import { makeRequest } from "./requests";
import type { Pod } from "./pods";
import { makePlants, type Planted, type Plants } from "./secrets";
import type { World } from "./world";

interface Sown extends Pick<Plants, "planted" | "kept"> {
  /** How many were written by which pod. */
  readonly lines: readonly { readonly pod: Pod; readonly count: number }[];
}

/** Sends a request that fails, with secrets in every place where one was thought of, and lines with more. */
export async function plant({ places, pods }: World): Promise<Sown> {
  const { traceId, spans } = makeRequest("failing");
  const [root] = spans;
  const pod = pods.find(({ service }) => service === root?.service);
  if (root === undefined || pod === undefined) throw new Error("nobody to send from");
  const plants = makePlants(traceId);
  const { resource, span } = plants;
  await send(places.agent, { pod, resource, spans: [{ ...root, ...span }] });
  const lines = pods
    .filter(({ name }) => name.endsWith("2"))
    .map((each) => {
      const own = plants.lines(each);
      write(places.logs, each, own);
      return { pod: each, count: own.join("\n").split("\n").length };
    });
  return { ...plants, lines };
}

/** Looks for every planted secret in all that arrived anywhere, and for what has to be there all the same. */
export async function checkRedaction(
  { held }: DrillContext,
  world: World,
  { planted, kept, lines }: Sown,
): Promise<void> {
  const { stores, others } = world;
  const logs = [world.agent, ...world.gateways, world.jaeger].map(({ running }) => running);
  const places = async (): Promise<readonly (readonly [string, string])[]> => [
    ["Jaeger", (await stores.tracesOf("automatrix-api")).text],
    ["the store of logs", (await stores.lines("*")).map((line) => JSON.stringify(line)).join("\n")],
    ["Prometheus", await stores.series()],
    ["the agent's queues", queuesOf(world.places.agentDisk)],
    [
      "what the collectors write",
      logs.map(({ logFile }) => readFileSync(logFile, "latin1")).join(""),
    ],
  ];
  // A line that fell out on the way has no secret either.
  for (const { pod, count } of lines)
    await waitFor({ what: `all lines of ${pod.name}`, seconds: 30, needs: others }, async () => {
      const found = await stores.lines(`"k8s.pod.name":="${pod.name}" -"counted"`);
      return found.length >= count || undefined;
    });
  let texts = await places();
  const missing = (): Planted[] =>
    kept.filter(({ secret }) => !texts.some(([, text]) => text.includes(secret)));
  await waitFor({ what: "what is no secret", seconds: 30, needs: others }, async () => {
    texts = await places();
    return missing().length === 0 || undefined;
  }).catch(() => {
    throw new Error(
      `taken out with the secrets: ${missing()
        .map(({ where }) => where)
        .join("; ")}`,
    );
  });
  const found = texts.flatMap(([store, text]) =>
    planted
      .filter(({ secret }) => text.includes(secret))
      .map(({ where }) => `${where} (in ${store})`),
  );
  if (found.length > 0) throw new Error(`not redacted: ${found.join("; ")}`);
  held(
    `none of ${planted.length} planted credentials and prompts is in a trace, a line, a label, in the agent's queues or in a log of the collectors; ${kept.length} harmless neighbours are`,
  );
}

/**
 * What waits to be sent. The file beside it, by which the agent knows files again, has the first thousand bytes of each as
 * they are, on the node that has the files themselves.
 */
function queuesOf(folder: string): string {
  const queues = readdirSync(folder).filter((name) => name.startsWith("exporter_"));
  if (queues.length < 2) throw new Error(`the agent keeps no queues on its disk: ${queues.join()}`);
  return queues.map((name) => readFileSync(join(folder, name), "latin1")).join("");
}
