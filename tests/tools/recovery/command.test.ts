import { expect } from "chai";
import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { nodeArguments } from "../../../tools/node-arguments";

const cli = resolve(__dirname, "../../../tools/cli.ts");

describe("the command recovery", () => {
  let home: string;
  let programs: string;
  before(() => {
    home = mkdtempSync(join(tmpdir(), "recovery-cli-"));
    programs = mkdtempSync(join(tmpdir(), "recovery-programs-"));
    // Nobody is signed in to pulumi; the engine itself is not fetched for this.
    writeFileSync(join(programs, "npx"), "#!/bin/sh\necho SECRET-CANARY >&2; exit 3\n");
    chmodSync(join(programs, "npx"), 0o755);
  });
  after(() => {
    rmSync(home, { recursive: true });
    rmSync(programs, { recursive: true });
  });

  /** Against an address at which nobody listens. */
  const run = (...args: string[]) =>
    spawnSync(process.execPath, [...nodeArguments, cli, "recovery", ...args], {
      encoding: "utf8",
      cwd: home,
      env: {
        PATH: [programs, process.env["PATH"]].join(delimiter),
        HOME: home,
        AWS_ACCESS_KEY_ID: "test",
        AWS_SECRET_ACCESS_KEY: "SECRET-CANARY",
        AWS_EC2_METADATA_DISABLED: "true",
      },
    });
  const nowhere = ["--endpoint-url", "http://127.0.0.1:9"];

  it("prints each step although nobody answers, writes nothing, and says what would be refused", function () {
    this.timeout(120_000);
    const { status, stdout, stderr } = run("failover", ...nowhere);
    expect(stderr).to.equal("");
    expect(stdout)
      .to.match(/writers +unknown +nobody answers \(ECONNREFUSED\)/)
      .and.match(/stack recovery +unknown +nobody is signed in to pulumi/)
      .and.include("npx pulumi up --stack recovery")
      .and.include("aws rds failover-global-cluster --region us-east-2")
      .and.include("would be refused: Pulumi.recovery.yaml: aws:allowedAccountIds: unassigned");
    expect(status).to.equal(1);
    expect(stdout + stderr).not.to.include("CANARY");
    expect(readdirSync(home)).to.deep.equal([]);
  });

  it("refuses to do them then, in its own words", function () {
    this.timeout(120_000);
    const { status, stderr } = run("failback", "--execute", ...nowhere);
    expect(stderr).to.match(
      /^error: refused:\n {2}- Pulumi\.recovery\.yaml: aws:allowedAccountIds/,
    );
    expect(status).to.equal(1);
  });

  it("refuses to look away for no reason", () => {
    const { status, stderr } = run("check", "--skip-preview", "because");
    expect(stderr).to.include('--skip-preview: got "because", need a reason of 10 letters or more');
    expect(status).to.equal(1);
  });

  it("refuses an environment that stands in for nobody", () => {
    const { status, stderr } = run("check", "--env", "dev");
    expect(stderr).to.include("need secondary: it stands in for nobody");
    expect(status).to.equal(1);
  });
});
