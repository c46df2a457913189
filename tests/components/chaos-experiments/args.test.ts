import * as k8s from "@pulumi/kubernetes";
import { expect } from "chai";
import {
  ChaosExperiments,
  type ChaosExperimentsArgs,
  ServiceAlarms,
  type StopAlarms,
} from "../../../components/chaos-experiments";
import { startOfflineEngine } from "../../support/engine";
import { args, refusal } from "./fixture";

const refused = (given: Partial<ChaosExperimentsArgs>) =>
  refusal(
    () => new ChaosExperiments("trial", { ...args, experiments: { nodeLoss: {} }, ...given }),
  );

describe("the arguments of ChaosExperiments", () => {
  it("ask for an alarm by their type, and again when they run", async () => {
    // @ts-expect-error an experiment without an alarm does not compile
    const none: StopAlarms = [];
    expect(await refused({ stopAlarmArns: none })).to.deep.equal([
      "stopAlarmArns: got none, need at least one alarm that ends an experiment",
    ]);
    expect(
      await refused({
        stopAlarmArns: ["", ...Array<string>(5).fill(args.stopAlarmArns[0] as string)],
      }),
    ).to.deep.equal([
      "stopAlarmArns: got 6, need 5 at most",
      'stopAlarmArns[0]: got "", need the ARN of an alarm',
    ]);
  });

  it("are refused with every problem at once", async () => {
    const problems = await refusal(
      () =>
        new ChaosExperiments("Trial", {
          ...args,
          region: "nowhere",
          accountId: "12",
          environment: "",
          clusterName: "",
          targetTag: { key: "aws:chaos", value: "" },
          retentionDays: 0,
          experiments: {
            zonePower: {
              zones: ["us-west-2a", "us-west-2a"],
              minutes: 90,
              cutMinutes: 0,
              cacheZones: 1,
            },
            nodeLoss: { nodes: 0 },
            nodeLatency: { toCidrs: ["here"], nodes: 9, minutes: 90 },
            databaseFailover: { readers: 0 },
            spotInterruption: { nodes: 6 },
            regionConnectivity: { region: "nowhere", minutes: 1 },
          },
          scheduleTimeZone: "+01:00",
        }),
    );
    expect(problems).to.deep.equal([
      'name: got "Trial", need at most 30 lower-case letters, digits and hyphens, a letter first',
      'region: got "nowhere", need an AWS region',
      'accountId: got "12", need 12 digits, or unassigned',
      "environment: got none, need the value of the tag",
      'clusterName: got "", need the name of a cluster',
      'targetTag.key: got "aws:chaos", need a part of a tag of ours',
      'targetTag.value: got "", need a part of a tag of ours',
      "retentionDays: got 0, need a whole number of at least 1",
      'experiments.zonePower.zones: got "us-west-2a", need a zone of nowhere',
      'experiments.zonePower.zones: got "us-west-2a", need a zone of nowhere',
      'experiments.zonePower.zones: got "us-west-2a" twice, need each once',
      "experiments.zonePower.minutes: got 90, need a whole number from 5 to 60",
      "experiments.zonePower.cutMinutes: got 0, need a whole number of at least 1, less than minutes",
      "experiments.zonePower.cacheZones: got 1, need 0 for none, or 2 and more: one alone has no failover",
      "experiments.nodeLoss.nodes: got 0, need a whole number from 1 to 5",
      "experiments.spotInterruption.nodes: got 6, need a whole number from 1 to 5",
      "experiments.nodeLatency.nodes: got 9, need a whole number from 1 to 5",
      "experiments.nodeLatency.minutes: got 90, need a whole number from 1 to 60",
      'experiments.nodeLatency.toCidrs: got "here", need an IPv4 range such as 10.0.0.0/16',
      "experiments.databaseFailover.readers: got 0, need 1 or more: nobody could take over",
      "experiments.regionConnectivity.minutes: got 1, need a whole number from 5 to 180",
      'experiments.regionConnectivity.region: got "nowhere", need an AWS region',
      'experiments.regionConnectivity.region: got "nowhere", which is the environment\'s own, need another one',
      'scheduleTimeZone: got "+01:00", need a name of the IANA database',
    ]);
  });

  it("ask for at least one experiment", async () => {
    expect(await refused({ experiments: {} })).to.deep.equal([
      "experiments: got none, need at least one",
    ]);
  });

  for (const expression of [
    "cron(0 8 ? * TUE *)",
    "cron(0 16 ? * TUE *)",
    "cron(0 10 ? * SUN *)",
    "cron(0 10 * * ? *)",
    "rate(1 day)",
  ])
    it(`refuse to start something at ${expression}`, async () => {
      expect(await refused({ schedules: { "node-loss": expression } })).to.deep.equal([
        `schedules.node-loss: got "${expression}", need cron(minute hour ? * days *) from Monday to Friday between 9:00 and 16:00`,
      ]);
    });

  it("start no experiment that there is not, and no two at once", async () => {
    const at = "cron(0 10 ? * MON-FRI *)";
    expect(await refused({ schedules: { "node-loss": at, "zone-power": at } })).to.deep.equal([
      "schedules.zone-power: there is no such experiment, need one of node-loss",
      `schedules: got "${at}" twice, need one experiment at a time`,
    ]);
  });

  it("bound how late packets are", async () => {
    const engine = await startOfflineEngine({ mode: "known" });
    const provider = new k8s.Provider("cluster", { kubeconfig: "{}" });
    await engine.settle();
    const network = { clusterSubnetCidrs: [], endpointSubnetCidrs: [] };
    const networkLatency = { provider, network, delayMilliseconds: 0, jitterMilliseconds: -1 };
    expect(
      await refused({ experiments: { networkLatency: { ...networkLatency, minutes: 61 } } }),
    ).to.deep.equal([
      "experiments.networkLatency.delayMilliseconds: got 0, need a whole number from 1 to 10000",
      "experiments.networkLatency.jitterMilliseconds: got -1, need a whole number from 0 to 10000",
      "experiments.networkLatency.minutes: got 61, need a whole number from 1 to 60",
    ]);
  });
});

describe("the arguments of ServiceAlarms", () => {
  it("are refused with every problem at once", async () => {
    const problems = await refusal(
      () =>
        new ServiceAlarms("stop", {
          region: "nowhere",
          environment: "dev",
          errorPercent: 0,
          slowSeconds: 61,
          fewestHealthyTargets: -1,
          alarmTopicArn: args.alarmTopicArn,
        }),
    );
    expect(problems).to.deep.equal([
      'region: got "nowhere", need an AWS region',
      "errorPercent: got 0, need more than 0 and less than 100",
      "slowSeconds: got 61, need more than 0, at most 60",
      "fewestHealthyTargets: got -1, need a whole number of at least 0",
    ]);
  });
});
