import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import { startControlPlane } from "../control-plane";
import { debianFiles } from "../debian-tools";
import { goTool } from "../go-tools";
import {
  answers,
  freePorts,
  type ProgramStart,
  type RunningProgram,
  type Stage,
  waitFor,
} from "../processes";
import type { ToolContext } from "../tool-cache";
import { LogGate } from "./log-gate";
import { drawPlaces, place, type Placed, type Places } from "./places";
import type { PlannedTelemetry } from "./planned";
import { agentKubeconfig, makePods, nodeName, type Pod } from "./pods";
import { Stores } from "./stores";

/** Everything that telemetry passes, running. */
export interface World {
  readonly places: Places;
  readonly changes: readonly string[];
  readonly pods: readonly Pod[];
  readonly stores: Stores;
  readonly gate: LogGate;
  readonly agent: Part;
  readonly gateways: readonly Part[];
  readonly jaeger: Part;
  /** What has to run while somebody waits for something. */
  readonly others: readonly RunningProgram[];
}

/** A program that ends and starts again with what it keeps on its disk. */
interface Part {
  running: RunningProgram;
  readonly start: () => Promise<void>;
}

interface Programs {
  readonly collector: string;
  readonly jaeger: string;
  readonly logs: string;
  readonly prometheus: string;
}

export async function buildPrograms(context: ToolContext): Promise<Programs> {
  return {
    collector: await goTool("otelcol", context),
    jaeger: await goTool("jaeger", context),
    logs: await goTool("victoria-logs", context),
    prometheus: join(await debianFiles("prometheus", context), "usr/bin/prometheus"),
  };
}

interface Start {
  readonly stage: Stage;
  readonly planned: PlannedTelemetry;
  readonly programs: Programs;
  readonly context: ToolContext;
}

export async function startWorld({ stage, planned, programs, context }: Start): Promise<World> {
  const places = drawPlaces(stage.folder, planned.gateways);
  for (const folder of [places.logs, places.agentDisk, places.jaegerDisk]) mkdirSync(folder);
  const placed = place(planned, places);
  const [logsPort = 0, prometheusPort = 0] = await freePorts(2);
  const logs = stage.start({
    name: "victoria-logs",
    program: programs.logs,
    args: [
      `-storageDataPath=${join(stage.folder, "logs")}`,
      `-httpListenAddr=127.0.0.1:${logsPort}`,
      "-retentionPeriod=7d",
    ],
  });
  const prometheus = startPrometheus({ stage, programs, places }, prometheusPort);
  const plane = await startControlPlane(stage, context);
  const pods = await makePods(plane.api, places);
  const kubeconfig = await agentKubeconfig(plane, planned.agentRules, stage.folder);
  const parts = await startParts({ stage, programs, places, placed, kubeconfig });
  const others = [logs, prometheus, ...plane.programs];
  for (const [what, url] of [
    ["the store of logs", `http://127.0.0.1:${logsPort}/health`],
    ["Prometheus", `http://127.0.0.1:${prometheusPort}/-/ready`],
  ] as const)
    await waitFor({ what, seconds: 120, needs: others }, () => answers(url));
  const streamFields = planned.indexLabels.join(",");
  const gate = await LogGate.start(places.loki, { port: logsPort, streamFields });
  const urls = [logsPort, prometheusPort].map((port) => `http://127.0.0.1:${port}`) as [
    string,
    string,
  ];
  const stores = new Stores(places, ...urls);
  return { places, changes: placed.changes, pods, stores, gate, ...parts, others };
}

interface PartsStart {
  readonly stage: Stage;
  readonly programs: Programs;
  readonly places: Places;
  readonly placed: Placed;
  readonly kubeconfig: string;
}

async function startParts({ stage, programs, places, placed, kubeconfig }: PartsStart) {
  const write = (name: string, configuration: object): string => {
    const file = join(stage.folder, `${name}.yaml`);
    writeFileSync(file, stringify(configuration, { lineWidth: 0 }));
    return file;
  };
  const agentFile = write("agent", placed.agent);
  const gatewayFile = write("gateway", placed.gateway);
  const jaegerFile = write("jaeger", placed.jaeger);
  const collector = (
    name: string,
    address: string,
    more: Pick<ProgramStart, "args" | "environment">,
  ): Promise<Part> =>
    startPart(`http://${address}:13133/`, () =>
      stage.start({
        name,
        program: programs.collector,
        args: more.args,
        environment: { MY_POD_IP: address, OTEL_K8S_NODE_NAME: nodeName, ...more.environment },
      }),
    );
  const [jaeger, agent, ...gateways] = await Promise.all([
    startPart(`http://${places.jaeger}:16686/`, () =>
      stage.start({ name: "jaeger", program: programs.jaeger, args: [`--config=${jaegerFile}`] }),
    ),
    collector("agent", places.agent, {
      args: [`--config=${agentFile}`, ...placed.agentArguments],
      environment: { KUBECONFIG: kubeconfig },
    }),
    ...places.gateways.map((address, index) =>
      collector(`gateway-${index + 1}`, address, { args: [`--config=${gatewayFile}`] }),
    ),
  ]);
  return { jaeger, agent, gateways };
}

async function startPart(healthUrl: string, run: () => RunningProgram): Promise<Part> {
  const ready = async (running: RunningProgram): Promise<void> => {
    const need = { what: `${running.name} to be well`, seconds: 120, needs: [running] };
    await waitFor(need, () => answers(healthUrl));
  };
  const part = {
    running: run(),
    start: async (): Promise<void> => {
      part.running = run();
      await ready(part.running);
    },
  };
  await ready(part.running);
  return part;
}

function startPrometheus(
  { stage, programs, places }: Pick<PartsStart, "stage" | "programs" | "places">,
  port: number,
): RunningProgram {
  const { agent, gateways, jaeger } = places;
  const job = (name: string, targets: readonly string[]): object => ({
    job_name: name,
    honor_labels: true,
    static_configs: [{ targets }],
  });
  writeFileSync(
    join(stage.folder, "prometheus.yaml"),
    stringify({
      global: { scrape_interval: "2s", scrape_timeout: "2s" },
      scrape_configs: [
        job(
          "spans",
          gateways.map((address) => `${address}:8889`),
        ),
        job(
          "collectors",
          [agent, ...gateways, jaeger].map((address) => `${address}:8888`),
        ),
      ],
    }),
  );
  return stage.start({
    name: "prometheus",
    program: programs.prometheus,
    args: [
      `--config.file=${join(stage.folder, "prometheus.yaml")}`,
      `--storage.tsdb.path=${join(stage.folder, "prometheus")}`,
      `--web.listen-address=127.0.0.1:${port}`,
    ],
  });
}
