import * as aws from "@pulumi/aws";
import { createStoreKey } from "../shared/store-key";
import type { VaultLock } from "./args";
import { retentionRange } from "./plans";
import { reportsEncrypt, vaultPolicy } from "./policies";
import { validationFunctionName } from "./restore-testing";
import type { Scope, Vault, Vaults } from "./scope";

/** Those that a person has to do something about. @see https://docs.aws.amazon.com/aws-backup/latest/devguide/backup-notifications.html */
const events = [
  "BACKUP_JOB_FAILED",
  "BACKUP_JOB_EXPIRED",
  "COPY_JOB_FAILED",
  "RESTORE_JOB_COMPLETED",
  "S3_BACKUP_OBJECT_FAILED",
  "S3_RESTORE_OBJECT_FAILED",
];

/** One where the stores are, and one in the other region: a vault is lost with its region. */
export function createVaults(scope: Scope): Vaults {
  const { name, spec, owned } = scope;
  const here = createVault(scope, { role: `${name}-backups`, region: spec.region });
  const { copyRegion } = spec;
  const copy =
    copyRegion === undefined
      ? undefined
      : createVault(scope, { role: `${name}-backup-copies`, region: copyRegion });
  new aws.backup.VaultNotifications(
    `${name}-backups`,
    {
      region: spec.region,
      backupVaultName: here.vault.name,
      snsTopicArn: spec.alarmTopicArn,
      backupVaultEvents: events,
    },
    owned,
  );
  return { here, copy };
}

function createVault(
  { name, spec, owned }: Scope,
  { role, region }: { readonly role: string; readonly region: string },
): Vault {
  const { accountId, protect, tags, lock } = spec;
  const key = createStoreKey(
    role,
    {
      ...{ region, accountId, protect, tags },
      description: `Backups of ${name} in ${region}`,
      ...(region === spec.region
        ? {
            logGroupNames: [`/aws/lambda/${validationFunctionName(name)}`],
            statements: [reportsEncrypt(accountId)],
          }
        : { logGroupNames: [] }),
    },
    owned,
  );
  const vault = new aws.backup.Vault(
    role,
    // By name: the copies of another region, and people in a disaster, find it without this program.
    { region, name: role, kmsKeyArn: key.arn, forceDestroy: !protect, tags },
    { ...owned, protect },
  );
  new aws.backup.VaultPolicy(
    role,
    { region, backupVaultName: vault.name, policy: JSON.stringify(vaultPolicy) },
    owned,
  );
  if (lock.mode !== "none")
    new aws.backup.VaultLockConfiguration(
      role,
      {
        region,
        backupVaultName: vault.name,
        minRetentionDays: lock.minRetentionDays,
        maxRetentionDays: retentionRange(spec).most,
        // What makes it compliance: without it, it is governance.
        ...coolingOff(lock),
      },
      owned,
    );
  return { vault, key };
}

function coolingOff(lock: VaultLock): { changeableForDays?: number } {
  return lock.mode === "compliance" ? { changeableForDays: lock.coolingOffDays } : {};
}

/** Said before anything is made, since nobody can take it back. */
export function lockWarning(name: string, lock: VaultLock): string | undefined {
  if (lock.mode !== "compliance") return undefined;
  return (
    `${name}: the lock of its vaults is of the mode compliance. ${lock.coolingOffDays} days after it is made NOBODY can undo it, ` +
    "not the account's root user and not AWS: no backup in them can be deleted before its time, and no vault that holds one"
  );
}
