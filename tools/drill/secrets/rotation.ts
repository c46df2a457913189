import {
  DescribeSecretCommand,
  RotateSecretCommand,
  UpdateSecretVersionStageCommand,
} from "@aws-sdk/client-secrets-manager";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { bundleFunction } from "../../../components/shared/function-code";
import type { Stage } from "../processes";
import type { Emulator } from "./emulator";

/** What the runtime of a function does with an event. */
const runtime = `
const { handler } = require("./index.js");
handler(JSON.parse(process.argv[2])).catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
`;

/** Puts the function there as it is deployed, beside the SDK that Lambda would bring; how to run it. */
export function unpackRotation(stage: Stage, projectDirectory: string): string[] {
  const folder = join(stage.folder, "rotation");
  mkdirSync(folder);
  writeFileSync(join(folder, "index.js"), bundleFunction("rotation"));
  writeFileSync(join(folder, "runtime.js"), runtime);
  symlinkSync(join(projectDirectory, "node_modules"), join(folder, "node_modules"));
  return [process.execPath, join(folder, "runtime.js")];
}

/** Rotates a secret with our function; all four steps are done when this is. */
export async function rotateSecret({ client }: Emulator, secret: string): Promise<void> {
  await releasePending({ client }, secret);
  await client.send(
    new RotateSecretCommand({
      SecretId: secret,
      // The emulator has one function, whatever its name.
      RotationLambdaARN: "arn:aws:lambda:us-west-2:123456789012:function:rotation",
      RotationRules: { AutomaticallyAfterDays: 30 },
    }),
  );
}

/** The version in force may stay staged as the pending one after a rotation; unlike AWS, moto then refuses the next. */
async function releasePending({ client }: Pick<Emulator, "client">, secret: string): Promise<void> {
  const { VersionIdsToStages = {} } = await client.send(
    new DescribeSecretCommand({ SecretId: secret }),
  );
  for (const [RemoveFromVersionId, stages] of Object.entries(VersionIdsToStages))
    if (stages.includes("AWSPENDING"))
      await client.send(
        new UpdateSecretVersionStageCommand({
          ...{ SecretId: secret, VersionStage: "AWSPENDING", RemoveFromVersionId },
        }),
      );
}
