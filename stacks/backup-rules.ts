import { keepingProblems } from "../components/dr-replication";
import type { Environment } from "./environment";
import type { WellFormed } from "./environment-rules";

type Candidate = Pick<WellFormed<Environment>, "stage" | "backup">;
type Backup = Candidate["backup"];

/** How long backups are kept, and who can delete them. */
export function backupProblems({ stage, backup }: Candidate): string[] {
  return [...lengthProblems(backup), ...stageProblems({ stage, backup })];
}

function lengthProblems(backup: Backup): string[] {
  const { vital, reproducible, lock } = backup ?? {};
  if (!isWhole(vital) || !isWhole(reproducible) || !isWhole(lock)) return [];
  return keepingProblems(
    { plans: { vital, reproducible }, lock },
    { lock: "auterity:backup.lock", plans: "auterity:backup" },
  );
}

function isWhole<T extends object>(
  part: { readonly [K in keyof T]?: T[K] | undefined } | undefined,
): part is T {
  return part !== undefined && Object.values(part).every((value) => value !== undefined);
}

function stageProblems({ stage, backup }: Candidate): string[] {
  if (stage === undefined || stage === "development" || backup === undefined) return [];
  const problems: string[] = [];
  if (backup.lock?.mode === "none")
    problems.push(
      `auterity:backup.lock.mode: got "none", need governance in ${stage}; whoever gets in could delete every backup`,
    );
  if (backup.copyToRecoveryRegion === false)
    problems.push(
      `auterity:backup.copyToRecoveryRegion: got false, need true in ${stage}; the region's loss would take the backups too`,
    );
  if (backup.restoreTest?.enabled === false)
    problems.push(
      `auterity:backup.restoreTest.enabled: got false, need true in ${stage}; nobody would know whether a backup can be restored`,
    );
  return problems;
}

export function lockNotices({ backup: { lock } }: Environment): string[] {
  if (lock.mode !== "compliance") return [];
  return [
    `auterity:backup.lock.mode is compliance: ${lock.coolingOffDays} days after the deployment NOBODY can undo it, not the ` +
      "account's root user and not AWS; no backup can be deleted before its time, nor a vault that holds one",
  ];
}
