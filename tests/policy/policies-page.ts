import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { format } from "prettier";
import {
  type Rule,
  costRules,
  encryptionRules,
  identityRules,
  imageRules,
  loggingRules,
  networkRules,
  recoveryRules,
  resilienceRules,
  secretRules,
  workloadRules,
} from "../../policy/rules";

const path = join(__dirname, "../../docs/policies.md");
const [begin, end] = ["<!-- rules: begin -->", "<!-- rules: end -->"];
const environments = ["dev", "prod", "recovery"] as const;

/** The part of the page that follows from the rules themselves. */
export async function renderRules(): Promise<string> {
  const text = [
    "## Images and supply chain",
    ...imageRules.map(renderRule),
    "## Identity, least privilege",
    ...identityRules.map(renderRule),
    "## Network",
    ...networkRules.map(renderRule),
    "## Workloads",
    ...workloadRules.map(renderRule),
    "## Secrets",
    ...secretRules.map(renderRule),
    "## Encryption",
    ...encryptionRules.map(renderRule),
    "## Logging",
    ...loggingRules.map(renderRule),
    "## Resilience",
    ...resilienceRules.map(renderRule),
    "## Cost",
    ...costRules.map(renderRule),
    "## Disaster recovery",
    ...recoveryRules.map(renderRule),
  ].join("\n\n");
  return (await format(text, { parser: "markdown", printWidth: 100 })).trim();
}

/** The same part as the page has it. */
export function documentedRules(page: string): string {
  return page.slice(page.indexOf(begin) + begin.length, page.indexOf(end)).trim();
}

function renderRule(rule: Rule): string {
  const levels = environments.map((environment) => `${environment} ${levelIn(environment, rule)}`);
  const settings = Object.entries(rule.configSchema?.properties ?? {})
    .filter(([key]) => key !== "exempt")
    .map(([key, schema]) => `\`${key}\` (default \`${JSON.stringify(schema.default)}\`)`);
  return [
    `### ${rule.name}`,
    escape(rule.description),
    [
      `- Level: ${levels.join(", ")}. Severity: ${rule.severity}.`,
      `- To fix: ${escape(rule.remediationSteps)}`,
      ...(settings.length === 0 ? [] : [`- Settings: ${settings.join(", ")}.`]),
      `- Follows: ${rule.tags.join(", ")}. [More](${rule.url})`,
    ].join("\n"),
  ].join("\n\n");
}

function levelIn(environment: string, { name }: Rule): string {
  const file = join(__dirname, `../../policy/levels/${environment}.json`);
  const levels = JSON.parse(readFileSync(file, "utf8")) as Record<
    string,
    string | { enforcementLevel: string } | undefined
  >;
  const level = levels[name];
  return typeof level === "object" ? level.enforcementLevel : (level ?? "not set");
}

/** A star outside of code would begin an emphasis. */
function escape(text: string): string {
  return text.replace(/(`[^`]*`)|\*/g, (star, code?: string) => code ?? `\\${star}`);
}

async function renew(): Promise<void> {
  const page = readFileSync(path, "utf8");
  const before = page.slice(0, page.indexOf(begin) + begin.length);
  const after = page.slice(page.indexOf(end));
  writeFileSync(path, `${before}\n\n${await renderRules()}\n\n${after}`);
}

if (require.main === module) void renew();
