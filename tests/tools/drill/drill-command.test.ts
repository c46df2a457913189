import { expect } from "chai";
import { spawnSync } from "node:child_process";
import { resolve } from "node:path";
import { nodeArguments } from "../../../tools/node-arguments";
import { withFolder } from "../run-cli";

const cli = resolve(__dirname, "../../../tools/cli.ts");

/** The command on a machine that has nothing but Node. */
function drill(folder: string, name: string, environment: Readonly<Record<string, string>> = {}) {
  return spawnSync(process.execPath, [...nodeArguments, cli, "drill", name], {
    encoding: "utf8",
    env: { PATH: folder, HOME: folder, ...environment },
  });
}

describe("drill", () => {
  it("says loudly that it skips a drill whose programs are missing", () =>
    withFolder((folder) => {
      const { status, stdout } = drill(folder, "workflows");
      expect(stdout).to.include(
        "SKIPPED, nothing was tried: go: not found; install Go 1.26 or newer",
      );
      expect(stdout).to.match(/\n0 of 1 drills passed, 1 SKIPPED\n$/);
      expect(status).to.equal(0);
    }));

  it("fails for it in CI", () =>
    withFolder((folder) => {
      const { status, stdout } = drill(folder, "workflows", { CI: "true" });
      expect(stdout).to.include("failed go: not found; install Go 1.26 or newer");
      expect(stdout).to.match(/\n0 of 1 drills passed\n$/);
      expect(status).to.equal(1);
    }));

  it("refuses a drill that it does not know", () =>
    withFolder((folder) => {
      const { status, stderr } = drill(folder, "nothing");
      expect(stderr).to.equal('error: drill: got "nothing", need one of the above, or all\n');
      expect(status).to.equal(1);
    }));
});
