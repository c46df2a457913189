import { expect } from "chai";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { images } from "../components/shared/versions";
import { pulumiFlags, unknownPulumiFlags } from "./support/pulumi-commands";

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}
interface Job {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly "timeout-minutes"?: number;
  readonly environment?: string;
  readonly "runs-on"?: string;
  readonly needs?: string | readonly string[];
  readonly steps: readonly Step[];
}
interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly concurrency?: unknown;
  readonly jobs: Readonly<Record<string, Job>>;
}

/** What keeps a workflow from being ours; the files below are held to it, and bad ones show that it bites. */
function problemsOf(text: string): string[] {
  const { on, permissions, concurrency, jobs } = parse(text) as Workflow;
  const problems: string[] = [];
  if ("pull_request_target" in on || "workflow_run" in on)
    problems.push("runs foreign code with this repository's rights");
  if (permissions === undefined || Object.keys(permissions).length > 0)
    problems.push("permissions: need {} at the top, so that each job names its own");
  if (concurrency === undefined) problems.push("concurrency: missing");
  for (const [name, job] of Object.entries(jobs)) {
    if (job.permissions === undefined) problems.push(`${name}: permissions: missing`);
    if (job["timeout-minutes"] === undefined) problems.push(`${name}: timeout-minutes: missing`);
    if (job["runs-on"]?.endsWith("latest")) problems.push(`${name}: runs-on moves`);
    problems.push(...job.steps.flatMap(stepProblems).map((problem) => `${name}: ${problem}`));
    const writes = Object.entries(job.permissions ?? {}).some(
      ([scope, level]) => level === "write" && scope !== "id-token",
    );
    const runsOurs = job.steps.some(({ uses = "" }) => uses.startsWith("./"));
    if ("pull_request" in on && writes && runsOurs)
      problems.push(`${name}: runs a pull request's code with the right to write`);
  }
  return [...problems, ...pinProblems(text)];
}

function stepProblems({ uses = "", run = "", with: inputs = {} }: Step): string[] {
  const problems: string[] = [];
  if (run.includes("${{")) problems.push("an expression inside a script: pass it by env");
  if (uses.startsWith("actions/checkout@") && inputs["persist-credentials"] !== false)
    problems.push("checkout leaves its token behind");
  return problems;
}

/** On the text, because the version is a comment. */
function pinProblems(text: string): string[] {
  return [...text.matchAll(/^\s*(?:- )?uses: *(.+)$/gm)]
    .map((match) => match[1]?.trim() ?? "")
    .filter((uses) => !uses.startsWith("./"))
    .filter((uses) => !/^[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(uses))
    .map((uses) => `${uses}: need a commit of 40 digits and the version as a comment`);
}

const folder = ".github/workflows";
const workflowFiles = readdirSync(folder).map((file) => join(folder, file));
const actionFiles = readdirSync(".github/actions").map((name) =>
  join(".github/actions", name, "action.yml"),
);
const read = (file: string) => readFileSync(file, "utf8");
const workflow = (name: string) => parse(read(join(folder, `${name}.yml`))) as Workflow;

describe("workflows", () => {
  it("are these", () => {
    expect(workflowFiles.map((file) => file.slice(folder.length + 1))).to.have.members([
      ...["audit.yml", "ci.yml", "deploy.yml", "drift.yml", "preview.yml", "security.yml"],
    ]);
  });

  for (const file of workflowFiles)
    it(`${file} is pinned, bounded and of least privilege`, () => {
      expect(problemsOf(read(file))).to.deep.equal([]);
    });

  for (const file of actionFiles)
    it(`${file} is pinned, and its scripts hold no expression`, () => {
      const { runs } = parse(read(file)) as { runs: { steps: Step[] } };
      expect([...pinProblems(read(file)), ...runs.steps.flatMap(stepProblems)]).to.deep.equal([]);
    });

  it("name one commit for one action, everywhere", () => {
    const commits = new Map<string, Set<string>>();
    for (const file of [...workflowFiles, ...actionFiles])
      for (const [, action = "", commit = ""] of read(file).matchAll(/uses: ([\w./-]+)@(\S+)/g))
        commits.set(action, (commits.get(action) ?? new Set()).add(commit));
    expect(commits.size).to.be.greaterThan(5);
    for (const [action, used] of commits) expect([...used], action).to.have.length(1);
  });

  it("call scripts, actions and files that exist", () => {
    const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };
    const all = [...workflowFiles, ...actionFiles].map(read).join("\n");
    const called = [...all.matchAll(/npm run (?:--silent )?([\w-]+)/g)].map(([, name]) => name);
    expect(called).to.include.members(["check", "plan", "images", "audit-report"]);
    expect(Object.keys(scripts)).to.include.members(called);
    for (const [, path = ""] of all.matchAll(/uses: (\.\/\S+)/g))
      expect(existsSync(join(path, "action.yml")), path).to.equal(true);
    for (const path of ["policy/PulumiPolicy.yaml", ".trivyignore.yaml", ".ci/run"])
      expect(existsSync(path), path).to.equal(true);
  });

  it("deploy in order, one at a time, each in its own GitHub environment", () => {
    const { concurrency, jobs } = workflow("deploy");
    expect(concurrency).to.deep.equal({ group: "deploy", "cancel-in-progress": false });
    const order = Object.entries(jobs).map(([name, job]) => [name, job.needs, job.environment]);
    expect(order).to.deep.equal([
      ["check", undefined, undefined],
      ["dev", "check", "dev"],
      ["prod", "dev", "prod"],
      ["recovery", "prod", "recovery"],
    ]);
  });

  it("deploy only after the drift check, with the pack and its levels", () => {
    const { runs } = parse(read(".github/actions/deploy/action.yml")) as {
      runs: { steps: Step[] };
    };
    const commands = runs.steps.flatMap(({ run = "" }) => (run.includes("pulumi") ? [run] : []));
    expect(commands).to.have.length(2);
    expect(commands[0]).to.contain("refresh").and.to.contain("--preview-only --expect-no-changes");
    expect(commands[1])
      .to.contain("pulumi up")
      .and.to.contain('--policy-pack policy --policy-pack-config "policy/levels/$STACK.json"')
      .and.not.to.contain("skip-preview");
  });

  it("reach a private cluster from a runner that a variable names, in every job of an environment's own", () => {
    const runners = (name: string) =>
      Object.values(workflow(name).jobs).flatMap((job) =>
        /^(dev|prod|recovery)$|matrix/.test(job.environment ?? "") ? [job["runs-on"]] : [],
      );
    expect(runners("deploy")).to.deep.equal([
      "${{ vars.RUNNER_DEV || 'ubuntu-24.04' }}",
      "${{ vars.RUNNER_PROD || 'ubuntu-24.04' }}",
      "${{ vars.RUNNER_RECOVERY || 'ubuntu-24.04' }}",
    ]);
    for (const name of ["drift", "preview"]) {
      expect(runners(name)).to.deep.equal(["${{ vars[matrix.runner] || 'ubuntu-24.04' }}"]);
      for (const stack of ["dev", "prod", "recovery"])
        expect(read(join(folder, `${name}.yml`))).to.contain(
          `{ stack: ${stack}, runner: RUNNER_${stack.toUpperCase()} }`,
        );
    }
  });

  it("leave out of a refresh what the role may not read", () => {
    expect(read(join(folder, "drift.yml")))
      .to.contain("--exclude '**secretVersion:SecretVersion**'")
      .and.to.contain("--exclude '**helm.sh/v3:Release**'");
    expect(read(".github/actions/deploy/action.yml")).to.contain(
      "--exclude '**secretVersion:SecretVersion**'",
    );
  });

  it("scan with the scanner of the cluster, and say where what they pin is looked after", () => {
    const text = read(join(folder, "security.yml"));
    expect(text).to.contain(`TRIVY_VERSION: v${images.trivy.tag}\n`);
    const pinned = [...workflowFiles, ...actionFiles].flatMap((file) => [
      ...read(file).matchAll(
        /^\s*(TRIVY_VERSION|SNYK_VERSION|ZAP_IMAGE|go-version|node-version):/gm,
      ),
    ]);
    expect(pinned.length).to.be.greaterThan(4);
    for (const [, name = ""] of pinned)
      expect(read("docs/versions.md"), name).to.contain(`\`${name}\``);
  });

  it("give a token for AWS only to jobs of a GitHub environment", () => {
    for (const file of workflowFiles)
      for (const [name, job] of Object.entries((parse(read(file)) as Workflow).jobs))
        if (job.permissions?.["id-token"] === "write")
          expect(job.environment, `${file}: ${name}`).to.match(/dev|prod|recovery|matrix\.stack/);
  });

  it("would be refused if they were not so", () => {
    const bad = [
      "on: { pull_request_target: {} }",
      "permissions: { contents: write }",
      "jobs:",
      "  one:",
      "    runs-on: ubuntu-latest",
      "    steps:",
      "      - uses: actions/checkout@v7",
      "      - run: echo ${{ github.event.pull_request.title }}",
    ].join("\n");
    expect(problemsOf(bad)).to.deep.equal([
      "runs foreign code with this repository's rights",
      "permissions: need {} at the top, so that each job names its own",
      "concurrency: missing",
      "one: permissions: missing",
      "one: timeout-minutes: missing",
      "one: runs-on moves",
      "one: checkout leaves its token behind",
      "one: an expression inside a script: pass it by env",
      "actions/checkout@v7: need a commit of 40 digits and the version as a comment",
    ]);
    const risky = read(join(folder, "ci.yml")).replace(
      "permissions:\n      contents: read",
      "permissions:\n      contents: write",
    );
    expect(problemsOf(risky)).to.deep.equal([
      "check: runs a pull request's code with the right to write",
    ]);
  });
});

describe("commands of Pulumi", () => {
  const documents = readdirSync("docs", { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".md"))
    .map((file) => join("docs", file));
  for (const file of [...workflowFiles, ...actionFiles, "README.md", ...documents])
    it(`in ${file} have only flags that Pulumi ${pulumiFlags.version} knows`, () => {
      expect(unknownPulumiFlags(read(file))).to.deep.equal([]);
    });

  it("would be refused with another flag, or for a command that nobody has looked up", () => {
    const [refused, ...others] = unknownPulumiFlags(
      "npx --no-install pulumi refresh --stack dev \\\n  --exclude-target '--no-flag' --diff > drift.txt",
    );
    expect(refused).to.match(/^pulumi refresh: --exclude-target is none of .*--exclude, /);
    expect(others).to.deep.equal([]);
    expect(unknownPulumiFlags("pulumi watch --exec x")).to.deep.equal([
      "pulumi watch --exec x: no command that the list knows",
    ]);
  });
});

describe("dependabot", () => {
  it("covers every kind of dependency, grouped and with a cooling time", () => {
    const { updates } = parse(read(".github/dependabot.yml")) as {
      updates: {
        "package-ecosystem": string;
        groups?: object;
        cooldown?: { "default-days": number };
      }[];
    };
    expect(updates.map((update) => update["package-ecosystem"])).to.deep.equal([
      ...["npm", "github-actions", "gomod", "pip", "docker-compose"],
    ]);
    for (const { groups, cooldown } of updates) {
      expect(Object.keys(groups ?? {})).not.to.deep.equal([]);
      expect(cooldown).to.deep.equal({ "default-days": 7 });
    }
  });
});
