import { expect } from "chai";
import {
  resolveRules,
  restingAlerts,
  isAlert,
  type Route,
} from "../../components/observability-rules";
import { parseEnvironment, type RawEnvironment } from "../../stacks/environment";
import {
  alertmanagerOf,
  receiversFail,
  receiverSecretNames,
} from "../../stacks/observability/alertmanager";
import { receiverOwners } from "../../stacks/observability/receiver-secrets";
import { rulesArgs } from "../../stacks/observability/rules";
import { services } from "../../stacks/services";
import { problemsOf } from "../support/environment-problems";
import { changed, rawOf } from "../support/stack-file";

interface Quiet {
  readonly route: { readonly routes: readonly Route[] };
  readonly time_intervals: readonly object[];
}

const topic = "arn:aws:sns:us-west-2:123456789012:alarms";

function configurationOf(raw: RawEnvironment) {
  const environment = parseEnvironment(raw.name, raw);
  return alertmanagerOf(environment, rulesArgs(environment, services).alerting, topic);
}

const levels = [{ minutes: 15, scheduleIds: ["PSCHED1"], userIds: [] }];
const teams = ["platform", "automatrix", "relaycore", "neuroweaver"];
const managed = {
  "settings.alerting.pagerDuty": {
    services: "managed",
    teams: Object.fromEntries(teams.map((team) => [team, { levels }])),
    maintenanceWindows: {},
  },
};

describe("Who is told in an environment", () => {
  it("is the alarm topic in dev, without a secret", () => {
    const { alerting } = parseEnvironment("dev", rawOf("dev"));
    expect(configurationOf(rawOf("dev")).receivers.map(({ name }) => name)).to.deep.equal([
      ...["nobody", "heartbeat", "topic"],
    ]);
    expect(receiverSecretNames(alerting)).to.deep.equal([]);
    expect(receiverOwners(alerting)).to.deep.equal([]);
  });

  it("is every team in prod; the heartbeat comes first, and does not end there", () => {
    const { route, receivers } = configurationOf(rawOf("prod"));
    expect(receivers.map(({ name }) => name)).to.deep.equal([
      ...["nobody", "dead-mans-switch"],
      ...teams.map((team) => `page-${team}`),
      ...teams.map((team) => `chat-${team}`),
      ...["heartbeat", "topic"],
    ]);
    expect(
      route.routes.slice(0, 3).map((each) => [each.receiver, "continue" in each && each.continue]),
    ).to.deep.equal([
      ["heartbeat", true],
      ["topic", true],
      ["dead-mans-switch", false],
    ]);
  });

  it("hears of receivers that fail by the topic too, by names that exist", () => {
    const environment = parseEnvironment("prod", rawOf("prod"));
    const { groups } = resolveRules("rules", rulesArgs(environment, services));
    const names = groups.flatMap(({ rules }) => rules.filter(isAlert).map(({ name }) => name));
    expect(names).to.include.members([...receiversFail]);
  });

  it("hears nothing at night of what rests in dev, and of everything else", () => {
    const { route, time_intervals: intervals } = configurationOf(rawOf("dev")) as Quiet;
    expect(intervals).to.deep.equal([
      {
        name: "nights",
        time_intervals: [
          {
            weekdays: ["monday", "tuesday", "wednesday", "thursday", "friday"],
            times: [
              { start_time: "00:00", end_time: "07:30" },
              { start_time: "20:00", end_time: "24:00" },
            ],
            location: "America/Los_Angeles",
          },
          { weekdays: ["sunday", "saturday"], location: "America/Los_Angeles" },
        ],
      },
    ]);
    const [resting, ...others] = route.routes;
    expect(resting).to.deep.equal({
      receiver: "nobody",
      matchers: [`alertname=~"${restingAlerts.join("|")}"`],
      mute_time_intervals: ["nights"],
      routes: [
        {
          ...{ receiver: "topic", matchers: ['severity="critical"'], repeat_interval: "4h" },
          mute_time_intervals: ["nights"],
        },
        {
          ...{ receiver: "topic", matchers: ['severity="warning"'] },
          mute_time_intervals: ["nights"],
        },
      ],
    });
    expect(JSON.stringify(others)).not.to.include("mute_time_intervals");
    expect(others.map(({ receiver }) => receiver)).to.deep.equal(["heartbeat", "topic", "topic"]);
  });

  it("is muted by alerts that exist, and never by those that say whether the platform works", () => {
    const environment = parseEnvironment(
      "dev",
      changed("dev", { "settings.synthetics.enabled": true }),
    );
    const { groups } = resolveRules("rules", rulesArgs(environment, services));
    const names = groups.flatMap(({ rules }) => rules.filter(isAlert).map(({ name }) => name));
    expect(names).to.include.members([...restingAlerts]);
    expect(restingAlerts).not.to.include.members(["Watchdog"]);
    for (const name of receiversFail) expect(restingAlerts).not.to.include(name);
  });

  it("mutes the teams of a development environment too, below each of their routes", () => {
    const { route } = configurationOf(
      changed("dev", { "settings.alerting.receivers": "teams" }),
    ) as Quiet;
    const [resting] = route.routes;
    const flat = (each: Route): Route[] => [each, ...(each.routes ?? []).flatMap(flat)];
    const all = flat(resting!);
    expect(all.length).to.be.greaterThan(8);
    for (const each of all) expect(each.mute_time_intervals).to.deep.equal(["nights"]);
    expect(all.filter(({ active_time_intervals: active }) => active !== undefined)).not.to.be.empty;
  });

  for (const name of ["prod", "recovery"])
    it(`mutes nothing in ${name}`, () => {
      const configuration = JSON.stringify(configurationOf(rawOf(name)));
      expect(configuration).not.to.include("mute_time_intervals");
      expect(configuration).not.to.include('"nights"');
    });

  it("has keys and addresses as one secret that people fill", () => {
    const { alerting } = parseEnvironment("prod", rawOf("prod"));
    expect(receiverSecretNames(alerting)).to.deep.equal(["alert-receivers"]);
    expect(receiverOwners(alerting)).to.deep.equal([
      {
        ...{ name: "alert", product: "monitoring", team: "platform" },
        secrets: [
          {
            name: "receivers",
            variables: [
              ...["chat-url", "dead-mans-switch-url"],
              ...teams.map((team) => `pagerduty-${team}`),
            ],
            origin: "issued-outside",
            rotation: { days: 365 },
          },
        ],
      },
    ]);
  });

  it("has routing keys apart, filled by the deployment, where the program makes the services", () => {
    const { alerting } = parseEnvironment("prod", changed("prod", managed));
    expect(receiverSecretNames(alerting)).to.deep.equal(["alert-receivers", "alert-pagerduty"]);
    expect(receiverOwners(alerting)[0]?.secrets.map((each) => [each.name, each.filledBy])).to.eql([
      ["receivers", undefined],
      ["pagerduty", "deployment"],
    ]);
    expect(JSON.stringify(configurationOf(changed("prod", managed)))).to.contain(
      '"routing_key_file":"/etc/alertmanager/secrets/alert-pagerduty/pagerduty-relaycore"',
    );
  });

  const refusals: [string, Record<string, unknown>, string[]][] = [
    [
      "teams that are paged by a topic",
      { "settings.alerting.receivers": "alarm-topic" },
      [
        "auterity:alerting.pagerDutyTeams: got platform, automatrix, relaycore, neuroweaver with receivers alarm-topic, which pages nobody; need none, or receivers: teams",
      ],
    ],
    [
      "services for nobody, and a team that nobody is called for",
      {
        "settings.alerting.pagerDuty": {
          services: "managed",
          teams: { platform: { levels }, automatrix: { levels }, billing: { levels } },
          maintenanceWindows: {},
        },
      },
      [
        "auterity:alerting.pagerDuty.teams.relaycore: missing, need its levels of escalation; its critical alerts would call nobody",
        "auterity:alerting.pagerDuty.teams.neuroweaver: missing, need its levels of escalation; its critical alerts would call nobody",
        "auterity:alerting.pagerDuty.teams.billing: got a team that is not among pagerDutyTeams, remove it or name it there",
      ],
    ],
    [
      "services where nobody is told but the topic",
      {
        "settings.alerting.receivers": "alarm-topic",
        "settings.alerting.pagerDutyTeams": [],
        "settings.alerting.pagerDuty": { services: "managed", teams: {}, maintenanceWindows: {} },
      },
      [
        'auterity:alerting.pagerDuty.services: got "managed" with receivers alarm-topic, which pages nobody; need by-hand, or receivers: teams',
      ],
    ],
  ];
  for (const [what, changes, expected] of refusals)
    it(`refuses ${what}`, () => {
      expect(problemsOf(changed("prod", changes))).to.deep.equal(expected);
    });
});
