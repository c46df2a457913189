import { expect } from "chai";
import { PagingServices, type PagingServicesArgs } from "../../../components/paging-services";
import { pagingServicesDefaults } from "../../../components/paging-services/args";
import { keysVersion } from "../../../components/paging-services/keys-version";
import { ArgsError } from "../../../components/shared/args-error";
import { startOfflineEngine } from "../../support/engine";

const args: PagingServicesArgs = {
  environment: "prod",
  pagedTeams: ["platform", "shop"],
  teams: {
    platform: {
      levels: [
        { minutes: 10, scheduleIds: ["PSCHED1"], userIds: [] },
        { minutes: 20, scheduleIds: ["PSCHED2"], userIds: ["PUSER01"] },
      ],
    },
    shop: { levels: [{ minutes: 15, scheduleIds: ["PSCHED3"], userIds: [] }] },
  },
  maintenanceWindows: {
    move: {
      description: "The shop moves",
      from: "2027-03-01T22:00:00Z",
      to: "2027-03-02T02:00:00+01:00",
      teams: ["shop"],
    },
  },
  secret: {
    region: "us-west-2",
    arn: "arn:aws:secretsmanager:us-west-2:123456789012:secret:auterity/prod/alert/pagerduty",
    keys: { platform: "pagerduty-platform", shop: "pagerduty-shop" },
  },
};

async function register(given: PagingServicesArgs, mode: "known" | "unknown" = "known") {
  const engine = await startOfflineEngine({ mode });
  new PagingServices("auterity", given);
  await engine.settle();
  return engine;
}

async function inputsOf(type: string, name: string): Promise<Record<string, unknown>> {
  const { registrations } = await register(args);
  const found = registrations.find((one) => one.type.endsWith(`:${type}`) && one.name === name);
  return found?.inputs ?? {};
}

describe("PagingServices", () => {
  for (const mode of ["known", "unknown"] as const)
    it(`registers policy, service and integration by team, windows and the keys (${mode} values)`, async () => {
      const { registrations } = await register(args, mode);
      const ofTeam = (team: string) =>
        ["EscalationPolicy", "Service", "ServiceIntegration"].map((kind) => [
          `pagerduty:index/${kind.charAt(0).toLowerCase()}${kind.slice(1)}:${kind}`,
          `auterity-paging-${team}`,
        ]);
      expect(registrations.map(({ type, name }) => [type, name])).to.have.deep.members([
        ["platform:observation:PagingServices", "auterity"],
        ...ofTeam("platform"),
        ...ofTeam("shop"),
        ["pagerduty:index/maintenanceWindow:MaintenanceWindow", "auterity-maintenance-move"],
        ["aws:secretsmanager/secretVersion:SecretVersion", "auterity-paging-keys"],
      ]);
    });

  it("calls one level after the other, and begins again", async () => {
    expect(await inputsOf("EscalationPolicy", "auterity-paging-platform")).to.deep.include({
      name: "auterity-prod-platform",
      numLoops: 3,
      rules: [
        {
          escalationDelayInMinutes: 10,
          targets: [{ type: "schedule_reference", id: "PSCHED1" }],
        },
        {
          escalationDelayInMinutes: 20,
          targets: [
            { type: "schedule_reference", id: "PSCHED2" },
            { type: "user_reference", id: "PUSER01" },
          ],
        },
      ],
    });
  });

  it("calls at once, again when nobody ends it, and never ends it by itself", async () => {
    expect(await inputsOf("Service", "auterity-paging-shop")).to.deep.include({
      name: "auterity-prod-shop",
      escalationPolicy: "auterity-paging-shop-id",
      acknowledgementTimeout: "3600",
      autoResolveTimeout: "null",
      incidentUrgencyRule: { type: "constant", urgency: "high" },
    });
    expect(await inputsOf("ServiceIntegration", "auterity-paging-shop")).to.deep.include({
      service: "auterity-paging-shop-id",
      type: "events_api_v2_inbound_integration",
    });
    expect(await inputsOf("MaintenanceWindow", "auterity-maintenance-move")).to.deep.include({
      startTime: "2027-03-01T22:00:00Z",
      endTime: "2027-03-02T02:00:00+01:00",
      services: ["auterity-paging-shop-id"],
    });
  });

  it("hands the keys on as a secret that nothing else gets", async () => {
    const engine = await register(args);
    const keys = engine.registrations.filter(({ inputs }) =>
      JSON.stringify(inputs).includes("routing-key-of-"),
    );
    expect(keys.map(({ name }) => name)).to.deep.equal(["auterity-paging-keys"]);
    const value = keys[0]!.inputs["secretStringWo"] as { value: string };
    // The engine's mark of a secret stands around it.
    expect(Object.keys(value)).to.include("4dabf18193072939515e22adb298388d");
    expect(JSON.parse(value.value)).to.deep.equal({
      "pagerduty-platform": "routing-key-of-auterity-paging-platform",
      "pagerduty-shop": "routing-key-of-auterity-paging-shop",
    });
    const [component] = engine.registrations;
    const outputs = engine.outputs().get(component!.urn);
    expect(JSON.stringify(outputs)).to.not.contain("routing-key-of-");
  });

  it("tells a changed key by another version", () => {
    const versions = ["a", "b", "c"].map(keysVersion);
    expect(new Set(versions).size).to.equal(3);
    for (const version of versions)
      expect(version).to.satisfy(
        (each: number) => Number.isInteger(each) && each > 0 && each < 2 ** 31,
      );
    expect(keysVersion("a")).to.equal(keysVersion("a"));
  });

  it("has the defaults that its arguments tell of", () => {
    expect(pagingServicesDefaults).to.deep.equal({
      maintenanceWindows: {},
      repeats: 3,
      acknowledgementMinutes: 60,
    });
  });

  it("refuses everything that is wrong at once", () => {
    const wrong: PagingServicesArgs = {
      ...args,
      environment: "Prod",
      pagedTeams: ["platform", "billing", "search"],
      repeats: 10,
      acknowledgementMinutes: 0,
      teams: {
        platform: {
          levels: [
            { minutes: 0, scheduleIds: [], userIds: [] },
            { minutes: 5, scheduleIds: ["on call"], userIds: [] },
          ],
        },
        billing: { levels: [] },
        legal: { levels: [{ minutes: 5, scheduleIds: ["PSCHED1"], userIds: [] }] },
      },
      maintenanceWindows: {
        Move: { description: " ", from: "tomorrow", to: "2027-03-01T22:00:00", teams: [] },
        back: {
          description: "Back",
          from: "2027-03-02T22:00:00Z",
          to: "2027-03-02T20:00:00Z",
          teams: ["shop"],
        },
      },
      secret: { ...args.secret, keys: { platform: "pagerduty-platform" } },
    };
    let problems: readonly string[] = [];
    try {
      new PagingServices("auterity", wrong);
    } catch (error) {
      problems = (error as ArgsError).problems;
    }
    expect(problems).to.deep.equal([
      'environment: got "Prod", need a DNS label',
      "repeats: got 10, need 0 to 9",
      "acknowledgementMinutes: got 0, need 1 to 1440",
      "teams.search: got nothing, need its levels of escalation; its critical alerts would call nobody",
      "secret.keys.billing: got nothing, need the key of the secret that takes the team's routing key",
      "secret.keys.search: got nothing, need the key of the secret that takes the team's routing key",
      "teams.legal: got a team that is not paged, need one of pagedTeams",
      "teams.platform.levels[0].minutes: got 0, need 1 to 1440",
      "teams.platform.levels[0]: got 0 schedules and users, need 1 to 10",
      'teams.platform.levels[1]: got "on call", need the id that stands in the page\'s address, such as PABC123',
      "teams.billing.levels: got none, need at least one",
      'maintenanceWindows: got the name "Move", need a DNS label',
      "maintenanceWindows.Move.description: got nothing, need why",
      'maintenanceWindows.Move.from: got "tomorrow", need a moment with its offset, such as 2027-03-01T22:00:00Z',
      'maintenanceWindows.Move.to: got "2027-03-01T22:00:00", need a moment with its offset, such as 2027-03-01T22:00:00Z',
      "maintenanceWindows.Move.teams: got none, need at least one",
      'maintenanceWindows.back.to: got "2027-03-02T20:00:00Z", need a later moment than 2027-03-02T22:00:00Z',
      'maintenanceWindows.back.teams: got "shop", need one of platform, billing, search',
    ]);
    expect(() => new PagingServices("auterity", { ...args, pagedTeams: [] })).to.throw(
      ArgsError,
      "pagedTeams: got none, need at least one",
    );
  });
});

describe("The example of PagingServices", () => {
  it("runs by itself", async () => {
    const engine = await startOfflineEngine({
      config: {
        "auterity:accountId": "123456789012",
        "auterity:scheduleId": "PSCHED1",
        "auterity:pagerDutyToken": "token",
      },
      secretKeys: ["auterity:pagerDutyToken"],
    });
    const { serviceIds } = await import("../../../examples/paging-services/index.js");
    await engine.settle();
    expect(Object.keys(serviceIds)).to.deep.equal(["platform"]);
    const types = engine.registrations.map(({ type }) => type.split(":").at(-1));
    expect(types).to.include.members(["MaintenanceWindow", "SecretVersion"]);
  });
});
