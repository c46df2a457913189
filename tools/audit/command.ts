import { Command } from "commander";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { AuditError } from "./audit-error";
import { readExceptions } from "./exceptions";
import type { Finding } from "./finding";
import { bySeverity, readHistory } from "./history";
import { readReports } from "./read-reports";
import { writeReport } from "./report";
import { writeSarif } from "./sarif";

interface AuditOptions {
  readonly reports: string;
  readonly exceptions?: string;
  readonly previous?: string;
  readonly out?: string;
  readonly sarif?: string;
  readonly gate?: true;
}

export function createAuditReportCommand(projectDirectory: string): Command {
  return new Command("audit-report")
    .summary("the scanners' findings as a report with deadlines, exceptions and trend")
    .description(
      "Reads reports of Trivy, npm audit and OWASP ZAP in JSON, and SARIF. Exit code 1: a report or an exception cannot be read; with --gate also a HIGH or CRITICAL finding that can be fixed.",
    )
    .requiredOption("--reports <folder>", "folder with the scanners' files")
    .option("--exceptions <file>", "exceptions with their ends (default: .trivyignore.yaml)")
    .option("--previous <file>", "the report before, whose history goes on")
    .option("--out <file>", "where to write the report (default: the standard output)")
    .option("--sarif <file>", "write OWASP ZAP's findings as SARIF there")
    .option("--gate", "no report: fail on what is severe and can be fixed")
    .action((options: AuditOptions) => {
      try {
        process.exitCode = run(projectDirectory, options);
      } catch (error) {
        if (!(error instanceof AuditError)) throw error;
        process.stderr.write(`error: ${error.message}\n`);
        process.exitCode = 1;
      }
    });
}

/** The exit code. */
function run(projectDirectory: string, options: AuditOptions): number {
  const { findings, files } = readReports(options.reports);
  const exceptions = readExceptions(
    options.exceptions ?? join(projectDirectory, ".trivyignore.yaml"),
  );
  if (options.sarif !== undefined) {
    const ofZap = findings.filter(({ scanner }) => scanner === "OWASP ZAP");
    writeFileSync(options.sarif, writeSarif("OWASP ZAP", ofZap));
  }
  const today = new Date().toISOString().slice(0, 10);
  if (options.gate) {
    const excepted = exceptions.filter(({ ends }) => ends >= today).map(({ id }) => id);
    return gate(findings.filter(({ id }) => !excepted.includes(id)));
  }
  const { history, lost } = readHistory(readPrevious(options.previous));
  const report = writeReport({
    ...{ findings, files, exceptions },
    ...{ history, historyLost: lost, today },
  });
  if (options.out === undefined) process.stdout.write(report);
  else writeFileSync(options.out, report);
  return 0;
}

function readPrevious(file: string | undefined): string {
  if (file === undefined) return "";
  if (!existsSync(file)) throw new AuditError(`--previous: there is no file ${file}`);
  return readFileSync(file, "utf8");
}

function gate(findings: readonly Finding[]): number {
  const stopping = findings
    .filter(({ severity, fixable }) => fixable && ["HIGH", "CRITICAL"].includes(severity))
    .sort(bySeverity);
  for (const { severity, id, subject, target, fix } of stopping)
    process.stdout.write(
      `${severity} ${id}: ${subject} in ${target}${fix === undefined ? "" : `: ${fix}`}\n`,
    );
  process.stdout.write(`${stopping.length} severe findings that can be fixed\n`);
  return stopping.length === 0 ? 0 : 1;
}
