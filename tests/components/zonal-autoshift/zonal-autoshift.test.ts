import * as aws from "@pulumi/aws";
import { expect } from "chai";
import { ArgsError } from "../../../components/shared/args-error";
import { ZonalAutoshift, type ZonalAutoshiftArgs } from "../../../components/zonal-autoshift";
import { startOfflineEngine } from "../../support/engine";

const args: ZonalAutoshiftArgs = {
  clusterName: "auterity",
  clusterArn: "arn:aws:eks:us-west-2:123456789012:cluster/auterity",
  zones: 3,
  blockedWindows: ["Mon:15:00-Tue:02:00"],
  alarmTopicArn: "arn:aws:sns:us-west-2:123456789012:alarms",
};

async function register(mode: "known" | "unknown") {
  const engine = await startOfflineEngine({ mode });
  const account = new aws.Provider("account", { region: "us-west-2" });
  new ZonalAutoshift("zones", args, { providers: [account] });
  await engine.settle();
  return engine.registrations.filter(({ type }) => !type.startsWith("pulumi:providers:"));
}

describe("ZonalAutoshift", () => {
  for (const mode of ["known", "unknown"] as const)
    it(`registers an alarm and the practice runs that it judges (${mode} values)`, async () => {
      const registrations = await register(mode);
      expect(registrations.map(({ type, name }) => [type, name])).to.deep.equal([
        ["platform:cluster:ZonalAutoshift", "zones"],
        ["aws:cloudwatch/metricAlarm:MetricAlarm", "zones-answers"],
        [
          "aws:arczonalshift/zonalAutoshiftConfiguration:ZonalAutoshiftConfiguration",
          "zones-autoshift",
        ],
      ]);
      expect(registrations[2]?.inputs).to.deep.include({
        resourceArn: args.clusterArn,
        zonalAutoshiftStatus: "ENABLED",
        blockedWindows: ["Mon:15:00-Tue:02:00"],
      });
      expect(registrations[1]?.inputs).to.deep.include({
        threshold: 5,
        treatMissingData: "notBreaching",
        alarmActions: [args.alarmTopicArn],
      });
    });

  it("refuses every problem at once, and registers nothing", async () => {
    const engine = await startOfflineEngine({ mode: "known" });
    let problems: readonly string[] = [];
    try {
      new ZonalAutoshift("zones", {
        ...args,
        zones: 2,
        blockedWindows: ["Mon:9:00-Mon:17:00", ...Array<string>(15).fill("Sun:00:00-Sun:01:00")],
        errorPercent: 0,
      });
    } catch (error) {
      if (error instanceof ArgsError) problems = error.problems;
    }
    await engine.settle();
    expect(problems).to.deep.equal([
      "zones: got 2, need 3 or more: two are left of them",
      "blockedWindows: got 16, need 15 at most",
      'blockedWindows: got "Mon:9:00-Mon:17:00", need Day:HH:MM-Day:HH:MM in UTC, such as Mon:15:00-Tue:02:00',
      "errorPercent: got 0, need more than 0 and less than 100",
    ]);
    expect(engine.registrations).to.deep.equal([]);
  });
});

describe("the example of ZonalAutoshift", () => {
  it("runs by itself, with the provider of its account", async () => {
    const config = { "auterity:accountId": "123456789012", "auterity:clusterName": "auterity" };
    const engine = await startOfflineEngine({ config });
    await import("../../../examples/zonal-autoshift/index.js");
    await engine.settle();
    const without = engine.registrations
      .filter(({ type }) => type.startsWith("aws:"))
      .filter(({ provider }) => provider.split("::")[3] !== "account");
    expect(without).to.deep.equal([]);
  });
});
