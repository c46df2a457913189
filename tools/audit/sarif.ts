import { type Finding, type Severity } from "./finding";

/** Middle of GitHub's class for each severity: it grades by this number. */
const scores: Readonly<Record<Severity, string>> = {
  CRITICAL: "9.5",
  HIGH: "8.0",
  MEDIUM: "5.0",
  LOW: "2.0",
  UNKNOWN: "0.0",
};

/** Findings of a scanner that writes no SARIF itself, for code scanning. A page of a site counts as a file. */
export function writeSarif(scanner: string, findings: readonly Finding[]): string {
  const rules = new Map(findings.map((finding) => [finding.id, finding]));
  const log = {
    version: "2.1.0",
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    runs: [
      {
        tool: {
          driver: {
            name: scanner,
            rules: [...rules.values()].map(({ id, title, severity }) => ({
              id,
              shortDescription: { text: title },
              properties: { "security-severity": scores[severity], tags: ["security"] },
            })),
          },
        },
        results: findings.map(({ id, title, subject, severity }) => ({
          ruleId: id,
          level: severity === "HIGH" || severity === "CRITICAL" ? "error" : "warning",
          message: { text: `${title}: ${subject}` },
          locations: [
            {
              physicalLocation: {
                artifactLocation: { uri: pathOf(subject) },
                region: { startLine: 1 },
              },
            },
          ],
        })),
      },
    ],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

function pathOf(address: string): string {
  const path = URL.canParse(address) ? new URL(address).pathname : address;
  return path.replace(/^\/+/, "") || "index";
}
