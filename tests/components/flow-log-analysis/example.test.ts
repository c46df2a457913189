import { expect } from "chai";
import { startOfflineEngine } from "../../support/engine";

describe("the example of FlowLogAnalysis", () => {
  it("runs by itself, all with the provider of its account", async () => {
    const engine = await startOfflineEngine({
      config: {
        "auterity:accountId": "123456789012",
        "auterity:flowLogBucketName": "vpc-logs",
        "auterity:flowLogKeyArn": "arn:aws:kms:us-west-2:123456789012:key/logs",
        "auterity:alarmTopicArn": "arn:aws:sns:us-west-2:123456789012:alarms",
      },
    });
    await import("../../../examples/flow-log-analysis/index.js");
    await engine.settle();
    const queries = engine.registrations.filter(({ type }) => type.endsWith(":NamedQuery"));
    expect(queries).to.have.length(5);
    const providers = engine.registrations
      .filter(({ type }) => type.startsWith("aws:"))
      .map(({ provider }) => provider.split("::")[3]);
    expect(new Set(providers)).to.deep.equal(new Set(["account"]));
  });
});
