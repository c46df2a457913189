import { expect } from "chai";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { PlanDocument } from "../../tools/plan/json-document";
import { canary } from "./fixtures/small/stacks/store";
import { fixtures, listFiles, runCli, withFolder } from "./run-cli";

const small = ["--project", join(fixtures, "small")];
const faulty = ["--project", join(fixtures, "faulty"), "--no-policies"];

describe("plan, the command", () => {
  it("refuses environments that clash, although only one is asked for, and writes nothing", () =>
    withFolder(async (out) => {
      const clashing = ["--project", join(fixtures, "clashing"), "--no-policies"];
      const { code, stdout, stderr } = await runCli(["plan", "east", ...clashing, "--out", out]);
      expect([code, stdout, stderr, listFiles(out)]).to.deep.equal([
        1,
        "",
        "error: the environments were refused together:\n  - small:release: clash of east and west, need one\n",
        [],
      ]);
    }));

  it("prints one JSON document, writes the environment's folder and ends with 0", () =>
    withFolder(async (out) => {
      const { code, stdout, stderr } = await runCli([
        "plan",
        "prod",
        ...small,
        "--json",
        "--out",
        out,
      ]);
      expect([code, stderr]).to.deep.equal([0, ""]);
      const document = JSON.parse(stdout) as PlanDocument;
      const [environment] = document.environments;
      expect([document.format, document.passed, document.environments.length]).to.deep.equal([
        ...[1, true, 1],
      ]);
      expect(Object.keys(environment ?? {})).to.deep.equal([
        ...["environment", "passed", "failures", "resources", "tree", "policies"],
        ...["modeDifferences", "problems", "undeployable", "notices"],
        ...["estimate", "costVariants", "comparison", "written"],
      ]);
      expect(environment?.policies?.violations).to.deep.equal([
        {
          rule: "parameter-told",
          level: "advisory",
          urn: "urn:pulumi:prod::small::platform:data:Store$aws:ssm/parameter:Parameter::store-key",
          message: "the value is [secret]",
          modes: ["known", "unknown"],
          severity: "unspecified",
          fix: "",
          url: "",
        },
      ]);
      expect(
        environment?.policies?.blind.map(({ rule, urn }) => [rule, urn.split("::")[3]]),
      ).to.deep.equal([
        ["bucket-known", "shop-orders"],
        ["bucket-known", "shop-web"],
      ]);
      expect(listFiles(join(out, "prod"))).to.deep.equal([
        "graph.json",
        "manifests/_cluster/namespace-shop.yaml",
        "manifests/shop/deployment-orders.yaml",
        "manifests/shop/deployment-web.yaml",
        "manifests/shop/monitor.monitoring.example.com-all.yaml",
        "manifests/shop/secret-shop-key.yaml",
        "policy.json",
        "releases/kube-system/controller.yaml",
        "report.html",
      ]);
      const written = listFiles(out).map((file) => readFileSync(join(out, file), "utf8"));
      expect([stdout, ...written].filter((text) => text.includes(canary))).to.deep.equal([]);
      expect(readdirSync(out)).to.deep.equal(["prod"]);
    }));

  it("prints the tree, what the policies say and what is left to give, without colours", () =>
    withFolder(async (out) => {
      const { code, stdout } = await runCli(["plan", "dev", ...small, "--strict", "--out", out]);
      expect(stdout.replace(/ · .*/, "").split("\n")).to.deep.equal([
        "dev  10 resources",
        "├─ provider aws",
        "├─ provider kubernetes",
        "├─ awsx ec2 Vpc, packaged",
        "├─ store (platform data Store)  2 resources",
        "│  ├─ aws s3 Bucket",
        "│  └─ aws ssm Parameter",
        "└─ shop (platform services Web)  6 resources",
        "   ├─ kubernetes Deployment ×2",
        "   ├─ kubernetes Monitor",
        "   ├─ kubernetes Namespace",
        "   ├─ kubernetes Release",
        "   └─ kubernetes Secret",
        "",
        "Policies: 5 rules of small-policy 1.2.3, 0 mandatory and 1 advisory violations",
        "  advisory parameter-told",
        "    store-key (aws:ssm/parameter:Parameter): the value is [secret]",
        "",
        "Not deployable yet: 1 value to give",
        "  - small:release is unreleased: give its tag",
        "  - policy released refuses 1 resource until then",
        "",
        "To know",
        "  - small:network.zones: 2",
        "",
        "dev failed: 1 × value to give before a deployment, 1 × resource that is not released",
        "Others: npm run plan -- prod | all",
        "",
      ]);
      expect(code).to.equal(1);
    }));

  it("compares all environments", () =>
    withFolder(async (out) => {
      const { code, stdout } = await runCli(["plan", "--env", "all", ...small, "--out", out]);
      const comparison = stdout.slice(stdout.indexOf("Resources by component"));
      expect(comparison.split("\n")).to.deep.equal([
        "Resources by component        dev  prod",
        "shop (platform services Web)    6     6",
        "store (platform data Store)     2     2",
        "all                            10    10",
        "",
        "Settings that differ  dev                     prod",
        "small:replicas        1                       3",
        "small:network.zones   us-west-2a, us-west-2b  us-west-2a, us-west-2b, us-west-2c",
        "small:release         unreleased              1.0.0",
        "",
      ]);
      expect(code).to.equal(0);
      expect(readdirSync(out)).to.deep.equal(["dev", "prod"]);
    }));
});

describe("plan, with bad input: one clear error, exit code 1, nothing written", () => {
  const refusals: [sentence: string, args: string[], message: string][] = [
    [
      "an unknown environment lists the known ones",
      ["plan", "staging", ...small],
      'error: environment: got "staging", need one of dev, prod\n',
    ],
    [
      "a missing environment lists the known ones",
      ["plan", ...small],
      "error: environment: missing, need one of dev, prod, all\n",
    ],
    [
      "a refused configuration shows every problem and where it was refused",
      ["plan", "refused", ...faulty],
      'error: Environment "Pulumi.refused.yaml" was refused:\n' +
        '  - small:fault: got "imagined"\n' +
        "  - small:network.zones: got 1, need at least 2\n" +
        "  at ../small/stacks/environment.ts:25\n",
    ],
    [
      "a program that throws says where",
      ["plan", "throws", ...faulty],
      "error: the program cannot go on\n  at ../small/stacks/faults.ts:15\n",
    ],
    [
      "a resource that is lost because its input throws is told",
      ["plan", "input", ...faulty],
      'error: error serializing property "value": refused s3\n  at ../small/stacks/faults.ts:44\n',
    ],
    [
      "an exception in an apply that nobody awaits is told",
      ["plan", "ignored-apply", ...faulty],
      "error: refused s3\n  at ../small/stacks/faults.ts:44\n",
    ],
    [
      "a policy configuration that names no rule, or that its rule does not accept",
      ["plan", "misnamed", "--project", join(fixtures, "violating")],
      "error: policy configuration misnamed.json was refused:\n" +
        "  - replicas-bound: names no rule of small-policy; did you mean replicas-bounded?\n" +
        "  - replicas-bounded.maximum: Too small: expected number to be >=1\n" +
        '  - replicas-bounded: Unrecognized key: "minimum"\n' +
        '  - released: got "sometimes", need advisory, mandatory, remediate or disabled, ' +
        "alone or as enforcementLevel beside the rule's properties\n",
    ],
  ];
  for (const [sentence, args, message] of refusals) {
    it(sentence, () =>
      withFolder(async (folder) => {
        const out = join(folder, "out");
        const { code, stdout, stderr } = await runCli([...args, "--out", out]);
        expect(stderr).to.equal(message);
        expect([code, stdout, readdirSync(folder)]).to.deep.equal([1, "", []]);
      }),
    );
  }

  it("a resource made in an apply is a difference between preview and update", () =>
    withFolder(async (out) => {
      const { code, stdout } = await runCli(["plan", "in-apply", ...faulty, "--out", out]);
      expect(stdout).to.contain(
        "1 difference between preview and update\n" +
          "  - urn:pulumi:in-apply::small::aws:ssm/parameter:Parameter::late: " +
          "registered only once values are known: a preview does not show it\n",
      );
      expect(code).to.equal(1);
    }));

  it("a mandatory violation ends with 1 and says how to fix it", () =>
    withFolder(async (out) => {
      const project = ["--project", join(fixtures, "violating")];
      const { code, stdout } = await runCli(["plan", "bounded", ...project, "--out", out]);
      expect(stdout).to.contain(
        "  mandatory replicas-bounded: Lower spec.replicas.\n" +
          "    shop-orders (kubernetes:apps/v1:Deployment): 3 replicas, allowed: 2\n" +
          "    shop-web (kubernetes:apps/v1:Deployment): 3 replicas, allowed: 2\n",
      );
      expect(stdout).to.contain("bounded failed: 2 × mandatory policy violation");
      expect(code).to.equal(1);
    }));

  it("a file in the place of the folder is told, and stays", () =>
    withFolder(async (folder) => {
      const out = join(folder, "out");
      writeFileSync(out, "mine");
      const args = ["plan", "prod", ...small, "--no-policies", "--json", "--out", out];
      const { code, stdout, stderr } = await runCli(args);
      expect(stderr).to.match(/^error: \S+\/out cannot be written: ENOTDIR: /);
      expect(JSON.parse(stdout)).to.include({ format: 1, passed: false });
      expect([code, readFileSync(out, "utf8")]).to.deep.equal([1, "mine"]);
    }));

  it("an interrupted plan leaves the previous folder whole and nothing beside it", () =>
    withFolder(async (out) => {
      mkdirSync(join(out, "prod"));
      writeFileSync(join(out, "prod", "previous"), "whole");
      const signalAfter = { signal: "SIGINT", milliseconds: 300 } as const;
      const { code } = await runCli(["plan", "prod", ...small, "--out", out], signalAfter);
      expect(listFiles(out)).to.deep.equal(["prod/previous"]);
      // On a busy machine the signal may come before the command has begun, and ends it by itself.
      expect(code).to.be.oneOf([130, null]);
    }));
});
