import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { AuditError } from "./audit-error";
import { type Finding, identityOf } from "./finding";
import { findingsOfNpmAudit, npmAuditReport } from "./read-npm-audit";
import { findingsOfSarif, sarifLog } from "./read-sarif";
import { findingsOfTrivy, trivyReport } from "./read-trivy";
import { findingsOfZap, zapReport } from "./read-zap";

export interface Reports {
  /** Each once, however many scanners' files tell it. */
  readonly findings: readonly Finding[];
  /** How many files were read. */
  readonly files: number;
}

/** Everything that lies under the folder. A file that cannot be read fails: it might have held the one that counts. */
export function readReports(folder: string): Reports {
  const findings = new Map<string, Finding>();
  const problems: string[] = [];
  let files = 0;
  for (const file of reportFiles(folder)) {
    files += 1;
    try {
      for (const finding of findingsOf(JSON.parse(readFileSync(join(folder, file), "utf8"))))
        findings.set(identityOf(finding), finding);
    } catch (error) {
      problems.push(`${file}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  if (problems.length > 0) throw new AuditError(`reports: ${problems.join("; ")}`);
  return { findings: [...findings.values()], files };
}

function reportFiles(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((file) => /\.(json|sarif)$/.test(file) && !file.endsWith(".cdx.json"))
      .sort();
  } catch (error) {
    throw new AuditError(`reports: ${(error as Error).message}`, { cause: error });
  }
}

function findingsOf(document: unknown): Finding[] {
  const trivy = trivyReport.safeParse(document);
  if (trivy.success) return findingsOfTrivy(trivy.data);
  const npm = npmAuditReport.safeParse(document);
  if (npm.success) return findingsOfNpmAudit(npm.data);
  const sarif = sarifLog.safeParse(document);
  if (sarif.success) return findingsOfSarif(sarif.data);
  const zap = zapReport.safeParse(document);
  if (zap.success) return findingsOfZap(zap.data);
  throw new Error("need a report of Trivy, npm audit or OWASP ZAP in JSON, or SARIF 2.1.0");
}
