import { expect } from "chai";
import {
  alertmanagerConfiguration,
  isAlert,
  receiverFiles,
  resolveRules,
  type Route,
} from "../../../components/observability-rules";
import { args } from "./fixture";

const configuration = alertmanagerConfiguration(args.alerting);

function routesOf(route: Route): Route[] {
  return [route, ...(route.routes ?? []).flatMap(routesOf)];
}

describe("Alertmanager's configuration", () => {
  it("sends to receivers that exist, and has none that nothing is sent to", () => {
    const used = new Set(routesOf(configuration.route).map(({ receiver }) => receiver));
    const receivers = configuration.receivers.map(({ name }) => name);
    expect([...used].sort()).to.deep.equal([...receivers].sort());
  });

  it("mutes no page at any hour, and no watchdog", () => {
    const muted = routesOf(configuration.route).filter(
      ({ active_time_intervals: intervals }) => intervals !== undefined,
    );
    expect(muted.map(({ receiver }) => receiver)).to.deep.equal([
      ...["chat-platform", "chat-platform", "chat-checkout"],
    ]);
  });

  it("pages nobody where no team has a key, and still writes critical alerts into the chat", () => {
    const { receivers } = alertmanagerConfiguration({ ...args.alerting, pagerDutyKeys: {} });
    const page = receivers.find(({ name }) => name === "page-checkout");
    expect(page).to.not.have.property("pagerduty_configs");
    expect(page?.slack_configs).to.have.length(1);
  });

  for (const [where, pagerDutyFolder] of [
    ["in one secret", undefined],
    ["in two", "/etc/alertmanager/secrets/alert-pagerduty"],
  ] as const)
    it(`names every file that its secrets must hold, ${where}`, () => {
      const { secretsFolder } = args.alerting;
      const alerting = {
        ...args.alerting,
        ...(pagerDutyFolder !== undefined && { pagerDutyFolder }),
      };
      expect(receiverFiles(alerting)).to.have.members([
        `${secretsFolder}/chat-url`,
        `${secretsFolder}/dead-mans-switch-url`,
        `${pagerDutyFolder ?? secretsFolder}/pagerduty-checkout`,
        `${pagerDutyFolder ?? secretsFolder}/pagerduty-platform`,
      ]);
      const named = JSON.stringify(alertmanagerConfiguration(alerting)).matchAll(
        /_file":"([^"]*)"/g,
      );
      expect([...new Set([...named].map(([, file]) => file))]).to.have.members(
        receiverFiles(alerting),
      );
    });

  it("silences only by and for alerts that exist", () => {
    const { groups } = resolveRules("rules", { ...args, nodeAutoscaler: "cluster-autoscaler" });
    const names = new Set(
      groups.flatMap(({ rules }) => rules.filter(isAlert)).map(({ name }) => name),
    );
    const named = configuration.inhibit_rules
      .flatMap((rule) => [...rule.source_matchers, ...rule.target_matchers])
      .flatMap((matcher) => /^alertname=~?"(.*)"$/.exec(matcher)?.[1]?.split("|") ?? []);
    expect(named.filter((name) => !names.has(name))).to.deep.equal([]);
    expect(named.length).to.be.greaterThan(20);
  });
});
