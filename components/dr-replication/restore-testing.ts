import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { dataClassTag } from "../shared/data-class";
import type { RestoreTest } from "./args";
import { backupTrustPolicy, bucketsOf, databasesOf } from "./policies";
import { restoreStatements } from "./restore-policies";
import type { Scope, Vaults } from "./scope";

/** A restored database is looked into for an hour at most, and AWS Backup deletes it then. */
const validationWindowHours = 4;
const startWindowHours = 1;
/** Every backup of the last days may be the one: the newest is not the only one that has to be good. */
const selectionWindowDays = 7;

export function validationFunctionName(name: string): string {
  return `${name}-restore-validation`;
}

/** Letters, numbers and underscores are all that it takes. */
function planName(name: string): string {
  return `${name}_restores`.replaceAll("-", "_");
}

/** By the names that AWS Backup has for them. */
export type TestedType = "Aurora" | "S3";

export function testedTypes({ spec }: Scope): TestedType[] {
  const vital = (stores: [string, { readonly dataClass: string }][]) =>
    stores.some(([, { dataClass }]) => dataClass === "vital");
  return [
    ...(vital(databasesOf(spec)) ? (["Aurora"] as const) : []),
    ...(vital(bucketsOf(spec)) ? (["S3"] as const) : []),
  ];
}

interface TestParts {
  readonly test: RestoreTest;
  readonly vaults: Vaults;
  /** Lets nobody in but the function. */
  readonly restoredGroup: aws.ec2.SecurityGroup;
}

/** Restores vital stores from a backup of its own choice, again and again, into nothing that anybody uses. */
export function createRestoreTesting(
  scope: Scope,
  { test, vaults, restoredGroup }: TestParts,
): aws.backup.RestoreTestingPlan {
  const { name, spec, owned } = scope;
  const { region, environment, tags } = spec;
  const plan = new aws.backup.RestoreTestingPlan(
    `${name}-restores`,
    {
      region,
      name: planName(name),
      scheduleExpression: test.schedule,
      scheduleExpressionTimezone: "Etc/UTC",
      startWindowHours,
      recoveryPointSelection: {
        algorithm: "LATEST_WITHIN_WINDOW",
        includeVaults: [vaults.here.vault.arn],
        recoveryPointTypes: ["CONTINUOUS", "SNAPSHOT"],
        selectionWindowDays,
      },
      tags,
    },
    owned,
  );
  const role = createRole(scope, vaults);
  for (const type of testedTypes(scope))
    new aws.backup.RestoreTestingSelection(
      `${name}-restores-${type.toLowerCase()}`,
      {
        region,
        name: type.toLowerCase(),
        restoreTestingPlanName: plan.name,
        protectedResourceType: type,
        protectedResourceArns: ["*"],
        protectedResourceConditions: {
          stringEquals: [
            { key: `aws:ResourceTag/${dataClassTag}`, value: "vital" },
            { key: "aws:ResourceTag/environment", value: environment },
          ],
        },
        iamRoleArn: role.arn,
        validationWindowHours,
        restoreMetadataOverrides: overrides(scope, { type, vaults, restoredGroup }),
      },
      owned,
    );
  return plan;
}

interface OverrideParts {
  readonly type: TestedType;
  readonly vaults: Vaults;
  readonly restoredGroup: aws.ec2.SecurityGroup;
}

/**
 * Beside the source's data subnets, behind a group of its own: without these a cluster goes to the default VPC. The page lists
 * every key that may be given, by type, and says that a list is JSON in a text (read there: `dbSubnetGroupName` and
 * `vpcSecurityGroupIds` of clusters; `encryptionType`, `kmsKey` and `restoreACLs` of S3, which is SSE-S3 without). What AWS
 * Backup adds by itself is told by `aws backup get-restore-testing-inferred-metadata`: run it once before the first test.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/restore-testing-inferred-metadata.html
 */
function overrides({ spec }: Scope, { type, vaults, restoredGroup }: OverrideParts) {
  if (type === "S3") return { encryptionType: "SSE-KMS", kmsKey: vaults.here.key.arn };
  const [, database] = databasesOf(spec)[0] ?? [];
  return {
    ...(database !== undefined && { dbSubnetGroupName: database.subnetGroupName }),
    vpcSecurityGroupIds: pulumi.jsonStringify([restoredGroup.id]),
  };
}

function createRole({ name, spec, owned }: Scope, { here }: Vaults): aws.iam.Role {
  const { accountId, permissionsBoundaryArn, tags } = spec;
  const role = new aws.iam.Role(
    `${name}-restores`,
    {
      description: `Lets AWS Backup restore stores of ${name} for a test, under names of its own`,
      assumeRolePolicy: JSON.stringify(backupTrustPolicy(accountId)),
      ...(permissionsBoundaryArn !== undefined && { permissionsBoundary: permissionsBoundaryArn }),
      tags,
    },
    owned,
  );
  new aws.iam.RolePolicy(
    `${name}-restores`,
    {
      role: role.name,
      policy: pulumi.jsonStringify({
        Version: "2012-10-17",
        Statement: restoreStatements(spec, {
          vaultArns: [here.vault.arn],
          vaultKeyArns: [here.key.arn],
        }),
      }),
    },
    owned,
  );
  return role;
}
