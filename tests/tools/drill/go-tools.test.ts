import { expect } from "chai";
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { buildGoTool, type GoToolSource } from "../../../tools/drill/go-tools";
import { MissingProgramError } from "../../../tools/drill/tool-cache";
import { withFolder } from "../run-cli";

const hello = `package main

import "fmt"

func main() { fmt.Println("built") }
`;

interface Place {
  readonly source: GoToolSource;
  /** Where tools are kept. */
  readonly cache: string;
  readonly said: string[];
  readonly build: () => Promise<string>;
}

/** A module without dependencies and a cache of its own. */
function withModule<T>(use: (place: Place) => Promise<T>, program = hello): Promise<T> {
  return withFolder(async (folder) => {
    const moduleFolder = join(folder, "module");
    mkdirSync(moduleFolder);
    writeFileSync(join(moduleFolder, "go.mod"), "module auterity.invalid/greeter\n\ngo 1.22\n");
    writeFileSync(join(moduleFolder, "main.go"), program);
    const source = { name: "hello", moduleFolder, package: "auterity.invalid/greeter" };
    const said: string[] = [];
    const say = (line: string): void => void said.push(line);
    const build = (): Promise<string> => buildGoTool(source, { projectDirectory: folder, say });
    const cache = join(folder, "cache/auterity/tools");
    // Go keeps its own cache below the same folder: the standard library need not be built for each test.
    return withVariable("GOCACHE", goCache(), () =>
      withVariable("XDG_CACHE_HOME", join(folder, "cache"), () =>
        use({ source, cache, said, build }),
      ),
    );
  });
}

function goCache(): string {
  return execFileSync("go", ["env", "GOCACHE"], { encoding: "utf8" }).trim();
}

async function withVariable<T>(name: string, value: string, use: () => Promise<T>): Promise<T> {
  const before = process.env[name];
  process.env[name] = value;
  try {
    return await use();
  } finally {
    if (before === undefined) Reflect.deleteProperty(process.env, name);
    else process.env[name] = before;
  }
}

async function failureOf(work: Promise<unknown>): Promise<Error> {
  try {
    await work;
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error("it succeeded");
}

/** Takes the time out of what was said. */
function timeless(said: readonly string[]): string[] {
  return said.map((line) => line.replace(/\d+ s$/, "N s"));
}

describe("pinned Go programs", function () {
  this.timeout(180_000);

  before(function () {
    if (spawnSync("go", ["version"]).status === 0) return;
    console.warn("      SKIPPED: Go is not installed, so nothing is built");
    this.skip();
  });

  it("builds once, under the name that is asked for, and tells it", () =>
    withModule(async ({ build, said, cache }) => {
      const program = await build();
      expect(execFileSync(program, { encoding: "utf8" })).to.equal("built\n");
      expect(program).to.match(/\/hello-[0-9a-f]{16}\/hello$/);
      expect(await build()).to.equal(program);
      expect(timeless(said)).to.deep.equal([
        "hello: builds it, once on this machine",
        "hello: built in N s",
      ]);
      expect(readdirSync(cache)).to.have.length(1);
    }));

  it("builds another program for another go.mod", () =>
    withModule(async ({ build, source }) => {
      const first = await build();
      writeFileSync(
        join(source.moduleFolder, "go.mod"),
        "module auterity.invalid/greeter\n\ngo 1.23\n",
      );
      const second = await build();
      expect(second).not.to.equal(first);
      expect([first, second].every((program) => existsSync(program))).to.equal(true);
    }));

  it("lets the second of two wait and take what the first has built", () =>
    withModule(async ({ build, said }) => {
      const [first, second] = await Promise.all([build(), build()]);
      expect(second).to.equal(first);
      // Which of the first two lines comes first is up to the machine.
      expect(timeless(said)).to.have.members([
        "hello: builds it, once on this machine",
        "hello: waits for another build on this machine",
        "hello: built in N s",
      ]);
    }));

  it("takes over the lock of a process that is gone", () =>
    withModule(async ({ build, said, cache }) => {
      const { pid } = spawnSync("true");
      mkdirSync(cache, { recursive: true });
      writeFileSync(join(cache, "lock"), String(pid));
      await build();
      expect(timeless(said)).to.deep.equal([
        "hello: builds it, once on this machine",
        "hello: built in N s",
      ]);
      expect(existsSync(join(cache, "lock"))).to.equal(false);
    }));

  it("keeps nothing of a build that fails, and shows the compiler's words", () =>
    withModule(async ({ build, cache }) => {
      const { message } = await failureOf(build());
      expect(message).to.include("build: exit code 1; its log ends with");
      expect(message).to.include("undefined: nothingOfThatName");
      expect(readdirSync(cache)).to.deep.equal([]);
    }, "package main\n\nfunc main() { nothingOfThatName() }\n"));

  it("names what to install where Go is missing", () =>
    withModule(({ build, cache }) =>
      withVariable("PATH", cache, async () => {
        const error = await failureOf(build());
        expect(error).to.be.instanceOf(MissingProgramError);
        expect(error.message).to.equal(
          "go: not found; install Go 1.26 or newer (https://go.dev/doc/install), which builds the pinned tools of the drills",
        );
      }),
    ));

  it("does not take a missing module for a missing Go", () =>
    withModule(async ({ source }) => {
      const moduleFolder = `${source.moduleFolder}-elsewhere`;
      const error = await failureOf(
        buildGoTool({ ...source, moduleFolder }, { projectDirectory: "/" }),
      );
      expect(error).not.to.be.instanceOf(MissingProgramError);
      expect(error.message).to.equal(`${moduleFolder} has no go.mod`);
    }));
});
