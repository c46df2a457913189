import { expect } from "chai";
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { OutputFolder } from "../../tools/plan/output-folder";
import { listFiles, withFolder } from "./run-cli";

/** The id of a process that has ended. */
function endedProcess(): string {
  return execFileSync(process.execPath, ["-p", "process.pid"], { encoding: "utf8" }).trim();
}

describe("the output folder", () => {
  it("replaces the previous one as a whole", () =>
    withFolder((out) => {
      mkdirSync(join(out, "prod"));
      writeFileSync(join(out, "prod", "graph.json"), "");
      const folder = new OutputFolder(out, "prod");
      folder.add({ path: "deep/new", content: "new" });
      expect(listFiles(join(out, "prod"))).to.deep.equal(["graph.json"]);
      folder.finish();
      expect(listFiles(out)).to.deep.equal(["prod/deep/new"]);
    }));

  it("leaves the previous one where it is given up", () =>
    withFolder((out) => {
      mkdirSync(join(out, "prod"));
      writeFileSync(join(out, "prod", "graph.json"), "");
      const folder = new OutputFolder(out, "prod");
      folder.add({ path: "new", content: "" });
      folder.discard();
      expect(listFiles(out)).to.deep.equal(["prod/graph.json"]);
    }));

  it("never replaces a folder or file that no plan wrote", () =>
    withFolder((out) => {
      mkdirSync(join(out, "prod"));
      writeFileSync(join(out, "prod", "thesis.txt"), "");
      writeFileSync(join(out, "dev"), "");
      for (const name of ["prod", "dev"])
        expect(() => new OutputFolder(out, name)).to.throw(
          `${join(out, name)} exists and no plan wrote it (it has no graph.json): move it away, or name another --out`,
        );
      expect(listFiles(out)).to.deep.equal(["dev", "prod/thesis.txt"]);
    }));

  it("replaces an empty folder", () =>
    withFolder((out) => {
      mkdirSync(join(out, "prod"));
      const folder = new OutputFolder(out, "prod");
      folder.add({ path: "new", content: "" });
      folder.finish();
      expect(listFiles(out)).to.deep.equal(["prod/new"]);
    }));

  it("refuses an empty path", () => {
    expect(() => new OutputFolder("", "prod")).to.throw("--out: got an empty path, need a folder");
  });

  it("tells of a place where no folder can be made, instead of trying for ever", () => {
    expect(() => new OutputFolder("/proc/nowhere/out", "prod")).to.throw(
      /^\/proc\/nowhere\/out cannot be written: (ENOENT|EACCES|EROFS)/,
    );
  });

  it("tells of a file that cannot be written", () =>
    withFolder((out) => {
      const folder = new OutputFolder(out, "prod");
      folder.add({ path: "taken", content: "" });
      expect(() => {
        folder.add({ path: "taken/below", content: "" });
      }).to.throw(/taken\/below cannot be written: (EEXIST|ENOTDIR)/);
      folder.discard();
    }));

  it("clears away what a killed plan left, and puts back what it had moved", () =>
    withFolder((out) => {
      const ended = endedProcess();
      for (const name of [
        `.prod.new-${ended}`,
        `.prod.previous-${ended}`,
        `.prod.new-${process.ppid}`,
      ]) {
        mkdirSync(join(out, name));
        writeFileSync(join(out, name, "file"), name);
      }
      new OutputFolder(out, "prod").discard();
      expect(listFiles(out)).to.deep.equal([`.prod.new-${process.ppid}/file`, "prod/file"]);
      expect(readFileSync(join(out, "prod/file"), "utf8")).to.equal(`.prod.previous-${ended}`);
    }));
});
