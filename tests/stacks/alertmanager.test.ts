import { expect } from "chai";
import { resolveRules, isAlert } from "../../components/observability-rules";
import { ArgsError } from "../../components/shared/args-error";
import { parseEnvironment, type RawEnvironment } from "../../stacks/environment";
import {
  alertmanagerOf,
  receiversFail,
  receiverSecretNames,
} from "../../stacks/observability/alertmanager";
import { receiverOwners } from "../../stacks/observability/receiver-secrets";
import { rulesArgs } from "../../stacks/observability/rules";
import { services } from "../../stacks/services";
import { changed, rawOf } from "../support/stack-file";

const topic = "arn:aws:sns:us-west-2:123456789012:alarms";

function configurationOf(raw: RawEnvironment) {
  const environment = parseEnvironment(raw.name, raw);
  return alertmanagerOf(environment, rulesArgs(environment, services).alerting, topic);
}

function problemsOf(raw: RawEnvironment): readonly string[] {
  try {
    parseEnvironment("file", raw);
  } catch (error) {
    if (error instanceof ArgsError) return error.problems;
    throw error;
  }
  return [];
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
