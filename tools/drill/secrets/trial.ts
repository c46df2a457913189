import type { ControlPlane } from "../control-plane";
import type { KubernetesObject } from "../kubernetes-api";
import { waitFor, type RunningProgram, type Stage } from "../processes";
import type { DrillContext } from "../registry";
import { readClusterSecret, readReadiness } from "./cluster";
import { fingerprint, type WrittenSet } from "./credentials";
import type { Emulator } from "./emulator";
import type { ExternalSecret, PlannedSecrets } from "./planned";

export const environment = "dev";
export const syncSeconds = 90;

/** What runs, and what it runs with. */
export interface Trial {
  readonly context: DrillContext;
  readonly stage: Stage;
  readonly planned: PlannedSecrets;
  readonly set: WrittenSet;
  readonly controlPlane: ControlPlane;
  readonly controller: RunningProgram;
  /** Empty, as after a start: it is another one after a restart. */
  readonly startAws: () => Promise<Emulator>;
  emulator: Emulator;
}

/** By Secret of the cluster, `NAMESPACE/NAME`, what it has to hold by variable. */
export type Expected = ReadonlyMap<string, Readonly<Record<string, string>>>;

export function idOf({ metadata: { namespace = "", name } }: KubernetesObject): string {
  return `${namespace}/${name}`;
}

/** Waits until each Secret is as expected. */
export async function arrive(trial: Trial, expected: Expected): Promise<number> {
  const { controlPlane, emulator, controller, planned } = trial;
  const needs = [...controlPlane.programs, emulator.program, controller];
  const wait = { what: "the Secrets of the cluster", seconds: syncSeconds, needs };
  try {
    const { seconds } = await waitFor(wait, async () =>
      (await differing(trial, expected)).length === 0 ? true : undefined,
    );
    return seconds;
  } catch (error) {
    const states = await Promise.all(
      planned.externalSecrets.map(async (object) => {
        const state = await readReadiness(controlPlane.api, object);
        return `${idOf(object)}: ${state?.why ?? "nobody has looked at it"}`;
      }),
    );
    const wrong = await differing(trial, expected);
    throw new Error(["other values than expected:", ...wrong, ...states].join("\n    "), {
      cause: error,
    });
  }
}

/** What is not as expected, by name. */
export async function differing({ controlPlane }: Trial, expected: Expected): Promise<string[]> {
  const found: string[] = [];
  for (const [id, values] of expected) {
    const [namespace = "", name = ""] = id.split("/");
    const held = (await readClusterSecret(controlPlane.api, { namespace, name })) ?? {};
    for (const key of new Set([...Object.keys(values), ...Object.keys(held)]))
      if (fingerprint(values[key] ?? "") !== fingerprint(held[key] ?? ""))
        found.push(`${id} ${key}`);
  }
  return found;
}

export async function everySecret(
  { planned, controlPlane, controller }: Trial,
  accept: (ready: boolean) => boolean,
  what: string,
): Promise<void> {
  const needs = [...controlPlane.programs, controller];
  for (const object of planned.externalSecrets)
    await waitFor({ what: `${idOf(object)} ${what}`, seconds: syncSeconds, needs }, async () => {
      const state = await readReadiness(controlPlane.api, object);
      return state !== undefined && accept(state.ready) ? true : undefined;
    });
}

export function findExternalSecret(planned: PlannedSecrets, name: string): ExternalSecret {
  const found = planned.externalSecrets.find(({ metadata }) => metadata.name === name);
  if (found === undefined) throw new Error(`the plan has no ExternalSecret ${name}`);
  return found;
}
