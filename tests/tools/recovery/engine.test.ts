import { expect } from "chai";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { openEngine } from "../../../tools/recovery/engine";

describe("the call of pulumi", () => {
  let directory: string;
  const path = process.env["PATH"];
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "engine-"));
    process.env["PATH"] = [directory, path].join(delimiter);
  });
  afterEach(() => {
    process.env["PATH"] = path;
    rmSync(directory, { recursive: true });
  });

  /** In place of npx. */
  const withNpx = (script: string): void => {
    const file = join(directory, "npx");
    writeFileSync(file, `#!/bin/sh\n${script}\n`);
    chmodSync(file, 0o755);
  };
  const run = (seconds = 60) => openEngine(directory)(["preview", "--json"], seconds);

  it("never waits for an answer of a person, and gives back what was said", async () => {
    withNpx('echo "$@ $PULUMI_SKIP_UPDATE_CHECK"; echo no >&2; exit 6');
    expect(await run()).to.deep.equal({
      code: 6,
      stdout: "--no-install pulumi preview --json --non-interactive true\n",
      stderr: "no\n",
    });
  });

  it("knows when there is no pulumi", async () => {
    // What npm 10, and the package pulumi 3.265 without a network, said.
    for (const said of [
      'npm error npx canceled due to missing packages and no YES option: ["pulumi@3.265.0"]',
      "Downloading pulumi v3.265.0...\npulumi: fetch failed",
    ]) {
      withNpx(`echo '${said}' >&2; exit 1`);
      expect((await run()).code).to.equal("missing");
    }
    process.env["PATH"] = directory;
    rmSync(join(directory, "npx"));
    expect((await run()).code).to.equal("missing");
  });

  it("ends all of it when time is up", async function () {
    this.timeout(60_000);
    // Whoever still held the output would keep it from ending.
    withNpx("echo begun; trap '' INT; sleep 300 & wait");
    expect(await run(2)).to.deep.equal({ code: "late", stdout: "begun\n", stderr: "" });
  });
});
