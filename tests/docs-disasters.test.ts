import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { createRecoveryCommand } from "../tools/recovery/command";

const folder = "docs/runbooks";
const pages = readdirSync(folder).filter((file) => file.startsWith("disaster-"));
const docOf = (page: string): string => readFileSync(join("docs", `${page}.md`), "utf8");
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

  it("name commands of recovery that there are, with options that they take", () => {
    const recovery = createRecoveryCommand(".");
    const texts = [...pages.map(textOf), ...["disaster-recovery", "database"].map(docOf)];
    const used = texts.flatMap((text) =>
      [...text.matchAll(/npm run recovery -- (\w+)((?: --[a-z-]+)*)/g)].map(
        ([, name = "", options = ""]) => ({
          name,
          options: options.trim().split(" ").filter(Boolean),
        }),
      ),
    );
    expect(used.map(({ name }) => name)).to.include.members(["check", "failover", "failback"]);
    for (const { name, options } of used) {
      const command = recovery.commands.find((one) => one.name() === name);
      const known = command?.options.map(({ long }) => long);
      expect(command, name).not.to.equal(undefined);
      expect(known, name).to.include.members(options);
    }
  });

  it("name drills that there are", () => {
    const named = [
      ...docOf("disaster-recovery").matchAll(/drills? ((?:`[a-z]+`(?:, )?)+)/g),
    ].flatMap(([, list = ""]) => list.match(/[a-z]+/g) ?? []);
    expect(named).to.include.members(["failover", "recovery", "restore", "manifests"]);
    const registry = readFileSync("tools/drill/registry.ts", "utf8");
    const known = [...registry.matchAll(/^ {2}(\w+)Drill,$/gm)].map(([, name]) => name);
    expect(named.filter((name) => !known.includes(name))).to.deep.equal([]);
  });
});
