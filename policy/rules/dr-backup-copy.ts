import { known, snapshot, unknownValue } from "../shared/known";
import { stackRule } from "../shared/rule";
import { textAt, valueAt } from "../shared/tree";

interface Settings {
  /** An environment that is made and thrown away at will: neither lock nor copy. */
  throwaway: boolean;
}

const vaultType = "aws:backup/vault:Vault";
const lockType = "aws:backup/vaultLockConfiguration:VaultLockConfiguration";
const planType = "aws:backup/plan:Plan";

export const drBackupCopy = stackRule<Settings>({
  name: "dr-backup-copy",
  description:
    "Backups are copied out of their region, and vaults have keys of their own and a lock that keeps none shorter than its plan asks.",
  reach: "production",
  severity: "high",
  tags: ["ckv:CKV_AWS_166"],
  remediationSteps:
    "Add a copyAction to a vault in another region, a kmsKeyArn, and an aws.backup.VaultLockConfiguration.",
  url: "https://docs.aws.amazon.com/aws-backup/latest/devguide/vault-lock.html",
  settings: { throwaway: { type: "boolean", default: false } },
  types: [vaultType, planType],
  check: ({ graph, settings, report }) => {
    const locks = graph.ofType(lockType);
    const locked = locks.map((lock) => graph.referents(lock, "backupVaultName", vaultType));
    for (const vault of graph.ofType(vaultType)) {
      if (known((): unknown => vault.props["kmsKeyArn"], unknownValue) === undefined)
        report("kmsKeyArn: is missing, need a key of the account", vault.urn);
      if (settings.throwaway) continue;
      if (locked.every((vaults) => vaults?.includes(vault) === false))
        report("no lock keeps its backups from being deleted", vault.urn);
    }
    const plans = graph.ofType(planType);
    const [first] = plans;
    if (
      first !== undefined &&
      !settings.throwaway &&
      !plans.some(({ props }) => copiesElsewhere(props))
    )
      report("no rule of any plan copies to another region", first.urn);
  },
});

/** The region of a vault is in its ARN; a preview may not know it yet. */
function copiesElsewhere(props: Readonly<Record<string, unknown>>): boolean {
  const rules = snapshot((): unknown => props["rules"]);
  if (rules === unknownValue) return true;
  const region = snapshot((): unknown => props["region"]);
  return (Array.isArray(rules) ? (rules as unknown[]) : []).some((rule) => {
    const actions = valueAt(rule, "copyActions");
    if (actions === unknownValue) return true;
    return (Array.isArray(actions) ? (actions as unknown[]) : []).some((action) => {
      const arn = valueAt(action, "destinationVaultArn");
      if (arn === unknownValue) return true;
      return (textAt(action, "destinationVaultArn") ?? "").split(":")[3] !== region;
    });
  });
}
