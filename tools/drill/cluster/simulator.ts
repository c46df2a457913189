import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseAllDocuments, stringify } from "yaml";
import type { ControlPlane } from "../control-plane";
import { goFiles, goTool } from "../go-tools";
import type { RunningProgram, Stage } from "../processes";
import type { ToolContext } from "../tool-cache";
import { zoneLabel } from "./nodes";

/**
 * From the moment a pod has a node until it is ready. Nothing is pulled and nothing starts here; real services take as
 * long as they take, up to what their records allow.
 */
export const startSeconds = 2;

/** The kubelets of a zone. Killing it is losing them: their leases run out, their pods say nothing any more. */
export interface ZoneSimulator {
  readonly zone: string;
  readonly start: () => void;
  readonly kill: () => Promise<void>;
  readonly program: () => RunningProgram;
}

export interface SimulatorArgs {
  readonly context: ToolContext;
  readonly controlPlane: ControlPlane;
  readonly zones: readonly string[];
}

export async function startSimulators(
  stage: Stage,
  { context, controlPlane, zones }: SimulatorArgs,
): Promise<ZoneSimulator[]> {
  const program = await goTool("kwok", context);
  const config = join(stage.folder, "stages.yaml");
  writeFileSync(config, stages(await goFiles("kwok", context)));
  return zones.map((zone, index) => {
    const start = (): RunningProgram =>
      stage.start({
        name: `kwok-${zone}`,
        program,
        args: [
          ...[`--config=${config}`, `--kubeconfig=${controlPlane.kubeconfig}`],
          "--manage-all-nodes=false",
          `--manage-nodes-with-label-selector=${zoneLabel}=${zone}`,
          // Kubelets renew their lease every 10 s, a quarter of this.
          "--node-lease-duration-seconds=40",
          ...[`--cidr=10.${100 + index}.0.0/16`, `--node-ip=10.${200 + index}.0.1`],
        ],
      });
    let running = start();
    return {
      zone,
      start: () => {
        running = start();
      },
      kill: () => running.kill(),
      program: () => running,
    };
  });
}

interface StageObject {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec: Readonly<Record<string, unknown>>;
}

/** The simulator's own stages of nodes and pods, with a start that takes time. */
function stages(folder: string): string {
  return readdirSync(folder)
    .filter((file) => file.endsWith(".yaml"))
    .flatMap((file) => parseAllDocuments(readFileSync(join(folder, file), "utf8")))
    .map((document) => document.toJS() as StageObject)
    .filter(({ kind }) => kind === "Stage")
    .map((object) =>
      object.metadata.name === "pod-ready"
        ? {
            ...object,
            spec: { ...object.spec, delay: { durationMilliseconds: startSeconds * 1000 } },
          }
        : object,
    )
    .map((object) => stringify(object))
    .join("---\n");
}
