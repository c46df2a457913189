import { expect } from "chai";
import { notFilledValue } from "../../../components/shared/secret-names";
import { withFolder, type Ended } from "../run-cli";
import { createEmptySecrets, filled, files, writeFiles } from "./compose-fixture";
import { startFakeSecretsManager, type FakeSecretsManager } from "./fake-secrets-manager";
import { canariesIn, filesWithCanaries, runSecrets } from "./run-secrets";

const args = [
  "migrate",
  "docker-compose.yml",
  "--env",
  "dev",
  "--map",
  "celery_worker=automatrix-worker",
];
export const own = Object.keys(files);

export interface Stage {
  readonly aws: FakeSecretsManager;
  readonly folder: string;
  readonly run: (extra?: readonly string[], environment?: Record<string, string>) => Promise<Ended>;
}

/** A folder with the fixture and an emulator with its empty secrets; afterwards no value may stand anywhere. */
export async function onStage(act: (stage: Stage) => Promise<void>): Promise<void> {
  const aws = await startFakeSecretsManager();
  try {
    await withFolder(async (folder) => {
      writeFiles(folder);
      createEmptySecrets(aws);
      const run = async (
        extra: readonly string[] = [],
        environment: Record<string, string> = {},
      ): Promise<Ended> => {
        const ended = await runSecrets({
          args: [...args, ...extra],
          folder,
          endpoint: aws.url,
          environment,
        });
        expect(canariesIn(ended.stdout + ended.stderr)).to.deep.equal([]);
        expect(filesWithCanaries(folder, own)).to.deep.equal([]);
        return ended;
      };
      await act({ aws, folder, run });
    });
  } finally {
    await aws.stop();
  }
}

/** The current values of all secrets. */
export function contents(aws: FakeSecretsManager): Record<string, unknown> {
  return Object.fromEntries([...aws.secrets.keys()].map((name) => [name, aws.valueOf(name)]));
}
/** The same once the fixture is migrated. */
export const expected = {
  ...filled,
  "auterity/dev/automatrix-api/anthropic": JSON.parse(notFilledValue) as unknown,
};
