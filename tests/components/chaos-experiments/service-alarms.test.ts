import { expect } from "chai";
import { ServiceAlarms } from "../../../components/chaos-experiments";
import { startOfflineEngine } from "../../support/engine";

async function register(fewestHealthyTargets: number) {
  const engine = await startOfflineEngine({ mode: "known" });
  const { alarmArns } = new ServiceAlarms("stop", {
    ...{ region: "us-west-2", environment: "prod", fewestHealthyTargets },
    alarmTopicArn: "arn:aws:sns:us-west-2:123456789012:alarms",
  });
  await engine.settle();
  const alarms = engine.registrations
    .filter(({ type }) => type.includes("MetricAlarm"))
    .sort((one, other) => one.name.localeCompare(other.name));
  return { alarms, alarmArns };
}

describe("ServiceAlarms", () => {
  it("go off by errors, slowness and too few healthy targets, and silence is no alarm", async () => {
    const { alarms, alarmArns } = await register(2);
    expect(alarms.map(({ name }) => name)).to.deep.equal([
      "stop-errors",
      "stop-healthy",
      "stop-slow",
    ]);
    expect(alarmArns.length).to.equal(3);
    const thresholds = alarms.map(({ inputs }) => [
      inputs["comparisonOperator"],
      inputs["threshold"],
    ]);
    expect(thresholds).to.deep.equal([
      ["GreaterThanThreshold", 0.72],
      ["LessThanThreshold", 2],
      ["GreaterThanThreshold", 1],
    ]);
    for (const { inputs } of alarms) expect(inputs["treatMissingData"]).to.equal("notBreaching");
  });

  it("ask for no healthy target where one pod is all there is", async () => {
    const { alarms, alarmArns } = await register(0);
    expect(alarms.map(({ name }) => name)).to.deep.equal(["stop-errors", "stop-slow"]);
    expect(alarmArns.length).to.equal(2);
  });
});
