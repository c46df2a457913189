import { type Framework, type Judged, judgeCoverage } from "./coverage";
import type { Verdict } from "./reason";

interface Tagged {
  readonly name: string;
  readonly tags: readonly string[];
}

const verdicts: readonly Verdict[] = [
  ...(["shown elsewhere", "run by AWS", "the account's", "seen at run time"] as const),
  ...(["decided otherwise", "not used", "open"] as const),
];

/** The part of docs/policies.md on benchmarks, in Markdown. */
export function renderCoverage(frameworks: readonly Framework[], rules: readonly Tagged[]): string {
  const judged = frameworks.map((framework) => ({
    framework,
    controls: judgeCoverage(framework, rules),
  }));
  return [
    renderSummary(judged),
    ...judged.map(({ framework, controls }) => renderFramework(framework, controls)),
  ].join("\n\n");
}

interface Coverage {
  readonly framework: Framework;
  readonly controls: readonly Judged[];
}

/** @public A row for each framework: how many controls, and what became of them. */
export function summaryRows(judged: readonly Coverage[]): (string | number)[][] {
  const rows = judged.map(({ framework, controls }) => [
    `${framework.name} ${framework.version}`,
    controls.length,
    controls.filter(({ rules }) => rules.length > 0).length,
    ...verdicts.map(
      (verdict) => controls.filter(({ reason }) => reason?.verdict === verdict).length,
    ),
  ]);
  return [["framework", "controls", "by a rule", ...verdicts], ...rows];
}

function renderSummary(judged: readonly Coverage[]): string {
  const [head = [], ...rows] = summaryRows(judged);
  const line = (cells: readonly (string | number)[]): string => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

function renderFramework(framework: Framework, controls: readonly Judged[]): string {
  const covered = controls.filter(({ rules }) => rules.length > 0);
  const byRule = new Map<string, string[]>();
  for (const { id, rules } of covered)
    for (const rule of rules) byRule.set(rule, [...(byRule.get(rule) ?? []), id]);
  return [
    `### ${framework.name} ${framework.version}`,
    `${controls.length} controls, as in [this list](${framework.source}).`,
    [...byRule].map(([rule, ids]) => `- [\`${rule}\`](#${rule}): ${ids.join(", ")}`).join("\n"),
    ...verdicts.flatMap((verdict) => renderVerdict(verdict, controls)),
  ].join("\n\n");
}

function renderVerdict(verdict: Verdict, controls: readonly Judged[]): string[] {
  const mine = controls.filter(({ reason }) => reason?.verdict === verdict);
  if (mine.length === 0) return [];
  const byWhy = new Map<string, Judged[]>();
  for (const control of mine) {
    const why = control.reason?.why ?? "";
    byWhy.set(why, [...(byWhy.get(why) ?? []), control]);
  }
  const lines = [...byWhy].map(([why, group]) =>
    verdict === "open"
      ? group.map(({ id, title }) => `- ${id}: ${title}`).join("\n")
      : `- ${group.map(({ id }) => id).join(", ")}: ${why}`,
  );
  return [`**${capitalised(verdict)}**`, lines.join("\n")];
}

function capitalised(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
