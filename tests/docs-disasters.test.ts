import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";

const folder = "docs/runbooks";
const pages = readdirSync(folder).filter((file) => file.startsWith("disaster-"));
const textOf = (page: string): string => readFileSync(join(folder, page), "utf8");

describe("runbooks of disasters", () => {
  it("are there for each of them", () => {
    expect(pages).to.deep.equal(
      ["bucket", "cluster", "database", "region", "secret", "state", "zone"].map(
        (disaster) => `disaster-${disaster}.md`,
      ),
    );
  });

  for (const page of pages) {
    it(`say what proves ${page}, and what is decided`, () => {
      expect(textOf(page)).to.match(/^Proved by: \S/m);
      expect(textOf(page)).to.match(/\d\. .*[Dd]ecide|Decide/);
    });

    it(`have commands in ${page} that a shell can read`, () => {
      const blocks = [...textOf(page).matchAll(/```sh\n(.*?)```/gs)].map(([, text]) => text ?? "");
      expect(blocks).not.to.deep.equal([]);
      for (const input of blocks) {
        const { status, stderr } = spawnSync("bash", ["-n"], { input, encoding: "utf8" });
        expect(status, stderr).to.equal(0);
      }
    });

    it(`lead from ${page} to pages that are there`, () => {
      const links = [...textOf(page).matchAll(/\]\(([^)#:]+)\)/g)].map(([, link]) => link ?? "");
      const lost = links.filter((link) => !existsSync(join(folder, link)));
      expect(lost).to.deep.equal([]);
    });
  }
});
