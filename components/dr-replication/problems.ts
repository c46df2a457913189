import { dataClasses } from "../shared/data-class";
import { storePlaceProblems } from "../shared/store-place";
import type { ClassPlan, DrReplicationSpec, KeptStore } from "./args";
import { checkProblems } from "./checks";
import { backedUpClasses, plannedRules } from "./plans";

/** Behind it, names of the function and of the vaults have at most 50 characters. */
const longestName = 30;
/** @see https://docs.aws.amazon.com/aws-backup/latest/devguide/point-in-time-recovery.html */
const longestContinuous = 35;
/** @see https://docs.aws.amazon.com/aws-backup/latest/devguide/API_Lifecycle.html */
const shortestCold = 90;
/** @see https://docs.aws.amazon.com/aws-backup/latest/devguide/vault-lock.html */
const shortestCoolingOff = 3;

export function drReplicationProblems(name: string, spec: DrReplicationSpec): string[] {
  return [
    ...nameProblems(name),
    ...storePlaceProblems(spec),
    ...Object.entries(spec.stores).flatMap(([key, store]) => storeProblems(key, store)),
    ...coverageProblems(spec),
    ...copyProblems(spec),
    ...keepingProblems(spec, ownPaths),
    ...protectionProblems(spec),
    ...testProblems(spec),
  ];
}

function nameProblems(name: string): string[] {
  if (/^[a-z][a-z0-9-]*$/.test(name) && name.length <= longestName) return [];
  return [
    `name: got "${name}", need at most ${longestName} lower-case letters, digits and hyphens, a letter first`,
  ];
}

function storeProblems(key: string, store: KeptStore): string[] {
  const path = `stores.${key}`;
  // Callers in JavaScript, and records that are not complete, leave it out.
  const given = (store as Partial<KeptStore>).dataClass;
  const problems: string[] = [];
  if (given === undefined || !dataClasses.includes(given))
    problems.push(
      `${path}.dataClass: got ${given === undefined ? "none" : `"${given}"`}, need one of ${dataClasses.join(", ")}; nobody could say whether its loss matters`,
    );
  if (store.kind === "elsewhere")
    return store.broughtBackBy.trim() === ""
      ? [...problems, `${path}.broughtBackBy: got nothing, need what brings it back`]
      : problems;
  return [...problems, ...checkProblems(`${path}.checks`, store.checks)];
}

/** What settings are called where somebody wrote them. */
interface KeepingPaths {
  readonly lock: string;
  readonly plans: string;
}

const ownPaths: KeepingPaths = { lock: "lock", plans: "plans" };

/** What is wrong with how long backups are kept, and with a lock that would not let them in. */
export function keepingProblems(
  { plans, lock }: Pick<DrReplicationSpec, "plans" | "lock">,
  paths: KeepingPaths,
): string[] {
  return [
    ...backedUpClasses.flatMap((each) => planProblems(`${paths.plans}.${each}`, plans[each])),
    ...lockProblems({ plans, lock }, paths),
  ];
}

function planProblems(path: string, plan: ClassPlan): string[] {
  const problems: string[] = [];
  for (const [field, days] of Object.entries(plan) as [keyof ClassPlan, number][])
    if (!Number.isInteger(days) || days < 0)
      problems.push(`${path}.${field}: got ${days}, need whole days, or 0 for none`);
  const { continuousDays, monthlyDays, coldAfterDays } = plan;
  if (continuousDays > longestContinuous)
    problems.push(
      `${path}.continuousDays: got ${continuousDays}, need ${longestContinuous} at most; longer ones are daily, weekly or monthly`,
    );
  if (coldAfterDays > 0 && monthlyDays < coldAfterDays + shortestCold)
    problems.push(
      `${path}.coldAfterDays: got ${coldAfterDays} with monthlyDays ${monthlyDays}, need monthlyDays ${coldAfterDays + shortestCold} or more; cold storage keeps for ${shortestCold} days at least`,
    );
  return problems;
}

/** A store whose class is backed up by no rule would be left out silently. */
function coverageProblems({ stores, plans }: DrReplicationSpec): string[] {
  return Object.entries(stores).flatMap(([key, { kind, dataClass }]) => {
    if (kind === "elsewhere" || (dataClass !== "vital" && dataClass !== "reproducible")) return [];
    const rules = plannedRules(dataClass, plans[dataClass]).filter(
      ({ frequency }) => kind !== "database" || frequency !== "continuous",
    );
    return rules.length > 0
      ? []
      : [
          `stores.${key}: is ${dataClass}, and plans.${dataClass} makes no backup of a ${kind}, need one kind that is not 0`,
        ];
  });
}

function copyProblems({ region, copyRegion, otherAccountVaultArn, accountId }: DrReplicationSpec) {
  const problems: string[] = [];
  if (copyRegion === region)
    problems.push(
      `copyRegion: got "${copyRegion}", which is the region of the stores, need another one`,
    );
  else if (copyRegion !== undefined && !/^[a-z]{2}(-[a-z]+)+-\d$/.test(copyRegion))
    problems.push(`copyRegion: got "${copyRegion}", need a region such as us-east-2`);
  if (otherAccountVaultArn === undefined) return problems;
  const found = /^arn:aws:backup:([a-z0-9-]+):(\d{12}):backup-vault:[A-Za-z0-9_-]{2,50}$/.exec(
    otherAccountVaultArn,
  );
  if (found === null)
    problems.push(
      `otherAccountVaultArn: got "${otherAccountVaultArn}", need the ARN of a backup vault`,
    );
  else if (found[2] === accountId)
    problems.push("otherAccountVaultArn: is of this account, need one that it cannot delete");
  else if (found[1] !== region)
    problems.push(
      `otherAccountVaultArn: is in ${found[1]}, need a vault in ${region}; a database's snapshot goes to another region or to another account`,
    );
  return problems;
}

function lockProblems(
  { lock, plans }: Pick<DrReplicationSpec, "plans" | "lock">,
  paths: KeepingPaths,
): string[] {
  if (lock.mode === "none") return [];
  const problems: string[] = [];
  const { minRetentionDays } = lock;
  if (!Number.isInteger(minRetentionDays) || minRetentionDays < 1)
    problems.push(`${paths.lock}.minRetentionDays: got ${minRetentionDays}, need 1 or more`);
  for (const dataClass of backedUpClasses)
    for (const { frequency, deleteAfterDays } of plannedRules(dataClass, plans[dataClass]))
      if (deleteAfterDays < minRetentionDays)
        problems.push(
          `${paths.lock}.minRetentionDays: got ${minRetentionDays}, which outlives ${paths.plans}.${dataClass}.${frequency}Days ${deleteAfterDays}; the vault would refuse those backups`,
        );
  if (lock.mode === "governance") return problems;
  if (!Number.isInteger(lock.coolingOffDays) || lock.coolingOffDays < shortestCoolingOff)
    problems.push(
      `${paths.lock}.coolingOffDays: got ${lock.coolingOffDays}, need ${shortestCoolingOff} or more`,
    );
  return problems;
}

function protectionProblems({ lock, protect }: DrReplicationSpec): string[] {
  return lock.mode === "compliance" && !protect
    ? [
        "lock.mode: got compliance without protect, need protect true; nobody could delete the vault anyway",
      ]
    : [];
}

function testProblems({ restoreTest }: DrReplicationSpec): string[] {
  if (restoreTest === undefined) return [];
  const problems: string[] = [];
  const { schedule, rpoHours, rtoMinutes } = restoreTest;
  if (!/^cron\(\S+ \S+ \S+ \S+ \S+ \S+\)$/.test(schedule))
    problems.push(`restoreTest.schedule: got "${schedule}", need cron(…) with six fields`);
  if (!(rpoHours > 0)) problems.push(`restoreTest.rpoHours: got ${rpoHours}, need more than 0`);
  if (!(rtoMinutes > 0))
    problems.push(`restoreTest.rtoMinutes: got ${rtoMinutes}, need more than 0`);
  return problems;
}
