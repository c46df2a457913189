import { expect } from "chai";
import type { ChildProcess } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { notFilledValue } from "../../../components/shared/secret-names";
import { withFolder } from "../run-cli";
import { canary, writeFiles } from "./compose-fixture";
import { startFakeSecretsManager } from "./fake-secrets-manager";
import { filesWithCanaries, runSecrets } from "./run-secrets";

const compose = `services:
  relaycore:
    environment:
      SECRET_KEY: ${canary.relaySigning}
      OPENAI_API_KEY: ${canary.openAi}
`;
const [signing, openAi] = [
  "auterity/dev/relaycore/signing-key",
  "auterity/dev/relaycore/openai",
] as const;
/** Two secrets: both are read, then each is written, read back, and its version before read. */
const callsOfARun = 8;

/** Everything that a finished migration leaves. */
async function stateAfterKill(
  at: number | undefined,
  when: "before" | "after",
): Promise<{ readonly end: object; readonly killed: boolean }> {
  const aws = await startFakeSecretsManager();
  try {
    return await withFolder(async (folder) => {
      writeFiles(folder, { "docker-compose.yml": compose });
      aws.create(signing, notFilledValue);
      aws.create(openAi, JSON.stringify({ OTHER: "kept" }));
      const args = ["migrate", "docker-compose.yml", "--env", "dev"];
      let child: ChildProcess | undefined;
      aws.fault = (_call, number) =>
        number !== at
          ? undefined
          : (answer, request) => {
              // Before: the request is lost. After: it was carried out, and its answer is lost.
              if (when === "after") answer();
              child?.kill("SIGKILL");
              request.socket.destroy();
            };
      const first = await runSecrets({
        args,
        folder,
        endpoint: aws.url,
        started: (it) => (child = it),
      });
      aws.fault = () => undefined;
      expect(filesWithCanaries(folder, ["docker-compose.yml"])).to.deep.equal([]);
      const second = await runSecrets({ args, folder, endpoint: aws.url });
      expect([second.code, second.stderr]).to.deep.equal([0, ""]);
      const file = (name: string): string => readFileSync(join(folder, name), "utf8");
      const state = JSON.parse(file("out/secrets/dev/migration-state.json")) as { secrets: object };
      return {
        killed: first.code === null,
        end: {
          values: [aws.valueOf(signing), aws.valueOf(openAi)],
          versions: [aws.versionCount(signing), aws.versionCount(openAi)],
          cleaned: file("docker-compose.cleaned.yaml"),
          report: file("out/secrets/dev/migration.json"),
          text: file("out/secrets/dev/migration.md"),
          recorded: Object.keys(state.secrets).sort(),
        },
      };
    });
  } finally {
    await aws.stop();
  }
}

describe("secrets migrate, killed and started again", () => {
  it("ends in the same state, killed at any call, before it arrives and after it was carried out", async () => {
    const { end: whole } = await stateAfterKill(undefined, "before");
    expect(whole).to.deep.include({
      values: [
        { SECRET_KEY: canary.relaySigning },
        { OTHER: "kept", OPENAI_API_KEY: canary.openAi },
      ],
      versions: [2, 2],
      recorded: [openAi, signing],
    });
    for (let call = 0; call < callsOfARun; call += 1)
      for (const when of ["before", "after"] as const) {
        const { end, killed } = await stateAfterKill(call, when);
        expect(killed, `killed at call ${call}`).to.equal(true);
        expect(end, `killed ${when} call ${call}`).to.deep.equal(whole);
      }
    const { killed } = await stateAfterKill(callsOfARun, "before");
    expect(killed, "there are no more calls in a run").to.equal(false);
  }).timeout(180_000);
});
