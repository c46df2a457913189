import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect } from "chai";
import { loadProgram, runProgram } from "../tools/plan/program";
import { listEnvironments, readStackFile } from "../tools/plan/stack-files";

const page = readFileSync("docs/adoption.md", "utf8");
const projectDirectory = resolve(__dirname, "..");

function blocks(language: string): string[] {
  const pattern = new RegExp(`\`\`\`${language}\\n(.*?)\`\`\``, "gs");
  return [...page.matchAll(pattern)].map(([, text]) => text ?? "");
}

interface ImportedResource {
  readonly type: string;
  readonly name: string;
  readonly logicalName: string;
  readonly parent?: string;
  readonly provider?: string;
}

interface ImportFile {
  readonly nameTable: Readonly<Record<string, string>>;
  readonly resources: readonly ImportedResource[];
}

/** URNs of what the file imports; a child's begins with its parent's type. */
function importedUrns({ resources }: ImportFile, stack: string): string[] {
  return resources.map(({ type, logicalName, parent }) => {
    const above = resources.find(({ name }) => name === parent);
    const types = above === undefined ? type : `${above.type}$${type}`;
    return `urn:pulumi:${stack}::auterity::${types}::${logicalName}`;
  });
}

async function urnsOf(stack: string): Promise<string[]> {
  const run = await runProgram({
    program: loadProgram(projectDirectory),
    stack: readStackFile(projectDirectory, stack),
    mode: "known",
  });
  return run.registrations.map(({ urn }) => urn);
}

describe("docs/adoption.md", () => {
  const file = JSON.parse(blocks("json")[0] ?? "{}") as ImportFile;

  for (const stack of ["dev", "prod"])
    it(`imports what the program of ${stack} really registers, under its types and names`, async function () {
      this.timeout(60_000);
      const forStack = JSON.parse(
        JSON.stringify(file)
          .replaceAll("auterity-dev", `auterity-${stack}`)
          .replaceAll(":dev:", `:${stack}:`),
      ) as ImportFile;
      const planned = await urnsOf(stack);
      expect(planned).to.include.members(importedUrns(forStack, stack));
      expect(planned).to.include.members(Object.values(forStack.nameTable));
      const names = new Set([
        ...file.resources.map(({ name }) => name),
        ...Object.keys(file.nameTable),
      ]);
      for (const { parent, provider } of file.resources)
        for (const reference of [parent, provider])
          if (reference !== undefined) expect([...names]).to.include(reference);
    });

  it("takes back what it has imported, by the same URNs", async function () {
    this.timeout(60_000);
    const named = [...page.matchAll(/'(urn:pulumi:[^']+)'/g)].map(([, urn]) => urn ?? "");
    expect(named).not.to.deep.equal([]);
    expect(await urnsOf("dev")).to.include.members(named);
  });

  it("has commands that a shell can read", () => {
    const commands = blocks("sh");
    expect(commands.length).to.be.greaterThan(5);
    for (const input of commands) {
      const { status, stderr } = spawnSync("bash", ["-n"], { input, encoding: "utf8" });
      expect(status, stderr).to.equal(0);
    }
  });

  it("names environments, commands of this project and pages that are there", () => {
    const { scripts } = JSON.parse(readFileSync("package.json", "utf8")) as {
      readonly scripts: Readonly<Record<string, string>>;
    };
    const commands = [...page.matchAll(/npm run (?:--silent )?([a-z-]+)/g)].map(([, name]) => name);
    expect(Object.keys(scripts)).to.include.members(commands);
    const stacks = [...page.matchAll(/--(?:stack|env) ([a-z]+)/g)].map(([, name]) => name);
    expect(listEnvironments(projectDirectory)).to.include.members(stacks);
    const links = [...page.matchAll(/\]\(([^)#:]+)\)/g)].map(([, link]) => link ?? "");
    expect(links.filter((link) => !existsSync(join("docs", link)))).to.deep.equal([]);
  });

  it("says at every phase when to go on and how to go back", () => {
    const phases = page.split(/^## /m).filter((section) => section.startsWith("Phase "));
    expect(phases.length).to.equal(7);
    const incomplete = phases.filter(
      (text) => !text.includes("**Go**") || !text.includes("**Back"),
    );
    expect(incomplete.map((text) => text.split("\n")[0])).to.deep.equal([]);
  });
});
