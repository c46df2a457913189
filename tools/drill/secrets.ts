import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { nextVariable, previousVariable } from "../../components/shared/secret-names";
import { establishFolder } from "./cluster/definitions";
import { startControlPlane } from "./control-plane";
import { goFiles, goTool } from "./go-tools";
import { freePorts, onStage, type Stage } from "./processes";
import { pythonTool } from "./python-tools";
import type { Drill, DrillContext } from "./registry";
import { refreshSeconds, startController } from "./secrets/cluster";
import { writeSet } from "./secrets/credentials";
import { readSecret, startEmulator, type Emulator } from "./secrets/emulator";
import { tryMigration, tryRestart, tryUnfilled } from "./secrets/migration";
import { planSecrets, type ExternalSecret, type PlannedSecrets } from "./secrets/planned";
import { rotateSecret, unpackRotation } from "./secrets/rotation";
import { tryStrangers } from "./secrets/strangers";
import { arrive, environment, findExternalSecret, idOf, type Trial } from "./secrets/trial";

export const secretsDrill: Drill = {
  name: "secrets",
  summary:
    "credentials from a Compose file to the pods' Secrets, and a rotation, with the real controller",
  run: async (context) => {
    const planned = await planSecrets(context.projectDirectory, environment);
    await onStage("secrets", (stage) => trySecrets(context, stage, planned));
  },
};

async function trySecrets(
  context: DrillContext,
  stage: Stage,
  planned: PlannedSecrets,
): Promise<void> {
  const trial = await openTrial(context, stage, planned);
  try {
    await tryUnfilled(trial);
    const expected = await tryMigration(trial);
    await tryRestart(trial, expected);
    await tryRotation(trial, "automatrix-api", "signing-key");
    await tryStrangers(trial, { own: "relaycore", other: "automatrix-api", secret: "openai" });
  } finally {
    trial.controlPlane.api.close();
    trial.emulator.client.destroy();
  }
}

async function openTrial(
  context: DrillContext,
  stage: Stage,
  planned: PlannedSecrets,
): Promise<Trial> {
  const { projectDirectory, say } = context;
  const python = await pythonTool("moto", context);
  const program = await goTool("external-secrets", context);
  const definitions = await goFiles("external-secrets", context);
  const controlPlane = await startControlPlane(stage, context, { issuer: planned.issuer });
  say(`the API server is ready after ${controlPlane.startSeconds.toFixed(1)} s`);
  const [port = 0] = await freePorts(1);
  const issuerKey = controlPlane.serviceAccountKey;
  const rotation = unpackRotation(stage, projectDirectory);
  const startAws = (): Promise<Emulator> =>
    startEmulator(stage, { projectDirectory, python, port, issuerKey, planned, rotation });
  const emulator = await startAws();
  await establishFolder(controlPlane.api, definitions);
  const controller = await startController(stage, { program, controlPlane, emulator });
  const source = join(projectDirectory, "tests/drills/secrets");
  return {
    ...{ context, stage, planned, controlPlane, controller, startAws, emulator },
    set: writeSet(source, join(stage.folder, "compose")),
  };
}

/** As many times, at other moments between two looks of the controller. */
const rotations = 5;

/** The function rotates; the time until pods could have the new key is what this drill is for. */
async function tryRotation(trial: Trial, service: string, secret: string): Promise<void> {
  const { context, planned } = trial;
  const object = findExternalSecret(planned, `${service}-${secret}`);
  const staleness: number[] = [];
  for (let index = 0; index < rotations; index += 1) {
    await sleep((1000 * refreshSeconds * index) / rotations);
    staleness.push(await rotateOnce(trial, object));
  }
  staleness.sort((one, other) => one - other);
  const [shortest = 0, longest = 0] = [staleness.at(0), staleness.at(-1)];
  context.held(
    `${rotations} rotations of the ${secret} of ${service} are in the cluster ${shortest.toFixed(1)} to ` +
      `${longest.toFixed(1)} s after they began, each with the key before and the key after beside it ` +
      `(the controller looks every ${refreshSeconds} s here, every ${object.spec.refreshInterval} as planned)`,
  );
}

/** Seconds from the start of the rotation until the cluster has what came of it. */
async function rotateOnce(trial: Trial, object: ExternalSecret): Promise<number> {
  const { emulator } = trial;
  const [first] = object.spec.data;
  if (first === undefined) throw new Error(`${idOf(object)}: carries no variable`);
  const { key } = first.remoteRef;
  const variable = first.secretKey;
  const before = await readSecret(emulator, key);
  const start = performance.now();
  await rotateSecret(emulator, key);
  const after = await readSecret(emulator, key);
  const [current, previous, next] = [
    variable,
    previousVariable(variable),
    nextVariable(variable),
  ] as const;
  if (after[previous] !== before[current] || after[current] === before[current])
    throw new Error(`${key}: its rotation did not keep the key of before`);
  if (after[current] !== before[next] || after[next] === before[next])
    throw new Error(`${key}: its rotation took another key than the one that was announced`);
  await arrive(trial, new Map([[idOf(object), after]]));
  return (performance.now() - start) / 1000;
}
