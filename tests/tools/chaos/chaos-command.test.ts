import { expect } from "chai";
import { once } from "node:events";
import { chmodSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { readBudgets, readFiring } from "../../../tools/chaos/prometheus";
import { runCli, withFolder } from "../run-cli";

const template = {
  ...{ id: "EXT1", description: "all stand" },
  tags: { environment: "dev", experiment: "node-loss" },
  stopConditions: [
    { source: "aws:cloudwatch:alarm", value: "arn:aws:cloudwatch:us-west-2:1:alarm:errors" },
  ],
};

/** The AWS CLI, as far as experiments ask it. */
function fakeAws(state: string): string {
  const answers = {
    "list-experiment-templates": { experimentTemplates: [template, { id: "EXT2", tags: {} }] },
    "get-experiment-template": { experimentTemplate: template },
    "describe-alarms": { MetricAlarms: [{ AlarmName: "errors", StateValue: state }] },
    "list-experiments": {
      experiments: [
        {
          ...{ id: "EXP1", experimentTemplateId: "EXT1", creationTime: 1_780_000_000 },
          state: { status: "stopped" },
        },
      ],
    },
  };
  const cases = Object.entries(answers).map(
    ([name, answer]) => `${name}) cat <<'ANSWER'\n${JSON.stringify(answer)}\nANSWER\n;;`,
  );
  return `#!/bin/sh\ncase "$2" in\n${cases.join("\n")}\n*) echo "who is $2?" >&2; exit 255;;\nesac\n`;
}

/** Runs a command with an `aws` that answers as it is told. */
async function chaos(state: string, ...args: string[]) {
  return withFolder(async (folder) => {
    const program = join(folder, "aws");
    writeFileSync(program, fakeAws(state));
    chmodSync(program, 0o755);
    const path = process.env["PATH"];
    process.env["PATH"] = `${folder}:${path ?? ""}`;
    try {
      return await runCli(["chaos", ...args]);
    } finally {
      process.env["PATH"] = path;
    }
  });
}

describe("npm run chaos", () => {
  it("lists the experiments of the environment, and what each expects", async () => {
    const { code, stdout } = await chaos("OK", "list", "--env", "dev");
    expect(code).to.equal(0);
    expect(stdout).to.match(/node-loss +all stand/);
  });

  it("says whether one could start, and what speaks against it", async () => {
    const calm = await chaos("OK", "check", "node-loss", "--env", "dev");
    expect([calm.code, calm.stdout]).to.deep.equal([0, "nothing speaks against node-loss\n"]);
    const alarmed = await chaos("ALARM", "check", "node-loss", "--env", "dev");
    expect([alarmed.code, alarmed.stdout]).to.deep.equal([
      1,
      "- users see something already: the alarm errors is ALARM\nnode-loss must wait\n",
    ]);
  });

  it("shows what became of them, scheduled ones too", async () => {
    const { stdout } = await chaos("OK", "results", "--env", "dev");
    expect(stdout).to.match(/2026-05-28T20:26:40\.000Z +node-loss +stopped +refuted +EXP1/);
  });

  it("refuses in the user's terms: no experiments here, no such environment, what AWS said", async () => {
    const recovery = await chaos("OK", "list", "--env", "recovery");
    expect([recovery.code, recovery.stderr]).to.deep.equal([
      1,
      "error: Pulumi.recovery.yaml: auterity:chaos.enabled is not true: there are no experiments\n",
    ]);
    const nowhere = await chaos("OK", "list", "--env", "nowhere");
    expect(nowhere.stderr).to.contain(
      'environment: got "nowhere", need one of dev, prod, recovery',
    );
    const unknown = await chaos("OK", "start", "node-loss", "--env", "dev", "--why", "a test");
    expect(unknown.stderr).to.equal(
      "error: aws sts get-caller-identity: who is get-caller-identity?\n",
    );
  });
});

describe("what Prometheus is asked before an experiment", () => {
  async function answering<T>(body: object, status: number, use: (url: string) => Promise<T>) {
    const asked: string[] = [];
    const server = createServer((request, response) => {
      asked.push(new URL(request.url ?? "", "http://x").searchParams.get("query") ?? "");
      response.writeHead(status, { "content-type": "application/json" });
      response.end(JSON.stringify(body));
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    try {
      return { asked, given: await use(`http://127.0.0.1:${port}/`) };
    } finally {
      server.close();
    }
  }
  const result = (metric: object, value: string) => ({
    status: "success",
    data: { result: [{ metric, value: [0, value] }] },
  });

  it("is what is left of every budget", async () => {
    const metric = { slo_service: "api", slo: "availability" };
    const { asked, given } = await answering(result(metric, "0.75"), 200, readBudgets);
    expect(asked).to.deep.equal(["slo:error_budget_remaining:ratio"]);
    expect(given).to.deep.equal([{ service: "api", objective: "availability", remaining: 0.75 }]);
  });

  it("is which alerts wake somebody", async () => {
    const metric = { alertname: "SloBurnFast", service: "api" };
    const { given } = await answering(result(metric, "1"), 200, readFiring);
    expect(given).to.deep.equal(["SloBurnFast of api"]);
  });

  it("is refused when nobody answers, or somebody else does", async () => {
    const message = (work: Promise<unknown>) =>
      work.then(
        () => "",
        (error: unknown) => (error as Error).message,
      );
    expect(await message(readBudgets("http://127.0.0.1:1"))).to.match(
      /^--prometheus: http:\/\/127\.0\.0\.1:1 does not answer: /,
    );
    expect(await message(answering({}, 404, readBudgets))).to.match(/HTTP 404, need Prometheus$/);
  });
});
