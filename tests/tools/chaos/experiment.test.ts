import { expect } from "chai";
import type { Aws, Run } from "../../../tools/chaos/aws";
import { startExperiment, type World } from "../../../tools/chaos/experiment";

const template = {
  ...{ id: "EXT1", experiment: "node-loss", hypothesis: "all stand", bucket: "results" },
  stopAlarms: ["errors"],
};
const run = (status: string, reason = ""): Run => ({
  ...{ id: "EXP1", templateId: "EXT1", status, reason, startTime: "t0", endTime: "t1" },
});
const environment = {
  ...{ name: "prod", accountId: "123456789012", services: ["api"] },
  ...{ leastBudgetPercent: 60, budgetNeeded: true },
};

/** A world in which an experiment goes through the states that are given. */
function worldOf(states: readonly Run[], given: Partial<Aws> = {}, remaining = 1) {
  const said: string[] = [];
  const written: [place: string, text: string][] = [];
  const started: string[] = [];
  const left = [...states];
  const aws: Aws = {
    caller: () => Promise.resolve({ account: "123456789012", arn: "arn:aws:iam::1:role/somebody" }),
    templates: () => Promise.resolve([template]),
    alarmStates: (names) => Promise.resolve(names.map((name) => ({ name, state: "OK" }))),
    runs: () => Promise.resolve([run("completed")]),
    start: (id) => {
      started.push(id);
      return Promise.resolve(run("initiating"));
    },
    run: () => Promise.resolve(left.shift() ?? run("completed")),
    write: (bucket, key, text) => {
      written.push([`${bucket}/${key}`, text]);
      return Promise.resolve();
    },
    ...given,
  };
  const world: World = {
    ...{ aws, lookSeconds: 0, say: (line) => void said.push(line) },
    prometheus: {
      budgets: () => Promise.resolve([{ service: "api", objective: "availability", remaining }]),
      firing: () => Promise.resolve([]),
    },
  };
  return { world, said, written, started };
}

const start = { experiment: "node-loss", why: "a test" };

async function refusal(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => "started",
    (error: unknown) => (error as Error).message,
  );
}

describe("an experiment that is started by hand", () => {
  it("is waited for, judged and recorded, with what was left of the budget", async () => {
    const { world, written, started } = worldOf([run("running"), run("completed")]);
    const record = await startExperiment(world, environment, start);
    expect(started).to.deep.equal(["EXT1"]);
    expect(record.verdict).to.equal("held");
    const [place, text] = written[0]!;
    expect(place).to.equal("results/records/node-loss/EXP1.json");
    expect(JSON.parse(text)).to.deep.include({
      ...{ experiment: "node-loss", environment: "prod", hypothesis: "all stand", why: "a test" },
      ...{ verdict: "held", startedBy: "arn:aws:iam::1:role/somebody" },
      budgets: {
        before: { "api availability": "100.0 %" },
        after: { "api availability": "100.0 %" },
      },
    });
  });

  it("has refuted what was expected when an alarm ended it, and shown nothing when it failed", async () => {
    const stopped = worldOf([run("stopped", "alarm errors")]);
    expect((await startExperiment(stopped.world, environment, start)).verdict).to.equal("refuted");
    expect(stopped.said.at(-2)).to.equal(
      "stopped: an alarm ended it: users noticed (alarm errors)",
    );
    const failed = worldOf([run("failed", "no targets")]);
    expect((await startExperiment(failed.world, environment, start)).verdict).to.equal(
      "nothing shown",
    );
    expect(failed.written.length).to.equal(1);
  });

  it("is not started when the guard refuses, and says how to end it when it is", async () => {
    const poor = worldOf([], {}, 0.2);
    expect(await refusal(startExperiment(poor.world, environment, start))).to.equal(
      "node-loss is not started:\n  - api: 20.0 % of the error budget of availability is left, need 60 %",
    );
    expect(poor.started).to.deep.equal([]);
    const rich = worldOf([run("completed")]);
    await startExperiment(rich.world, environment, start);
    expect(rich.said).to.include("to end it: aws fis stop-experiment --id EXP1");
  });

  it("waits for another one to end", async () => {
    const busy = worldOf([], { runs: () => Promise.resolve([run("running")]) });
    expect(await refusal(startExperiment(busy.world, environment, start))).to.contain(
      "an experiment is under way: EXP1",
    );
  });

  it("touches no other account, and names what there is when it is asked for something else", async () => {
    const caller = () => Promise.resolve({ account: "999999999999", arn: "arn" });
    const elsewhere = worldOf([], { caller });
    expect(await refusal(startExperiment(elsewhere.world, environment, start))).to.equal(
      "you are signed in to account 999999999999, and prod is in 123456789012",
    );
    const { world } = worldOf([]);
    expect(
      await refusal(startExperiment(world, environment, { ...start, experiment: "flood" })),
    ).to.equal('experiment: got "flood", need one of node-loss');
  });
});
