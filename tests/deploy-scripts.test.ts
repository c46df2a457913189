import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect } from "chai";

const folder = resolve(".github/actions/deploy");

interface Run {
  readonly status: number | null;
  readonly output: string;
  /** Every call of a stand-in, its name first. */
  readonly calls: string;
}

/** Runs a script with stand-ins for the commands that it calls, each a piece of shell. */
function run(
  script: string,
  commands: Readonly<Record<string, string>>,
  args: readonly string[] = [],
): Run {
  const directory = mkdtempSync(join(tmpdir(), "deploy-scripts-"));
  try {
    const calls = join(directory, "calls");
    writeFileSync(calls, "");
    for (const [name, body] of Object.entries(commands)) {
      writeFileSync(
        join(directory, name),
        `#!/usr/bin/env bash\necho "${name} $*" >> "${calls}"\n${body}\n`,
      );
      chmodSync(join(directory, name), 0o755);
    }
    const { status, stdout, stderr } = spawnSync("bash", [join(folder, script), ...args], {
      cwd: directory,
      encoding: "utf8",
      timeout: 60_000,
      env: {
        PATH: `${directory}:/usr/bin:/bin`,
        STACK: "prod",
        GITHUB_SHA: "c".repeat(40),
        AWAIT_INTERVAL_SECONDS: "1",
      },
    });
    return { status, output: `${stdout}${stderr}`, calls: readFileSync(calls, "utf8") };
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** A cluster with these releases, one by one: each is a generation, the one observed, and a phase. */
function kubectl(...releases: (readonly [number, string, string])[]): { kubectl: string } {
  const items = releases.map(([generation, observedGeneration, phase], index) => ({
    metadata: { namespace: "shop", name: `api-${index}`, generation },
    status: { observedGeneration, phase, message: "" },
  }));
  return {
    kubectl: `case "$*" in *crd*) exit 0;; esac\necho '${JSON.stringify({ items })}'`,
  };
}

describe("the deploy action's await-rollouts.sh", function () {
  this.timeout(90_000);

  it("has nothing to wait for where the cluster knows no such kind, or has none of it", () => {
    expect(run("await-rollouts.sh", { kubectl: "exit 1" })).to.include({
      status: 0,
      output: "no blue-green releases in this cluster\n",
    });
    expect(run("await-rollouts.sh", kubectl()).status).to.equal(0);
  });

  it("ends once all are healthy", () => {
    const { status, output } = run("await-rollouts.sh", kubectl([2, "2", "Healthy"]));
    expect([status, output]).to.deep.equal([0, "shop/api-0\tHealthy\t\n"]);
  });

  it("fails as soon as one was taken back, whatever the others do", () => {
    const { status, output } = run(
      "await-rollouts.sh",
      kubectl([2, "2", "Progressing"], [2, "2", "Degraded"]),
    );
    expect(status).to.equal(1);
    expect(output).to.contain("::error::a blue-green release was taken back");
  });

  it("takes a status of the release before for none, and gives up in the end", () => {
    for (const stale of [
      [3, "2", "Healthy"],
      [3, "2", "Degraded"],
      [3, "3", "Paused"],
    ] as const) {
      const { status, output } = run("await-rollouts.sh", kubectl(stale), ["0"]);
      expect(status).to.equal(1);
      expect(output).to.contain("::error::no outcome of the blue-green releases after 0 minutes");
    }
  });
});

describe("the deploy action's roll-back.sh", function () {
  this.timeout(90_000);

  const good = "a".repeat(40);
  const commands = (history: readonly object[]) => ({
    npx: `case "$*" in *history*) echo '${JSON.stringify(history)}';; esac`,
    git: `case "$*" in *worktree*) mkdir -p "$5";; esac`,
    npm: "",
  });
  const update = (message: string, result = "succeeded", kind = "update") => ({
    kind,
    result,
    message,
  });

  it("goes back to the last commit that was deployed whole: its pods, and nothing else", () => {
    const { status, calls } = run(
      "roll-back.sh",
      commands([
        update(`commit ${"c".repeat(40)}`, "failed"),
        update(`back to ${"d".repeat(40)} after ${"e".repeat(40)} failed`),
        update(`commit ${"e".repeat(40)}`, "succeeded", "refresh"),
        update(`commit ${good}`),
        update(`commit ${"b".repeat(40)}`),
      ]),
    );
    expect(status).to.equal(0);
    expect(calls).to.match(new RegExp(`git worktree add --quiet --detach \\S+ ${good}\n`));
    const up = calls.split("\n").find((call) => call.includes("pulumi up"));
    expect(up).to.contain("--stack prod --yes");
    expect(up?.match(/--target \S+/g)).to.deep.equal([
      "--target urn:pulumi:prod::auterity::**PlatformService$kubernetes:apps/v1:Deployment::*",
      "--target urn:pulumi:prod::auterity::**PlatformService$kubernetes:argoproj.io/v1alpha1:Rollout::*",
    ]);
    expect(up).to.contain("--policy-pack-config policy/levels/prod.json");
  });

  it("changes nothing where no deployment has succeeded, or this commit has", () => {
    const none = run("roll-back.sh", commands([update("commit by hand")]));
    expect(none.status).to.equal(1);
    expect(none.output).to.contain("nothing to go back to");
    const same = run("roll-back.sh", commands([update(`commit ${"c".repeat(40)}`)]));
    expect(same.status).to.equal(0);
    for (const { calls } of [none, same]) expect(calls).not.to.contain("pulumi up");
  });
});
