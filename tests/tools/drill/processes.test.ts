import { expect } from "chai";
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createServer } from "node:net";
import { resolve } from "node:path";
import { freePorts, onStage, waitFor, type RunningProgram } from "../../../tools/drill/processes";
import { nodeArguments } from "../../../tools/node-arguments";

const sleeper = { name: "sleeper", program: "sleep", args: ["300"] };

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function failureOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    return String(error);
  }
  throw new Error("it succeeded");
}

describe("processes of drills", () => {
  it("end with the drill, and their folder with them", async () => {
    const { pid, folder } = await onStage("test", ({ start, folder }) => {
      const { pid } = start(sleeper);
      expect(isAlive(pid)).to.equal(true);
      expect(existsSync(folder)).to.equal(true);
      return Promise.resolve({ pid, folder });
    });
    expect(isAlive(pid)).to.equal(false);
    expect(existsSync(folder)).to.equal(false);
  });

  it("end when the drill fails", async () => {
    let started: RunningProgram | undefined;
    const failure = await failureOf(
      onStage("test", ({ start }) => {
        started = start(sleeper);
        throw new Error("the drill failed");
      }),
    );
    expect(failure).to.equal("Error: the drill failed");
    expect(isAlive(started?.pid ?? 0)).to.equal(false);
  });

  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
    it(`end when the drill gets ${signal}, which it then dies of`, async () => {
      const processes = resolve(__dirname, "../../../tools/drill/processes.ts");
      const program = `require(${JSON.stringify(processes)}).onStage("test", ({ start, folder }) => {
        const { pid } = start(${JSON.stringify(sleeper)});
        console.log(JSON.stringify({ pid, folder }));
        return new Promise((resolve) => setTimeout(resolve, 300000));
      });`;
      const drill = spawn(process.execPath, [...nodeArguments, "-e", program], {
        stdio: ["ignore", "pipe", "inherit"],
      });
      const line = await new Promise<string>((settle, fail) => {
        drill.once("error", fail);
        drill.stdout.once("data", (chunk: Buffer) => {
          settle(chunk.toString());
        });
      });
      const { pid, folder } = JSON.parse(line) as { pid: number; folder: string };
      expect(isAlive(pid)).to.equal(true);
      const ended = new Promise((settle) =>
        drill.once("exit", (_, by) => {
          settle(by);
        }),
      );
      drill.kill(signal);
      expect(await ended).to.equal(signal);
      expect(isAlive(pid)).to.equal(false);
      expect(existsSync(folder)).to.equal(false);
    });

  it("are asked to end, one by one", () =>
    onStage("test", async ({ start }) => {
      const [first, second] = [start(sleeper), start({ ...sleeper, name: "other" })];
      await first.stop();
      expect(first.ending()).to.equal("signal SIGTERM");
      expect(second.ending()).to.equal(undefined);
    }));

  it("see nothing of whoever starts them but the path", () =>
    onStage("test", async ({ run, folder }) => {
      const seen = await run({ name: "env", program: "env", args: [] });
      const names = seen
        .trim()
        .split("\n")
        .map((line) => line.split("=")[0]);
      expect(names.sort()).to.deep.equal(["HOME", "PATH", "TMPDIR"]);
      expect(seen).to.include(`HOME=${folder}\n`);
    }));

  it("that run to their end give what they wrote, or fail with it", () =>
    onStage("test", async ({ run }) => {
      const shell = (name: string, script: string) => ({
        name,
        program: "sh",
        args: ["-c", script],
      });
      expect(await run(shell("good", "echo one; echo two >&2"))).to.equal("one\ntwo\n");
      expect(await failureOf(run(shell("bad", "echo why; exit 3")))).to.equal(
        "Error: bad: exit code 3; its log ends with\n    why",
      );
      const missing = await failureOf(run({ name: "none", program: "no-such-program", args: [] }));
      expect(missing).to.include("none: spawn no-such-program ENOENT");
    }));
});

describe("waiting in drills", () => {
  it("gives the answer and the time that it took", () =>
    onStage("test", async ({ start }) => {
      let asked = 0;
      const wait = { what: "the answer", seconds: 10, needs: [start(sleeper)] };
      const { value, seconds } = await waitFor(wait, () =>
        (asked += 1) > 2 ? "there" : undefined,
      );
      expect(value).to.equal("there");
      expect(seconds).to.be.within(0.3, 5);
    }));

  it("ends at its limit, with the log of what it waited on", () =>
    onStage("test", async ({ start }) => {
      const needs = [
        start({ name: "talker", program: "sh", args: ["-c", "echo so far; sleep 300"] }),
      ];
      const failure = await failureOf(
        waitFor({ what: "the answer", seconds: 0.5, needs }, () => undefined),
      );
      expect(failure).to.equal(
        "Error: waited 0.5 s in vain for the answer\n  talker: still runs; its log ends with\n    so far",
      );
    }));

  it("ends as soon as what it waits on has ended", () =>
    onStage("test", async ({ start }) => {
      const needs = [
        start({ name: "quitter", program: "sh", args: ["-c", "echo bad flag; exit 2"] }),
      ];
      const failure = await failureOf(
        waitFor({ what: "the answer", seconds: 60, needs }, () => undefined),
      );
      expect(failure).to.equal(
        "Error: the answer: quitter: exit code 2; its log ends with\n    bad flag",
      );
    }));

  it("finds ports that are free, all different", async () => {
    const ports = await freePorts(5);
    expect(new Set(ports).size).to.equal(5);
    for (const port of ports)
      await new Promise<void>((settle, fail) => {
        const server = createServer().once("error", fail);
        server.listen(port, "127.0.0.1", () =>
          server.close(() => {
            settle();
          }),
        );
      });
  });
});
