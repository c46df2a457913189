import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import {
  type AlertRule,
  ObservabilityRules,
  type RuleGroup,
} from "../../components/observability-rules";
import { ArgsError } from "../../components/shared/args-error";
import type { ServiceRecord } from "../../components/shared/service-record";
import type { Environment } from "../../stacks/environment";
import { rulesArgs } from "../../stacks/observability/rules";
import { services } from "../../stacks/services";
import { loadProgram, type Program, runProgram } from "../../tools/plan/program";
import { readStackFile, type StackFile } from "../../tools/plan/stack-files";

const program = loadProgram(".");
const prod = readStackFile(".", "prod");

/** What a plan says, with the numbers of lines left out, which move. */
async function refusal(given: {
  readonly program?: Partial<Program>;
  readonly stack?: StackFile;
  readonly services?: readonly ServiceRecord[];
}): Promise<string> {
  const failure = await runProgram({
    program: { ...program, ...given.program },
    stack: given.stack ?? prod,
    mode: "known",
    ...(given.services !== undefined && { services: given.services }),
  }).then(
    () => "accepted",
    (error: unknown) => (error as Error).message,
  );
  return failure.replaceAll(/(\.ts):\d+/g, "$1");
}

/** The catalogue with a service's promise changed. */
function promising(change: Partial<NonNullable<ServiceRecord["slo"]>>): ServiceRecord[] {
  return services.map((record) =>
    record.name === "relaycore" && record.slo !== undefined
      ? { ...record, slo: { ...record.slo, ...change } }
      : record,
  );
}

function withSetting(name: string, change: Record<string, unknown>): StackFile {
  const key = `auterity:${name}`;
  const given = JSON.parse(prod.config[key] ?? "") as Record<string, unknown>;
  return { ...prod, config: { ...prod.config, [key]: JSON.stringify({ ...given, ...change }) } };
}

const withAlerting = (change: Record<string, unknown>): StackFile =>
  withSetting("alerting", change);

/** The platform with a rule of ours beside its own. */
const withRules = (group: RuleGroup): Partial<Program> => ({
  definePlatform: (environment, records) =>
    new ObservabilityRules("auterity-prod", {
      ...rulesArgs(environment as Environment, records),
      furtherGroups: [group],
      namespace: "monitoring",
    }),
});

class Part extends pulumi.ComponentResource {
  constructor(name: string) {
    super("test:Part", name);
    const bucket = new aws.s3.Bucket(name, {}, { parent: this });
    this.registerOutputs({ bucketName: bucket.id });
  }
}

/** A program that is refused after it has begun: parts of it are on their way. */
const refusedLate: Partial<Program> = {
  definePlatform: () => {
    for (let part = 0; part < 20; part += 1) new Part(`part-${part}`);
    throw new ArgsError("Late", "trial", ["size: got 0, need 1"]);
  },
};

const rule: Omit<AlertRule, "expression"> = {
  ...{ name: "OrdersFail", severity: "warning", team: "platform", summary: "Orders fail" },
  ...{ runbook: "queue", for: "5m" },
};

describe("A plan refuses, with file and reason", () => {
  const cases: [string, Parameters<typeof refusal>[0], string][] = [
    [
      "an objective of 100 %",
      { services: promising({ availabilityPercent: 100 }) },
      'ServiceCatalogue "services" was refused:\n' +
        "  - relaycore.slo.availabilityPercent: got 100, need more than 0 and less than 100\n" +
        "  at components/shared/catalogue.ts, from stacks/platform.ts",
    ],
    [
      "a latency between two buckets",
      { services: promising({ latency: { thresholdSeconds: 0.4, targetPercent: 95 } }) },
      'ServiceCatalogue "services" was refused:\n' +
        "  - relaycore.slo.latency.thresholdSeconds: got 0.4, which is no bucket of http_request_duration_seconds, need one of 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10\n" +
        "  at components/shared/catalogue.ts, from stacks/platform.ts",
    ],
    [
      "a rule that breaks off, and one on a metric that nobody exposes, together",
      {
        program: withRules({
          name: "orders",
          rules: [
            { ...rule, expression: "sum(rate(http_requests_total[5m])" },
            { ...rule, name: "OrdersLost", expression: "orders_lost_total > 0" },
          ],
        }),
      },
      'ObservabilityRules "auterity-prod" was refused:\n' +
        '  - orders.OrdersFail.expression: got what breaks off before "" (character 34), need PromQL\n' +
        "  - orders.OrdersLost.expression: got orders_lost_total, which nothing exposes or records, need a metric of an exporter, a service or a rule\n" +
        "  at components/observability-rules/args.ts",
    ],
    [
      "a component in the middle of the program, for its own reason alone",
      { program: refusedLate },
      'Late "trial" was refused:\n  - size: got 0, need 1\n  at tests/tools/plan-refusals.test.ts',
    ],
    [
      "a lock that outlives the backups, before anything is registered",
      {
        stack: withSetting("backup", {
          lock: { mode: "governance", minRetentionDays: 31, coolingOffDays: 3 },
        }),
      },
      'Environment "Pulumi.prod.yaml" was refused:\n' +
        "  - auterity:backup.lock.minRetentionDays: got 31, which outlives auterity:backup.reproducible.dailyDays 7; the vault would refuse those backups\n" +
        "  - auterity:backup.lock.minRetentionDays: got 31, which outlives auterity:backup.reproducible.weeklyDays 30; the vault would refuse those backups\n" +
        "  at stacks/environment.ts",
    ],
    [
      "a budget of nothing, in words",
      { stack: withSetting("costs", { monthlyBudgetUsd: 0 }) },
      'Environment "Pulumi.prod.yaml" was refused:\n' +
        "  - auterity:costs.monthlyBudgetUsd: got 0, need dollars above 0, or unassigned\n" +
        "  at stacks/environment.ts",
    ],
    [
      "teams that PagerDuty is to call without a key",
      { stack: withAlerting({ pagerDutyTeams: ["platform", "relaycore"] }) },
      'Environment "Pulumi.prod.yaml" was refused:\n' +
        "  - auterity:alerting.pagerDutyTeams: lacks automatrix, neuroweaver, whose critical alerts would page nobody; need all teams, or none\n" +
        "  at stacks/environment.ts",
    ],
    [
      "services in PagerDuty that would call nobody",
      {
        stack: withAlerting({
          pagerDuty: { services: "managed", teams: {}, maintenanceWindows: {} },
        }),
      },
      'Environment "Pulumi.prod.yaml" was refused:\n' +
        ["platform", "automatrix", "relaycore", "neuroweaver"]
          .map(
            (team) =>
              `  - auterity:alerting.pagerDuty.teams.${team}: missing, need its levels of escalation; its critical alerts would call nobody\n`,
          )
          .join("") +
        "  at stacks/environment.ts",
    ],
  ];
  for (const [what, given, expected] of cases)
    it(what, async () => {
      expect(await refusal(given)).to.equal(expected);
    });
});
