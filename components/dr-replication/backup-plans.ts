import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { dataClassTag } from "../shared/data-class";
import { backedUpClasses, type BackedUpClass, plannedRules, type PlannedRule } from "./plans";
import { backupStatements, backupTrustPolicy } from "./policies";
import type { Scope, Vaults } from "./scope";

/** A job that has not begun by then has expired, and is told of. */
const startWindowMinutes = 60;
const completionWindowMinutes = 720;

/** The kinds of store whose backups AWS Backup makes here; volumes are those of the cluster. */
const snapshotted = ["arn:aws:rds:*:*:cluster:*", "arn:aws:s3:::*", "arn:aws:ec2:*:*:volume/*"];
/** Aurora keeps every second by itself; two owners of one setting would take it from each other. */
const continuous = ["arn:aws:s3:::*"];

/** A plan for each class, and one for what is backed up to the second; stores are found by their tags. */
export function createPlans(scope: Scope, vaults: Vaults): void {
  const role = createRole(scope, vaults);
  for (const dataClass of backedUpClasses) {
    const rules = plannedRules(dataClass, scope.spec.plans[dataClass]);
    const groups = {
      continuous: rules.filter(({ frequency }) => frequency === "continuous"),
      snapshots: rules.filter(({ frequency }) => frequency !== "continuous"),
    };
    for (const [kind, some] of Object.entries(groups) as [
      "continuous" | "snapshots",
      PlannedRule[],
    ][])
      if (some.length > 0) createPlan(scope, { dataClass, kind, rules: some, vaults, role });
  }
}

interface PlanParts {
  readonly dataClass: BackedUpClass;
  readonly kind: "continuous" | "snapshots";
  readonly rules: readonly PlannedRule[];
  readonly vaults: Vaults;
  readonly role: aws.iam.Role;
}

function createPlan({ name, spec, owned }: Scope, parts: PlanParts): void {
  const { dataClass, kind, rules, vaults, role } = parts;
  const { region, environment, tags } = spec;
  const key = `${name}-${dataClass}-${kind}`;
  const plan = new aws.backup.Plan(
    key,
    { region, name: key, rules: rules.map((rule) => ruleOf(spec, rule, vaults)), tags },
    owned,
  );
  const is = (tag: string, value: string) => ({ key: `aws:ResourceTag/${tag}`, value });
  new aws.backup.Selection(
    key,
    {
      region,
      name: key,
      planId: plan.id,
      iamRoleArn: role.arn,
      resources: kind === "continuous" ? continuous : snapshotted,
      // All of them have to hold: in an account of several environments each has its own.
      conditions: [{ stringEquals: [is(dataClassTag, dataClass), is("environment", environment)] }],
    },
    owned,
  );
}

function ruleOf(
  spec: Scope["spec"],
  rule: PlannedRule,
  { here, copy }: Vaults,
): aws.types.input.backup.PlanRule {
  const { frequency, schedule, deleteAfterDays, coldAfterDays } = rule;
  const lifecycle = {
    deleteAfter: deleteAfterDays,
    ...(coldAfterDays !== undefined && {
      coldStorageAfter: coldAfterDays,
      optInToArchiveForSupportedResources: true,
    }),
  };
  const destinations = rule.copied
    ? [copy?.vault.arn, spec.otherAccountVaultArn].filter((arn) => arn !== undefined)
    : [];
  return {
    ruleName: frequency,
    schedule,
    scheduleExpressionTimezone: "Etc/UTC",
    startWindow: startWindowMinutes,
    completionWindow: completionWindowMinutes,
    targetVaultName: here.vault.name,
    enableContinuousBackup: frequency === "continuous",
    lifecycle,
    copyActions: destinations.map((destinationVaultArn) => ({
      destinationVaultArn,
      // Copies stay warm: they are for the day on which nothing can wait.
      lifecycle: { deleteAfter: deleteAfterDays },
    })),
    recoveryPointTags: { ...spec.tags, frequency },
  };
}

function createRole({ name, spec, owned }: Scope, { here, copy }: Vaults): aws.iam.Role {
  const { accountId, permissionsBoundaryArn, tags } = spec;
  const vaults = [here, ...(copy === undefined ? [] : [copy])];
  const role = new aws.iam.Role(
    `${name}-backups`,
    {
      description: `Lets AWS Backup read the stores of ${name} and fill its vaults`,
      assumeRolePolicy: JSON.stringify(backupTrustPolicy(accountId)),
      ...(permissionsBoundaryArn !== undefined && { permissionsBoundary: permissionsBoundaryArn }),
      tags,
    },
    owned,
  );
  new aws.iam.RolePolicy(
    `${name}-backups`,
    {
      role: role.name,
      policy: pulumi.jsonStringify({
        Version: "2012-10-17",
        Statement: backupStatements(spec, {
          vaultArns: vaults.map(({ vault }) => vault.arn),
          vaultKeyArns: vaults.map(({ key }) => key.arn),
        }),
      }),
    },
    owned,
  );
  return role;
}
