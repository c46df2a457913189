import { expect } from "chai";
import { execFileSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { isBuiltin } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type * as pulumi from "@pulumi/pulumi";
import { bundleFunction, functionCode } from "../../components/shared/function-code";

const project = resolve(__dirname, "..", "..");
const names = readdirSync(join(project, "functions"), { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== "shared")
  .map((entry) => entry.name);

describe("functionCode", () => {
  it("is an archive of one file, index.js", async () => {
    const archive = functionCode("rotation");
    const assets = await archive.assets;
    expect(Object.keys(assets)).to.deep.equal(["index.js"]);
    const text = await (assets["index.js"] as pulumi.asset.StringAsset).text;
    expect(text).to.equal(bundleFunction("rotation"));
  });

  for (const name of names)
    it(`bundles ${name} into a handler that needs Node and the SDK of its runtime alone`, () => {
      const bundle = bundleFunction(name);
      const folder = mkdtempSync(join(tmpdir(), "auterity-function-"));
      try {
        writeFileSync(join(folder, "index.js"), bundle);
        const strangers = [...bundle.matchAll(/\brequire\("([^"]+)"\)/g)]
          .map((match) => match[1] ?? "")
          .filter((module) => !isBuiltin(module) && !/^(@aws-sdk\/|@smithy\/)/.test(module))
          // Tried, and done without.
          .filter((module) => module !== "pg-native");
        expect(strangers).to.deep.equal([]);
        symlinkSync(join(project, "node_modules"), join(folder, "node_modules"));
        const kind = execFileSync(
          process.execPath,
          ["-p", 'typeof require("./index.js").handler'],
          {
            cwd: folder,
            encoding: "utf8",
          },
        );
        expect(kind.trim()).to.equal("function");
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    });

  it("gives the same bytes wherever the sources lie and whatever the working directory", () => {
    const folder = mkdtempSync(join(tmpdir(), "auterity-function-"));
    try {
      for (const part of ["functions", "components/shared/function-code.ts"])
        cpSync(join(project, part), join(folder, part), { recursive: true });
      mkdirSync(join(folder, "elsewhere"));
      symlinkSync(join(project, "node_modules"), join(folder, "node_modules"));
      // Settings that would change the outcome, were they read.
      writeFileSync(join(folder, "tsconfig.json"), '{"compilerOptions":{"target":"ES5"}}');
      const there = execFileSync(
        process.execPath,
        [
          ...["--import", "tsx", "-e"],
          `process.stdout.write(require("../components/shared/function-code").bundleFunction("rotation"))`,
        ],
        { cwd: join(folder, "elsewhere"), encoding: "utf8" },
      );
      expect(there).to.equal(bundleFunction("rotation"));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  for (const name of ["nowhere", "../functions/rotation", ""])
    it(`refuses ${JSON.stringify(name)}, which is no function`, () => {
      expect(() => functionCode(name)).to.throw(
        `function "${name}": there is no folder of that name with an index.ts`,
      );
    });
});
