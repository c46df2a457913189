import * as pulumi from "@pulumi/pulumi";
import { childOptions } from "../shared/child-options";
import { createAlarms } from "./alarms";
import { type DrReplicationArgs, type RestoreTest, resolveDrReplicationArgs } from "./args";
import { createPlans } from "./backup-plans";
import { createReports } from "./reports";
import { createRestoreTesting } from "./restore-testing";
import type { Scope, Vaults } from "./scope";
import { createValidation, createValidationNetwork } from "./validation";
import { createVaults, lockWarning } from "./vaults";

/**
 * Backups of every store by the class of its data, copied to another region, locked, reported; and the proof that they
 * are good: stores restored again and again, looked into, and measured.
 */
export class DrReplication extends pulumi.ComponentResource {
  readonly vaultName: pulumi.Output<string>;
  readonly vaultArn: pulumi.Output<string>;
  /** Undefined without a region for copies. */
  readonly copyVaultArn: pulumi.Output<string> | undefined;
  readonly reportBucketName: pulumi.Output<string>;
  /** Undefined without restore tests. */
  readonly validationFunctionName: pulumi.Output<string> | undefined;

  constructor(name: string, args: DrReplicationArgs, opts?: pulumi.ComponentResourceOptions) {
    const spec = resolveDrReplicationArgs(name, args);
    super("platform:recovery:DrReplication", name, spec, opts);
    const scope: Scope = { name, spec, owned: childOptions(this, opts) };
    const warning = lockWarning(name, spec.lock);
    if (warning !== undefined) void pulumi.log.warn(warning, this);

    const vaults = createVaults(scope);
    createPlans(scope, vaults);
    const reports = createReports(scope, vaults);

    this.vaultName = vaults.here.vault.name;
    this.vaultArn = vaults.here.vault.arn;
    this.copyVaultArn = vaults.copy?.vault.arn;
    this.reportBucketName = reports.bucket;
    this.validationFunctionName =
      spec.restoreTest === undefined ? undefined : createTest(scope, spec.restoreTest, vaults);
    this.registerOutputs({
      vaultName: this.vaultName,
      vaultArn: this.vaultArn,
      copyVaultArn: this.copyVaultArn,
      reportBucketName: this.reportBucketName,
      validationFunctionName: this.validationFunctionName,
    });
  }
}

function createTest(scope: Scope, test: RestoreTest, vaults: Vaults): pulumi.Output<string> {
  const network = createValidationNetwork(scope, test);
  const plan = createRestoreTesting(scope, {
    ...{ test, vaults, restoredGroup: network.restoredGroup },
  });
  const created = createValidation(scope, { test, plan, vaults, network });
  createAlarms(scope, test);
  return created.function.name;
}
