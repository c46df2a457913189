import { join } from "node:path";
import type { CleanedFile } from "./clean-compose";
import type { PlannedFinding } from "./migration-plan";
import { describeFate } from "./show-findings";
import { describePlace } from "./source-file";
import { writeWhole } from "./written-file";

export interface SecretOutcome {
  readonly path: string;
  readonly outcome: "in the store" | "planned" | "not done";
  readonly detail: string;
}

export interface MigrationReport {
  readonly format: 1;
  readonly environment: string;
  readonly dryRun: boolean;
  /** Whether every secret holds what was found for it. */
  readonly complete: boolean;
  readonly forcePlaceholders: boolean;
  readonly findings: readonly PlannedFinding[];
  readonly secrets: readonly SecretOutcome[];
  readonly cleaned: readonly CleanedFile[];
}

/** The report as data: field by field, so that nothing that carries a value can come along. */
export function reportAsJson(report: MigrationReport): object {
  const { format, environment, dryRun, complete } = report;
  return {
    ...{ format, environment, dryRun, complete },
    findings: report.findings.map((planned) => ({
      file: planned.finding.place.file,
      line: planned.finding.place.line,
      column: planned.finding.place.column,
      service: planned.finding.service ?? null,
      variable: planned.finding.variable,
      source: planned.finding.source,
      recognisedAs: planned.finding.kind,
      plaintext: planned.finding.plaintext,
      placeholder: planned.finding.placeholder,
      goesTo: describeFate(planned, report.forcePlaceholders),
      destinations: planned.destinations.map(({ kind }) => kind),
    })),
    secrets: report.secrets.map(({ path, outcome, detail }) => ({ path, outcome, detail })),
    cleaned: report.cleaned.map(({ source, path, lookAt }) => ({ source, path, lookAt })),
  };
}

/** Writes the cleaned files and the report; gives the paths. */
export function writeReports(directory: string, report: MigrationReport): string[] {
  const json = join(directory, "migration.json");
  const markdown = join(directory, "migration.md");
  for (const { path, text } of report.cleaned) writeWhole(path, text);
  writeWhole(json, `${JSON.stringify(reportAsJson(report), undefined, 2)}\n`);
  writeWhole(markdown, reportAsMarkdown(report));
  return [...report.cleaned.map(({ path }) => path), json, markdown];
}

function reportAsMarkdown(report: MigrationReport): string {
  const files = [...new Set(report.findings.map(({ finding }) => finding.place.file))];
  return [
    `# Migration of credentials to \`${report.environment}\``,
    "",
    report.complete ? "Complete." : "Not complete: run it again for what is not done.",
    "",
    "## Secrets",
    "",
    ...table(
      ["secret", "outcome", "detail"],
      report.secrets.map(({ path, outcome, detail }) => [path, outcome, detail]),
    ),
    "",
    "## Places",
    "",
    ...table(
      ["place", "service", "variable", "recognised as", "goes to"],
      report.findings.map((planned) => [
        describePlace(planned.finding.place),
        planned.finding.service ?? "-",
        planned.finding.variable,
        planned.finding.kind,
        describeFate(planned, report.forcePlaceholders),
      ]),
    ),
    "",
    "## What remains for people",
    "",
    ...report.cleaned.map(({ source, path }) => `- Put \`${path}\` in the place of \`${source}\`.`),
    ...report.cleaned
      .filter(({ lookAt }) => lookAt.length > 0)
      .map(
        ({ path, lookAt }) =>
          `- Look at \`${path}\`, line ${lookAt.join(", ")}: the text of a credential stands there as something else.`,
      ),
    `- These files hold credentials in plaintext, and so does their history: ${files.map((file) => `\`${file}\``).join(", ")}. Rotate what was ever committed.`,
    "",
  ].join("\n");
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string[] {
  if (rows.length === 0) return ["None."];
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(header), line(header.map(() => "---")), ...rows.map(line)];
}
