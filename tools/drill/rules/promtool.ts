import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import type { RuleFile } from "../../../components/observability-rules";
import type { Stage } from "../processes";
import type { AlertCase } from "./case";

/** Writes each file where promtool finds it; gives their paths. */
export function writeRules(folder: string, files: readonly RuleFile[]): string[] {
  mkdirSync(folder, { recursive: true });
  return files.map(({ name, groups }) => {
    const path = join(folder, `${name}.yaml`);
    writeFileSync(path, stringify({ groups }, { lineWidth: 0, aliasDuplicateObjects: false }));
    return path;
  });
}

/** The file of a case's rules. */
function fileOf(files: readonly RuleFile[], { alert, file }: AlertCase): RuleFile {
  const having = files.filter(
    ({ name, groups }) =>
      (file === undefined || name === file) &&
      groups.some(({ rules }) => rules.some((rule) => rule.alert === alert)),
  );
  const [only, other] = having;
  if (only === undefined || other !== undefined)
    throw new Error(
      `${alert}${file === undefined ? "" : ` of ${file}`}: got ${having.length} files that have it, need one`,
    );
  return only;
}

/** A test of promtool: nothing just before, and exactly this afterwards. */
function testOf(test: AlertCase, links: Readonly<Record<string, string>>): object {
  const [severity, team] = test.told;
  return {
    interval: "1m",
    name: `${test.alert} ${JSON.stringify(test.labels)}`,
    input_series: Object.entries(test.series).map(([series, values]) => ({ series, values })),
    alert_rule_test: [
      ...(test.silentAt === undefined
        ? []
        : [{ eval_time: test.silentAt, alertname: test.alert, exp_alerts: [] }]),
      {
        eval_time: test.firesAt,
        alertname: test.alert,
        exp_alerts: [
          {
            exp_labels: { severity, team, ...test.labels },
            exp_annotations: { summary: test.summary, ...links },
          },
        ],
      },
    ],
  };
}

interface TestRun {
  /** Names the log of the run in the folder of the drill. */
  readonly name: string;
  readonly promtool: string;
  /** Folder of the rules, and of the tests that are written beside them. */
  readonly folder: string;
  readonly files: readonly RuleFile[];
  readonly cases: readonly AlertCase[];
}

/** Runs the cases, those of one file together. @throws Error with what promtool found. */
export async function testRules(
  stage: Stage,
  { name, promtool, folder, files, cases }: TestRun,
): Promise<void> {
  writeRules(folder, files);
  const byFile = new Map<RuleFile, object[]>();
  for (const test of cases) {
    const file = fileOf(files, test);
    byFile.set(file, [...(byFile.get(file) ?? []), testOf(test, linksOf(file, test))]);
  }
  const paths = [...byFile].map(([{ name: file, groups }, tests]) => {
    const path = join(folder, `${file}.test.yaml`);
    const document = {
      rule_files: [`${file}.yaml`],
      evaluation_interval: "1m",
      // Else any order, and what rests on what another group records would come a minute later or not.
      group_eval_order: groups.map((group) => group.name),
      tests,
    };
    writeFileSync(path, stringify(document, { lineWidth: 0, aliasDuplicateObjects: false }));
    return path;
  });
  await stage.run({ name, program: promtool, args: ["test", "rules", ...paths] });
}

/** Where the rule that fires sends its reader; of several by one name, that of the labels. */
function linksOf({ groups }: RuleFile, { alert, labels }: AlertCase): Record<string, string> {
  const rule = groups
    .flatMap(({ rules }) => rules)
    .find((candidate) => candidate.alert === alert && isPartOf(candidate.labels ?? {}, labels));
  const annotations = Object.entries(rule?.annotations ?? {});
  return Object.fromEntries(annotations.filter(([name]) => name !== "summary"));
}

/** But for what stands in the case under a name of its own. */
function isPartOf(
  own: Readonly<Record<string, string>>,
  labels: Readonly<Record<string, string>>,
): boolean {
  return Object.entries(own).every(
    ([key, value]) => key === "severity" || key === "team" || labels[key] === value,
  );
}
