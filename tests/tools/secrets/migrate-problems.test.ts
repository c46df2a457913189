import { expect } from "chai";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { services } from "../../../stacks/services";
import { migrate } from "../../../tools/secrets/migrate";
import { openSecretStore } from "../../../tools/secrets/secret-store";
import { readTargetEnvironment } from "../../../tools/secrets/target-environment";
import type { Ended } from "../run-cli";
import { canary, writeFiles } from "./compose-fixture";
import { account, type FakeSecretsManager } from "./fake-secrets-manager";
import { contents, expected, onStage } from "./migrate-stage";

describe("secrets migrate against what goes wrong", () => {
  const problems = (ended: Ended): string[] =>
    ended.stderr.split("\n").filter((line) => line.startsWith("  - "));
  const unchanged = (aws: FakeSecretsManager): void => {
    expect(aws.calls.filter(({ operation }) => operation === "PutSecretValue")).to.deep.equal([]);
  };

  it("lists every secret that is missing, denied or no JSON before it writes the first", () =>
    onStage(async ({ aws, folder, run }) => {
      aws.secrets.delete("auterity/dev/automatrix-api/slack");
      aws.create("auterity/dev/automatrix-api/openai", canary.openAi);
      aws.fault = ({ secret }) =>
        secret.endsWith("relaycore/signing-key")
          ? { status: 400, type: "AccessDeniedException", message: `no ${canary.relaySigning}` }
          : undefined;
      const ended = await run();
      expect(ended.code).to.equal(1);
      expect(problems(ended)).to.deep.equal([
        "  - auterity/dev/automatrix-api/openai: its value is no JSON, need a JSON object of texts, keyed by variable",
        "  - auterity/dev/automatrix-api/slack: does not exist: deploy the environment first, which creates it empty (ResourceNotFoundException)",
        "  - auterity/dev/relaycore/signing-key: the caller may not do this: the resource policy lets administrators of secrets in (docs/secrets.md) (AccessDeniedException)",
      ]);
      unchanged(aws);
      expect(existsSync(join(folder, "docker-compose.cleaned.yaml"))).to.equal(false);
    }));

  const access: readonly (readonly [string, string])[] = [
    ["ExpiredTokenException", "the session has expired: sign in again (ExpiredTokenException)"],
    [
      "UnrecognizedClientException",
      "AWS does not know the access key: sign in again (UnrecognizedClientException)",
    ],
  ];
  for (const [type, meaning] of access)
    it(`says once that there is no access: ${type}`, () =>
      onStage(async ({ aws, run }) => {
        aws.fault = () => ({ status: 400, type, message: canary.openAi });
        const ended = await run();
        expect([ended.code, problems(ended)[0]]).to.deep.equal([
          1,
          `  - auterity/dev/automatrix-api/browser: ${meaning}`,
        ]);
        expect(problems(ended)[1]).to.match(
          /^ {2}- not asked for any more: auterity\/dev\/automatrix-api\/openai, /,
        );
        expect(aws.calls).to.have.length(1);
      }));

  it("says that there are no credentials", () =>
    onStage(async ({ run }) => {
      const ended = await run([], { AWS_ACCESS_KEY_ID: "", AWS_SECRET_ACCESS_KEY: "" });
      expect([ended.code, problems(ended)[0]]).to.deep.equal([
        1,
        "  - auterity/dev/automatrix-api/browser: no AWS credentials were found: sign in, or set AWS_PROFILE (CredentialsProviderError)",
      ]);
    }));

  it("says that nothing listens at the endpoint", () =>
    onStage(async ({ run }) => {
      const ended = await run(["--endpoint-url", "http://127.0.0.1:1"]);
      expect(ended.code).to.equal(1);
      expect(problems(ended)[0]).to.contain(
        "the endpoint cannot be reached: check the address and the network (ECONNREFUSED)",
      );
    }));

  it("tries throttled and failing requests again", () =>
    onStage(async ({ aws, run }) => {
      let faults = 0;
      aws.fault = (_call, number) => {
        if (number % 7 !== 3 || faults >= 4) return undefined;
        faults += 1;
        return faults % 2 === 0
          ? { status: 500, type: "InternalServiceError" }
          : { status: 400, type: "ThrottlingException" };
      };
      const { code } = await run();
      expect([code, faults, contents(aws)]).to.deep.equal([0, 4, expected]);
    }));

  it("reports what is done and what is not when the service keeps failing, and goes on later", () =>
    onStage(async ({ aws, folder, run }) => {
      aws.fault = ({ operation, secret }) =>
        operation === "PutSecretValue" && secret.endsWith("automatrix-api/openai")
          ? { status: 500, type: "InternalServiceError", message: canary.openAi }
          : undefined;
      const failed = await run();
      expect(failed.code).to.equal(1);
      expect(failed.stdout).to.contain("done: 1 of 8 secrets; run again for the rest\n");
      expect(failed.stdout).to.contain(
        "not done: auterity/dev/automatrix-api/openai: Secrets Manager failed, also after retries: try again later (InternalServiceError)\n" +
          "not done: auterity/dev/automatrix-api/pinecone: not reached\n",
      );
      expect(existsSync(join(folder, "docker-compose.cleaned.yaml"))).to.equal(false);
      aws.fault = () => undefined;
      const { code, stdout } = await run();
      expect([code, contents(aws)]).to.deep.equal([0, expected]);
      expect(stdout).to.contain("writing 1/8 auterity/dev/automatrix-api/browser: already there");
    })).timeout(120_000);

  it("does not trust a write that the store contradicts", () =>
    onStage(async ({ aws, run }) => {
      const name = "auterity/dev/automatrix-api/openai";
      aws.fault = ({ operation, secret }) =>
        operation === "PutSecretValue" && secret === name
          ? (answer) => {
              answer();
              aws.secrets.get(name)?.versions.forEach((version) => (version.stages = []));
              aws.secrets.get(name)?.versions.set("theirs", {
                text: '{"X":"1"}',
                stages: ["AWSCURRENT"],
                createdAt: 1,
              });
            }
          : undefined;
      const { code, stdout } = await run();
      expect(code).to.equal(1);
      expect(stdout).to.contain(
        "not done: auterity/dev/automatrix-api/openai: another version became current meanwhile: run again\n",
      );
      expect(stdout).to.contain("done: 7 of 8 secrets");
    }));

  it("refuses a secret above 64 KiB before it writes anything", () =>
    onStage(async ({ aws, run }) => {
      aws.create(
        "auterity/dev/automatrix-api/openai",
        JSON.stringify({ OTHER: "x".repeat(65_500) }),
      );
      const ended = await run();
      expect(problems(ended)).to.have.length(1);
      expect(problems(ended)[0]).to.match(
        /automatrix-api\/openai: would hold 655\d\d bytes, need at most 65536$/,
      );
      unchanged(aws);
    }));

  it("refuses the secrets of another account", () =>
    onStage(async ({ aws, folder }) => {
      writeFiles(folder, {
        "p/Pulumi.yaml": "name: auterity\nruntime: nodejs\n",
        "p/Pulumi.dev.yaml":
          'config:\n  aws:region: us-west-2\n  aws:allowedAccountIds: ["999900001111"]\n' +
          "  auterity:secrets: {source: own, environment: dev, replicate: false}\n",
      });
      process.env["AWS_ACCESS_KEY_ID"] ??= "test";
      process.env["AWS_SECRET_ACCESS_KEY"] ??= "test";
      const target = readTargetEnvironment(join(folder, "p"), "dev");
      const failure = await migrate({
        ...{
          target,
          records: services,
          forcePlaceholders: false,
          dryRun: false,
          say: () => undefined,
        },
        paths: [join(folder, "docker-compose.yml")],
        overrides: new Map(),
        outDirectory: join(folder, "out"),
        openStore: () => openSecretStore({ region: target.region, endpointUrl: aws.url }),
      }).then(String, (error: unknown) => (error as Error).message);
      expect(failure).to.contain(
        `auterity/dev/automatrix-api/browser: lies in the account ${account}, need 999900001111: the credentials are of another account`,
      );
      unchanged(aws);
    }));

  it("refuses to write replicas, before anything is read", () =>
    onStage(async ({ aws, run }) => {
      const ended = await run(["--env", "recovery", "--dry-run"]);
      expect([ended.code, problems(ended)[0], aws.calls]).to.deep.equal([
        1,
        "  - Pulumi.recovery.yaml: auterity:secrets.source: replicated: write them where they come from, with --env prod",
        [],
      ]);
    }));

  it("refuses wrong arguments, each with what is accepted", () =>
    onStage(async ({ run }) => {
      const mapped = await run(["--map", "redis=nobody", "--map", "b=relaycore,none"]);
      expect(problems(mapped).map((line) => line.replace(/, need one of .*/, ""))).to.deep.equal([
        "  - --map b: is no service and no env file of this migration",
        '  - --map redis: got "nobody"',
        '  - --map b: got "none"',
      ]);
      const malformed = await run(["--map", "x", "--map", "=y"]);
      expect(problems(malformed)).to.deep.equal([
        '  - --map: got "x", need SERVICE=RECORD or FILE=RECORD,RECORD',
        '  - --map: got "=y", need SERVICE=RECORD or FILE=RECORD,RECORD',
      ]);
      const environment = await run(["--env", "nowhere"]);
      expect(environment.stderr).to.match(/^error: environment: got "nowhere", need one of dev, /);
    }));

  it("refuses a state that is none, and the state of another environment", () =>
    onStage(async ({ folder, run }) => {
      const state = "out/secrets/dev/migration-state.json";
      writeFiles(folder, { [state]: "{" });
      expect(problems(await run())[0]).to.contain(
        "is no state of a migration; move it away to begin anew",
      );
      writeFiles(folder, {
        [state]: JSON.stringify({
          format: 1,
          environment: "prod",
          salt: "0".repeat(64),
          secrets: {},
        }),
      });
      expect(problems(await run())[0]).to.contain("is of the environment prod, need dev");
    }));
});
