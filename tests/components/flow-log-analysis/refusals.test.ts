import { expect } from "chai";
import { FlowLogAnalysis } from "../../../components/flow-log-analysis";
import { ArgsError } from "../../../components/shared/args-error";
import { startOfflineEngine } from "../../support/engine";
import { args } from "./analysis-args";

describe("FlowLogAnalysis refuses", () => {
  it("every problem at once, and registers nothing", async () => {
    const engine = await startOfflineEngine({ mode: "known" });
    let problems: readonly string[] = [];
    try {
      new FlowLogAnalysis("Shop", {
        ...args,
        region: "oregon",
        accountId: "12",
        environment: "",
        schedule: "daily",
        subnets: [
          { cidrBlock: "10.0.0.0/16", tier: "internet", zone: "us-west-2a" },
          { cidrBlock: "10.0.1.0/24", tier: "data", zone: "it's" },
          { cidrBlock: "10.0.0.1/24", tier: "data", zone: "us-west-2a" },
        ],
        allowedFlows: [
          { from: "public", to: "data", protocol: "tcp", ports: [] },
          { from: "data", to: "data", protocol: "icmp" as "tcp", ports: [[9, 8]] },
          { from: "data", to: "internet", protocol: "udp", ports: [0] },
        ],
        scanLimitBytes: 1,
        lookbackDays: 0,
        crossZonePricePerGib: 0,
        resultRetentionDays: 0,
        logRetentionDays: 1.5,
      });
    } catch (error) {
      if (error instanceof ArgsError) problems = error.problems;
    }
    await engine.settle();
    expect(engine.registrations).to.deep.equal([]);
    expect(problems).to.deep.equal([
      'name: got "Shop", need at most 49 lower-case letters, digits and hyphens, a letter first',
      'region: got "oregon", need an AWS region',
      'accountId: got "12", need 12 digits, or unassigned',
      "environment: got none, need a name",
      'schedule: got "daily", need cron(…) or rate(…)',
      'subnets.10.0.0.0/16.tier: got "internet", need a name other than internet',
      `subnets.10.0.1.0/24.zone: got "it's", need the name of a zone`,
      'subnets: got "10.0.0.1/24", need a range without host bits; write 10.0.0.0/24',
      "subnets: 10.0.0.0/16 and 10.0.1.0/24 overlap, need ranges apart",
      'allowedFlows[0]: got the tier "public", need one of internet, data',
      'allowedFlows[0].ports: got [], need ports, ranges or "all"',
      'allowedFlows[1]: goes from "data" to itself, need two tiers',
      'allowedFlows[1].protocol: got "icmp", need tcp or udp',
      'allowedFlows[1].ports: got [[9,8]], need ports, ranges or "all"',
      'allowedFlows[2].ports: got [0], need ports, ranges or "all"',
      "scanLimitBytes: got 1, need 10485760 or more",
      "lookbackDays: got 0, need 1 to 90",
      "crossZonePricePerGib: got 0, need more than 0",
      "resultRetentionDays: got 0, need a whole number of at least 1",
      "logRetentionDays: got 1.5, need a whole number of at least 1",
    ]);
  });

  it("to look at nothing", () => {
    expect(() => new FlowLogAnalysis("shop", { ...args, subnets: [], allowedFlows: [] })).to.throw(
      ArgsError,
      /subnets: got none, need all of the VPC\n {2}- allowedFlows: got none, need those/,
    );
  });
});
