import { expect } from "chai";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { receiverOwners } from "../../../stacks/observability/receiver-secrets";
import { services } from "../../../stacks/services";
import { replaceKey } from "../../../tools/secrets/replace";
import { withFolder, type Ended } from "../run-cli";
import { canary } from "./compose-fixture";
import { startFakeSecretsManager, type FakeSecretsManager } from "./fake-secrets-manager";
import { canariesIn, runSecrets } from "./run-secrets";
import { dev } from "./status-stage";

const [automatrix, relaycore] = [
  "auterity/dev/automatrix-api/openai",
  "auterity/dev/relaycore/openai",
] as const;
const twilio = "auterity/dev/automatrix-api/twilio";

interface Stage {
  readonly aws: FakeSecretsManager;
  readonly folder: string;
  readonly run: (args: readonly string[], stdin?: string) => Promise<Ended>;
}

async function onStage(act: (stage: Stage) => Promise<void>): Promise<void> {
  const aws = await startFakeSecretsManager();
  try {
    aws.create(automatrix, '{"OPENAI_API_KEY":"older"}');
    aws.create(relaycore, '{"OPENAI_API_KEY":"older","OTHER":"kept"}');
    aws.create(twilio, '{"TWILIO_ACCOUNT_SID":"AC1","TWILIO_AUTH_TOKEN":"older"}');
    await withFolder(async (folder) => {
      const run = async (args: readonly string[], stdin = `${canary.openAi}\n`): Promise<Ended> => {
        const ended = await runSecrets({
          args: ["replace", "--env", "dev", ...args],
          folder,
          endpoint: aws.url,
          stdin,
        });
        expect(canariesIn(ended.stdout + ended.stderr)).to.deep.equal([]);
        return ended;
      };
      await act({ aws, folder, run });
    });
  } finally {
    await aws.stop();
  }
}

describe("secrets replace", () => {
  it("asks nobody for a value that it could not use", async () => {
    const never = (): never => {
      throw new Error("asked");
    };
    const failure = await replaceKey({
      ...{ secret: "nothing", variable: undefined, records: services, anyOrigin: false },
      target: { ...dev, accountId: undefined },
      ...{ forcePlaceholders: false, readValue: never, openStore: never, say: never },
    }).then(String, (error: unknown) => (error as Error).message);
    expect(failure).to.match(/^the secret is unknown:/);
  });

  it("refuses what the deployment fills, without asking for a value", async () => {
    const never = (): never => {
      throw new Error("asked");
    };
    const [owner] = receiverOwners({
      ...{ receivers: "teams", pagerDutyTeams: ["platform"] },
      pagerDuty: { services: "managed", teams: {}, maintenanceWindows: {} },
    });
    const failure = await replaceKey({
      ...{ secret: "alert/pagerduty", variable: undefined, records: [owner!], anyOrigin: true },
      target: { ...dev, accountId: undefined },
      ...{ forcePlaceholders: false, readValue: never, openStore: never, say: never },
    }).then(String, (error: unknown) => (error as Error).message);
    expect(failure).to.equal(
      "the key cannot be replaced:\n  - auterity/dev/alert/pagerduty: is filled by the deployment, which gets it from its issuer (docs/paging.md)",
    );
  });

  it("knows the receivers of alerts, where an environment has some", async () => {
    const ended = await withFolder((folder) =>
      runSecrets({
        args: ["replace", "--env", "prod", "alert/receivers", "--variable", "chat"],
        ...{ folder, endpoint: "http://127.0.0.1:1", stdin: canary.openAi },
      }),
    );
    expect(ended.stderr).to.contain(
      'auterity/prod/alert/receivers: --variable: got "chat", need one of chat-url, dead-mans-switch-url, pagerduty-platform, ',
    );
  });

  it("refuses replicas without asking for a value", () =>
    onStage(async ({ aws, run }) => {
      const { code, stderr } = await run(["openai", "--env", "recovery"], "");
      expect(code).to.equal(1);
      expect(stderr).to.match(/^error: replicas cannot be written:\n.* with --env prod\n/);
      expect(aws.calls).to.deep.equal([]);
    }));

  it("takes a key from a pipe, for every service that asks for it, and keeps the version before", () =>
    onStage(async ({ aws, run }) => {
      const { code, stdout, stderr } = await run(["openai"]);
      expect([code, stderr]).to.deep.equal([0, ""]);
      expect(aws.valueOf(automatrix)).to.deep.equal({ OPENAI_API_KEY: canary.openAi });
      expect(aws.valueOf(relaycore)).to.deep.equal({
        OPENAI_API_KEY: canary.openAi,
        OTHER: "kept",
      });
      expect(stdout).to.match(
        /auterity\/dev\/relaycore\/openai: version [0-9a-f-]{36} is current, version-0 stays as AWSPREVIOUS\n/,
      );
    }));

  it("takes a key from a file, for one service and one of its variables", () =>
    onStage(async ({ aws, folder, run }) => {
      writeFileSync(join(folder, "key"), `${canary.twilioToken}\n`);
      const { code } = await run([
        "automatrix-api/twilio",
        "--variable",
        "TWILIO_AUTH_TOKEN",
        "--file",
        "key",
      ]);
      expect([code, aws.valueOf(twilio)]).to.deep.equal([
        0,
        { TWILIO_ACCOUNT_SID: "AC1", TWILIO_AUTH_TOKEN: canary.twilioToken },
      ]);
    }));

  it("makes no version of a value that is there, but brings an older one back", () =>
    onStage(async ({ aws, run }) => {
      await run(["relaycore/openai"]);
      const again = await run(["relaycore/openai"]);
      expect(again.stdout).to.contain(`${relaycore}: holds this value already\n`);
      expect(aws.versionCount(relaycore)).to.equal(2);
      await run(["relaycore/openai"], "older");
      expect(aws.valueOf(relaycore)).to.deep.equal({ OPENAI_API_KEY: "older", OTHER: "kept" });
    }));

  const refusals: readonly (readonly [string, readonly string[], string, RegExp])[] = [
    [
      "an unknown secret",
      ["nothing"],
      "x",
      /secret: got "nothing", need one of automatrix-api\/database, /,
    ],
    [
      "one that rotates by itself",
      ["relaycore/signing-key"],
      "x",
      /signing-key: is of the origin generated and rotates by itself; a new one: aws secretsmanager rotate-secret --secret-id auterity\/dev\/relaycore\/signing-key; --any-origin replaces it all the same\n$/,
    ],
    [
      "a user of a store",
      ["automatrix-api/database"],
      "x",
      /automatrix-api\/database: is of the origin database-user, made and rotated by the platform; a new one: aws secretsmanager rotate-secret --secret-id auterity\/dev\/automatrix-api\/database\n$/,
    ],
    [
      "several variables",
      ["twilio"],
      "x",
      /has several variables, name one with --variable: TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN/,
    ],
    [
      "an unknown variable",
      ["twilio", "--variable", "X"],
      "x",
      /--variable: got "X", need one of TWILIO_ACCOUNT_SID, /,
    ],
    [
      "services that differ",
      ["anthropic", "--variable", "CLAUDE_API_KEY"],
      "x",
      /relaycore\/anthropic: --variable: got "CLAUDE_API_KEY"/,
    ],
    ["an empty value", ["openai"], "", /OPENAI_API_KEY: is empty/],
    [
      "a placeholder",
      ["openai"],
      "your_openai_key_here",
      /is a placeholder \(--force-placeholders takes it as it is\)/,
    ],
    ["blanks around", ["openai"], ` ${canary.openAi}`, /begins or ends with blanks/],
    ["several lines", ["openai"], `${canary.openAi}\nx`, /has several lines, need one/],
    ["control characters", ["openai"], `${canary.openAi}\u0007x`, /holds control characters/],
    ["a file that is missing", ["openai", "--file", "none"], "", /none: does not exist/],
    [
      "a value above 64 KiB",
      ["openai"],
      canary.openAi.repeat(2000),
      /would hold \d+ bytes, need at most 65536/,
    ],
  ];
  for (const [what, args, stdin, expected] of refusals)
    it(`refuses ${what}, and changes nothing`, () =>
      onStage(async ({ aws, run }) => {
        const { code, stderr } = await run(args, stdin);
        expect(code).to.equal(1);
        expect(stderr).to.match(expected);
        expect(aws.calls.filter(({ operation }) => operation === "PutSecretValue")).to.deep.equal(
          [],
        );
      }));

  it("says which services have the new key when one fails", () =>
    onStage(async ({ aws, run }) => {
      aws.fault = ({ operation, secret }) =>
        operation === "PutSecretValue" && secret === relaycore
          ? { status: 400, type: "EncryptionFailure", message: canary.openAi }
          : undefined;
      const { code, stdout } = await run(["openai"]);
      expect(code).to.equal(1);
      expect(stdout).to.contain(`not done: ${relaycore}: its key cannot be used to encrypt`);
      expect(stdout).to.contain("done: 1 of 2 secrets; run again for the rest\n");
    }));
});
