import { expect } from "chai";
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { listFiles } from "../run-cli";
import { filled, files } from "./compose-fixture";
import { contents, expected, onStage, own } from "./migrate-stage";

describe("secrets migrate", () => {
  it("moves every declared credential, reads it back, and writes the cleaned file and the report", () =>
    onStage(async ({ aws, folder, run }) => {
      const { code, stdout, stderr } = await run();
      expect([code, stderr]).to.deep.equal([0, ""]);
      expect(contents(aws)).to.deep.equal(expected);
      expect(stdout).to.contain("writing 8/8 auterity/dev/relaycore/signing-key: written");
      expect(listFiles(folder).filter((name) => !own.includes(name))).to.deep.equal([
        "docker-compose.cleaned.yaml",
        "out/secrets/dev/migration-state.json",
        "out/secrets/dev/migration.json",
        "out/secrets/dev/migration.md",
      ]);
      expect(statSync(join(folder, "out/secrets/dev/migration-state.json")).mode & 0o777).to.equal(
        0o600,
      );
      expect(readFileSync(join(folder, "docker-compose.yml"), "utf8")).to.equal(
        files["docker-compose.yml"],
      );
      const report = JSON.parse(
        readFileSync(join(folder, "out/secrets/dev/migration.json"), "utf8"),
      ) as {
        complete: boolean;
        findings: { variable: string; goesTo: string }[];
      };
      expect(report.complete).to.equal(true);
      const fates = new Map(report.findings.map(({ variable, goesTo }) => [variable, goesTo]));
      expect(fates.get("VAULT_TOKEN")).to.equal(
        "disappears with Vault, which Secrets Manager replaces",
      );
      for (const made of ["DATABASE_URL", "POSTGRES_PASSWORD", "CELERY_BROKER_URL", "REDIS_URL"])
        expect(fates.get(made)).to.equal("made by the platform, nothing to migrate");
      expect(fates.get("ADMIN_PASSWORD")).to.equal("stands in a comment: removed");
    }));

  it("makes no new version when it runs again", () =>
    onStage(async ({ aws, run }) => {
      await run();
      const { code, stdout } = await run();
      expect(code).to.equal(0);
      expect(stdout).to.contain("writing 1/8 auterity/dev/automatrix-api/browser: already there");
      expect(aws.calls.filter(({ operation }) => operation === "PutSecretValue")).to.have.length(8);
    }));

  it("keeps the keys that are there, and the version before", () =>
    onStage(async ({ aws, run }) => {
      const name = "auterity/dev/automatrix-api/twilio";
      aws.create(name, JSON.stringify({ TWILIO_AUTH_TOKEN: "older", OTHER: "kept" }));
      await run();
      expect(aws.valueOf(name)).to.deep.equal({ ...filled[name], OTHER: "kept" });
      const stages = [...(aws.secrets.get(name)?.versions.values() ?? [])].map(
        (version) => version.stages,
      );
      expect(stages).to.deep.equal([["AWSPREVIOUS"], ["AWSCURRENT"]]);
    }));

  it("leaves alone what was rotated since it was migrated", () =>
    onStage(async ({ aws, run }) => {
      const name = "auterity/dev/relaycore/signing-key";
      await run();
      aws.create(name, JSON.stringify({ SECRET_KEY: "rotated" }));
      const { code } = await run();
      expect([code, aws.valueOf(name)]).to.deep.equal([0, { SECRET_KEY: "rotated" }]);
    }));

  it("writes nothing in a dry run, and says what it would", () =>
    onStage(async ({ aws, folder, run }) => {
      const { code, stdout } = await run(["--dry-run"]);
      expect(code).to.equal(0);
      expect(new Set(aws.calls.map(({ operation }) => operation))).to.deep.equal(
        new Set(["GetSecretValue"]),
      );
      expect(listFiles(folder)).to.deep.equal([...own].sort());
      expect(stdout).to.contain("auterity/dev/automatrix-api/openai: would add OPENAI_API_KEY\n");
      expect(stdout).to.contain(
        "would write docker-compose.cleaned.yaml\ndry run: nothing was written\n",
      );
    }));

  it("prints one JSON document, and the progress elsewhere", () =>
    onStage(async ({ run }) => {
      const { stdout, stderr } = await run(["--json"]);
      expect((JSON.parse(stdout) as { complete: boolean }).complete).to.equal(true);
      expect(stderr).to.contain("reading 1/8");
    }));

  it("takes a placeholder for a value only when forced", () =>
    onStage(async ({ aws, run }) => {
      await run(["--force-placeholders"]);
      expect(aws.valueOf("auterity/dev/automatrix-api/anthropic")).to.deep.equal({
        ANTHROPIC_API_KEY: "your_anthropic_key_here",
      });
    }));

  it("says so when there is no credential, and asks AWS nothing", () =>
    onStage(async ({ aws, folder, run }) => {
      writeFileSync(
        join(folder, "docker-compose.yml"),
        "services: {celery_worker: {image: nginx}}\n",
      );
      writeFileSync(join(folder, ".env"), "APP_PORT=80\n");
      const { code, stdout } = await run();
      expect([code, stdout, aws.calls]).to.deep.equal([
        0,
        "no credential found in docker-compose.yml\n",
        [],
      ]);
    }));
});
