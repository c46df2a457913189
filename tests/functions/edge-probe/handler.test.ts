import { expect } from "chai";
import { handler, runProbes } from "../../../functions/edge-probe";
import { parsePlan } from "../../../functions/edge-probe/plan";
import { always, firewall, type Host, limitedTo, startHost } from "./firewall";

const pace = { concurrency: 10, pauseMilliseconds: 1, looks: 1 };

describe("edge-probe: a run", () => {
  const hosts: Host[] = [];
  afterEach(() => Promise.all(hosts.splice(0).map((host) => host.close())));

  it("writes a line of metrics for each host, the burst counted where it went", async () => {
    const guarded = await startHost(firewall);
    const open = await startHost(always(200));
    const limited = await startHost(limitedTo(5));
    hosts.push(guarded, open, limited);
    const lines: string[] = [];
    await runProbes(
      {
        environment: "dev",
        origins: [guarded.origin, open.origin],
        attacks: ["sql-injection", "path-traversal"],
        burst: { origin: limited.origin, requests: 100 },
      },
      { write: (line) => lines.push(line), pace },
    );
    const written = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(
      written.map((line) => [
        line["Environment"],
        line["Host"],
        line["ProbesRefused"],
        line["ProbesPassed"],
        line["ProbesInconclusive"],
      ]),
    ).to.deep.equal([
      ["dev", guarded.host, 2, 0, 0],
      ["dev", open.host, 0, 2, 0],
      ["dev", limited.host, 1, 0, 0],
    ]);
    expect(written[1]?.["findings"]).to.deep.equal([
      { probe: "sql-injection", outcome: "passed", status: 200 },
      { probe: "path-traversal", outcome: "passed", status: 200 },
    ]);
  });

  it("describes its metrics in the embedded format", async () => {
    const host = await startHost(firewall);
    hosts.push(host);
    const lines: string[] = [];
    const before = Date.now();
    await runProbes(
      { environment: "dev", origins: [host.origin], attacks: ["sql-injection"] },
      { write: (line) => lines.push(line) },
    );
    const { _aws: metadata } = JSON.parse(lines[0]!) as {
      _aws: { Timestamp: number; CloudWatchMetrics: unknown };
    };
    expect(metadata.Timestamp).to.be.within(before, Date.now());
    expect(metadata.CloudWatchMetrics).to.deep.equal([
      {
        Namespace: "Auterity/EdgeProbe",
        Dimensions: [["Environment", "Host"]],
        Metrics: [
          { Name: "ProbesRefused", Unit: "Count" },
          { Name: "ProbesPassed", Unit: "Count" },
          { Name: "ProbesInconclusive", Unit: "Count" },
        ],
      },
    ]);
  });

  it("fails without a plan: a check that asks nothing must not look like one that went well", async () => {
    Reflect.deleteProperty(process.env, "PROBE_PLAN");
    let message = "";
    try {
      await handler();
    } catch (error) {
      message = (error as Error).message;
    }
    expect(message).to.equal("PROBE_PLAN was refused: need a JSON object");
  });
});

describe("edge-probe: the plan", () => {
  const message = (plan: unknown): string => {
    try {
      parsePlan(typeof plan === "string" ? plan : JSON.stringify(plan));
      return "accepted";
    } catch (error) {
      return (error as Error).message;
    }
  };

  it("is taken as it is given", () => {
    const plan = {
      environment: "prod",
      origins: ["https://api.platform.example"],
      attacks: ["log4j-lookup"],
      burst: { origin: "http://api.platform.example", requests: 1500 },
    };
    expect(parsePlan(JSON.stringify(plan))).to.deep.equal(plan);
  });

  it("is refused with every problem at once", () => {
    expect(
      message({
        environment: "",
        origins: ["https://api.platform.example/path", "ftp://files.example", 7],
        attacks: ["sql-injection", "ping-of-death"],
        burst: { origin: "api.platform.example", requests: 5001 },
      }),
    ).to.equal(
      [
        "PROBE_PLAN was refused:",
        "environment: need a name",
        'origins: got "https://api.platform.example/path", need scheme and host alone',
        'origins: got "ftp://files.example", need scheme and host alone',
        "origins: got 7, need scheme and host alone",
        'attacks: got "ping-of-death", need one of sql-injection, cross-site-scripting, path-traversal, log4j-lookup, exploitable-path',
        'burst.origin: got "api.platform.example", need scheme and host alone',
        "burst.requests: got 5001, need 1 to 5000",
      ].join("\n  - "),
    );
    expect(message({ environment: "dev", origins: [], attacks: "all", burst: 5 })).to.equal(
      [
        "PROBE_PLAN was refused:",
        "origins: need at least one",
        "attacks: need a list",
        "burst: need an object",
      ].join("\n  - "),
    );
  });

  for (const text of ["", "no JSON", "[]", "null", "7"])
    it(`is refused where it is no object: ${JSON.stringify(text)}`, () => {
      expect(message(text)).to.equal("PROBE_PLAN was refused: need a JSON object");
    });
});
