import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { rules } from "../../policy/rules";
import { checkPolicyConfiguration } from "../../policy/shared/configuration";
import { schemaProblems, supportedKeywords } from "../../policy/shared/json-schema";
import { analyzeAll } from "../support/check-policy";
import { badStack } from "./bad-stack";
import { documentedRules, renderRules } from "./policies-page";

const root = join(__dirname, "../..");
const environments = ["dev", "prod", "recovery"] as const;
const readJson = (path: string): unknown => JSON.parse(readFileSync(join(root, path), "utf8"));
const levelsOf = (environment: string) =>
  readJson(`policy/levels/${environment}.json`) as Record<string, unknown>;
const levelOf = (setting: unknown) =>
  typeof setting === "string"
    ? setting
    : (setting as { enforcementLevel: string }).enforcementLevel;
const names = rules.map((rule) => rule.name);

/** Rules of our own, which no benchmark has. */
const houseRules = [
  ...["cost-bounds", "cost-instance-types", "dr-data-class", "dr-failover-health"],
  ...["image-released", "resilience-chaos-stop"],
];

describe("policy pack", () => {
  it("names every rule once", () => {
    expect(new Set(names).size).to.equal(names.length);
  });

  it("has a file for each rule, by its name, and no other", () => {
    const files = readdirSync(join(root, "policy/rules")).filter((file) => file !== "index.ts");
    expect(files.sort()).to.deep.equal(names.map((name) => `${name}.ts`).sort());
  });

  it("has a table of tests for each rule", () => {
    const tests = new Set(readdirSync(__dirname));
    expect(names.filter((name) => !tests.has(`${name}.test.ts`))).to.deep.equal([]);
  });

  for (const rule of rules)
    it(`says of ${rule.name} what it is, why, and what to do`, () => {
      expect(rule.name).to.match(/^[a-z]+(-[a-z0-9]+)+$/);
      expect(rule.description).to.match(/^[A-Z].*\.$/);
      expect(rule.remediationSteps).to.match(/^[A-Z].*\.$/);
      expect(["low", "medium", "high", "critical"]).to.include(rule.severity);
      expect(new URL(rule.url).protocol).to.equal("https:");
      const benchmarks = rule.tags.filter((tag) => !tag.startsWith("house:"));
      expect(benchmarks.length > 0).to.equal(!houseRules.includes(rule.name));
      expect(rule.types.length).to.be.greaterThan(0);
    });

  it("gives every setting a default that its schema accepts, in words that are checked", () => {
    for (const { name, configSchema } of rules)
      for (const [key, schema] of Object.entries(configSchema?.properties ?? {})) {
        const path = `${name}.${key}`;
        expect(schema, path).to.have.property("default");
        expect(schemaProblems(path, schema.default, schema), path).to.deep.equal([]);
        expect(
          keywordsOf(schema).filter((word) => !supportedKeywords.includes(word as "type")),
          path,
        ).to.deep.equal([]);
      }
  });

  it("takes waivers in every rule", () => {
    for (const { name, configSchema } of rules)
      expect(configSchema?.properties, name).to.have.property("exempt");
  });

  it("finds something with every rule in a stack where nothing is right", async () => {
    const fired = new Set((await analyzeAll(badStack)).map(({ rule }) => rule));
    expect(names.filter((name) => !fired.has(name))).to.deep.equal([]);
  });

  it("is silent where every rule is disabled", async () => {
    expect(await analyzeAll(badStack, { all: "disabled" })).to.deep.equal([]);
  });

  it("never repeats a message about one resource", async () => {
    const said = (await analyzeAll(badStack)).map((found) => JSON.stringify(found));
    expect(said.filter((text, index) => said.indexOf(text) !== index)).to.deep.equal([]);
  });

  for (const environment of environments) {
    it(`sets the level of exactly every rule in ${environment}, in the pack's order`, () => {
      expect(Object.keys(levelsOf(environment))).to.deep.equal(names);
    });
    it(`has nothing wrong, and no ended waiver, in the levels of ${environment}`, () => {
      expect(checkPolicyConfiguration(rules, levelsOf(environment))).to.deep.equal([]);
    });
    it(`stops in ${environment} what each rule's reach says`, () => {
      const levels = levelsOf(environment);
      for (const { name, reach } of rules) {
        const stops = reach === "everywhere" || (reach === "production" && environment !== "dev");
        expect(levelOf(levels[name]), name).to.equal(stops ? "mandatory" : "advisory");
      }
    });
  }

  it("depends on the very versions that the repository has", () => {
    interface Package {
      version: string;
      dependencies: Record<string, string>;
      devDependencies?: Record<string, string>;
    }
    const own = readJson("policy/package.json") as Package;
    const whole = readJson("package.json") as Package;
    const installed = { ...whole.devDependencies, ...whole.dependencies };
    for (const [name, version] of Object.entries(own.dependencies))
      expect(installed[name], name).to.equal(version);
    expect(own.version).to.equal(whole.version);
  });

  it("starts as the engine starts it, and says on which port it listens", async () => {
    const folder = join(root, "policy");
    const host = require.resolve("@pulumi/pulumi/cmd/run-policy-pack");
    const server = spawn(process.execPath, [host, "127.0.0.1:1", folder], { cwd: folder });
    try {
      const [line] = (await once(server.stdout, "data")) as [Buffer];
      expect(line.toString()).to.match(/^\d+\n$/);
    } finally {
      server.kill();
    }
  });

  it("describes exactly its rules in docs/policies.md, as they are", async () => {
    const page = readFileSync(join(root, "docs/policies.md"), "utf8");
    expect(documentedRules(page), "to renew it: npx tsx tests/policy/policies-page.ts").to.equal(
      await renderRules(),
    );
  });
});

function keywordsOf(schema: unknown): string[] {
  if (typeof schema !== "object" || schema === null) return [];
  const { properties = {}, items, ...others } = schema as Record<string, unknown>;
  return [
    ...Object.keys(others),
    ...keywordsOf(items),
    ...Object.values(properties as Record<string, unknown>).flatMap(keywordsOf),
  ];
}
