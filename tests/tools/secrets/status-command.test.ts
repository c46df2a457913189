import { expect } from "chai";
import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openSecretStore } from "../../../tools/secrets/secret-store";
import { showStatus } from "../../../tools/secrets/status";
import { withFolder } from "../run-cli";
import type { FakeSecretsManager } from "./fake-secrets-manager";
import { canariesIn, runSecrets } from "./run-secrets";
import { declared, dev, fill, now, onAws } from "./status-stage";

describe("secrets status", () => {
  it("has nothing to tell of a catalogue without secrets", () =>
    onAws(async (aws) => {
      const lines: string[] = [];
      const store = openSecretStore({ region: "us-west-2", endpointUrl: aws.url });
      const target = { ...dev, accountId: "1" };
      const say = (line: string): void => void lines.push(line);
      const code = await showStatus({
        target,
        records: [],
        cluster: undefined,
        store,
        now,
        json: false,
        say,
      });
      expect([code, lines.at(-1), aws.calls]).to.deep.equal([
        0,
        "0 secrets, 0 of them need somebody",
        [],
      ]);
    }));

  const run = (aws: FakeSecretsManager, folder: string, extra: readonly string[] = []) =>
    runSecrets({
      args: ["status", "--env", "dev", ...extra],
      folder,
      endpoint: aws.url,
      environment: { PATH: `${folder}:${process.env["PATH"] ?? ""}` },
    });
  const fillAll = (aws: FakeSecretsManager): void => {
    for (const secret of declared) fill(aws, secret, (now.getTime() - Date.now()) / 86_400_000);
  };

  it("passes when every secret is as it should be, and shows no value", () =>
    onAws((aws) =>
      withFolder(async (folder) => {
        fillAll(aws);
        const { code, stdout, stderr } = await run(aws, folder);
        expect([code, stderr, canariesIn(stdout)]).to.deep.equal([0, "", []]);
        expect(stdout).to.contain(`${declared.length} secrets, 0 of them need somebody\n`);
      }),
    ));

  it("fails for one that is missing, as text and as JSON", () =>
    onAws((aws) =>
      withFolder(async (folder) => {
        fillAll(aws);
        aws.secrets.delete("auterity/dev/relaycore/openai");
        const text = await run(aws, folder);
        expect(text.code).to.equal(1);
        expect(text.stdout).to.contain(
          "auterity/dev/relaycore/openai: missing: deploy the environment\n",
        );
        const json = await run(aws, folder, ["--json"]);
        const document = JSON.parse(json.stdout) as {
          passed: boolean;
          secrets: { path: string; filled: string }[];
        };
        expect([json.code, document.passed, document.secrets.length]).to.deep.equal([
          1,
          false,
          declared.length,
        ]);
        expect(
          document.secrets.find(({ path }) => path.endsWith("relaycore/openai"))?.filled,
        ).to.equal("missing");
      }),
    ));

  it("asks the cluster when each was synced last", () =>
    onAws((aws) =>
      withFolder(async (folder) => {
        fillAll(aws);
        const items = declared.slice(1).map((secret) => ({
          metadata: { name: "any", namespace: secret.namespace },
          spec: { target: { name: secret.kubernetesName } },
          status: {
            refreshTime: "2026-07-01T10:20:30Z",
            conditions: [{ type: "Ready", status: "True" }],
          },
        }));
        writeFileSync(join(folder, "answer.json"), JSON.stringify({ items }));
        const kubectl = join(folder, "kubectl");
        writeFileSync(
          kubectl,
          `#!/bin/sh\necho "$@" > ${folder}/asked\ncat ${folder}/answer.json\n`,
        );
        chmodSync(kubectl, 0o755);
        const { code, stdout } = await run(aws, folder, ["--kubeconfig", "k", "--context", "c"]);
        expect(code).to.equal(1);
        expect(stdout).to.contain("2026-07-01T10:20Z");
        expect(stdout).to.contain(`${declared[0]!.path}: is not synced into the cluster\n`);
        expect(stdout).to.contain(`${declared.length} secrets, 1 of them need somebody\n`);
      }),
    ));

  it("says why the cluster or AWS cannot be asked", () =>
    onAws((aws) =>
      withFolder(async (folder) => {
        writeFileSync(
          join(folder, "kubectl"),
          "#!/bin/sh\necho 'error: no context c' >&2\nexit 1\n",
          { mode: 0o755 },
        );
        const cluster = await run(aws, folder, ["--context", "c"]);
        expect([cluster.code, cluster.stderr]).to.deep.equal([
          1,
          "error: the cluster cannot be asked:\n  - kubectl failed: error: no context c\n",
        ]);
        aws.fault = () => ({ status: 400, type: "ExpiredTokenException" });
        const { code, stderr } = await run(aws, folder);
        expect([code, stderr]).to.deep.equal([
          1,
          `error: the secrets cannot be read:\n  - ${declared[0]!.path}: the session has expired: sign in again (ExpiredTokenException)\n`,
        ]);
      }),
    ));
});
