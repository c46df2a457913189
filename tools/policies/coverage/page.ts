import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readFrameworks } from "./coverage";
import { renderCoverage } from "./render";

const [begin, end] = ["<!-- coverage: begin -->", "<!-- coverage: end -->"];
const pageOf = (projectDirectory: string): string => join(projectDirectory, "docs/policies.md");

interface Tagged {
  readonly name: string;
  readonly tags: readonly string[];
}

/** The part of the page that follows from the rules and the lists of controls. */
export async function coverageText(
  projectDirectory: string,
  rules: readonly Tagged[],
): Promise<string> {
  // Heavy, and only needed here.
  const { format } = await import("prettier");
  const text = renderCoverage(readFrameworks(projectDirectory), rules);
  return (await format(text, { parser: "markdown", printWidth: 100 })).trim();
}

/** The same part as the page has it. */
export function documentedCoverage(projectDirectory: string): string {
  const page = readFileSync(pageOf(projectDirectory), "utf8");
  return page.slice(page.indexOf(begin) + begin.length, page.indexOf(end)).trim();
}

/** @public Loaded by the command when it runs. */
export async function writeCoverage(
  projectDirectory: string,
  rules: readonly Tagged[],
): Promise<void> {
  const page = readFileSync(pageOf(projectDirectory), "utf8");
  const before = page.slice(0, page.indexOf(begin) + begin.length);
  const after = page.slice(page.indexOf(end));
  const text = await coverageText(projectDirectory, rules);
  writeFileSync(pageOf(projectDirectory), `${before}\n\n${text}\n\n${after}`);
}
