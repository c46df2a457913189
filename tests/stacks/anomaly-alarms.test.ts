import { expect } from "chai";
import { planned } from "../support/planned";

describe("Alarms on what only CloudWatch sees", () => {
  for (const [name, gateways] of [
    ["prod", 3],
    ["recovery", 3],
  ] as const)
    it(`are for information in ${name}: they tell the alarm topic, which pages nobody`, async () => {
      const registrations = await planned(name, "known");
      const prefix = `auterity-${name}-unusual-`;
      const alarms = registrations.filter(
        (each) =>
          each.type === "aws:cloudwatch/metricAlarm:MetricAlarm" && each.name.startsWith(prefix),
      );
      expect(alarms.map((each) => each.name.slice(prefix.length))).to.have.members([
        ...["egress", "requests", "refusals", "database-connections", "database-writes"],
        ...["control-plane-log", "functions"],
      ]);
      for (const { inputs } of alarms)
        expect(inputs["alarmDescription"]).to.match(/^For information, pages nobody: /);
      const [nat] = alarms.filter((each) => each.name === `${prefix}egress`);
      const egress = nat!.inputs["metricQueries"] as { id: string }[];
      expect(egress.filter(({ id }) => /^m\d$/.test(id))).to.have.length(gateways);
      // The topic has no subscription but the mail of people.
      const subscriptions = registrations.filter(
        ({ type, name: own }) =>
          type === "aws:sns/topicSubscription:TopicSubscription" &&
          own.startsWith(`auterity-${name}-alarms`),
      );
      for (const { inputs } of subscriptions) expect(inputs["protocol"]).to.equal("email");
    });

  it("are none in dev", async () => {
    const names = (await planned("dev", "known")).map(({ name }) => name);
    expect(names.filter((name) => name.includes("-unusual-"))).to.deep.equal([]);
  });
});
