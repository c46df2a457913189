import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import type { RuleFile } from "../../../components/observability-rules";
import type { Stage } from "../processes";
import { values } from "./case";
import { writeRules } from "./promtool";

/** An alert as Prometheus keeps it: there while it fires, and then at once no more. */
function firing(before: number, minutes: number): string {
  return `_x${before} 1x${minutes - 1} stale`;
}

/**
 * Three incidents of 20, 10 and 3 minutes: the first with two alerts of one service, one after the other and both at a time;
 * the last a page that was over before anybody could look. A warning belongs to none.
 */
const series = [
  ["ServiceDown", "relaycore", firing(10, 15)],
  ["SloBurnFast", "relaycore", firing(15, 15)],
  ["ServiceDown", "automatrix-api", firing(60, 10)],
  ["ProbeFailed", "", firing(100, 3)],
] as const;

/** At the end of three hours. */
const expected = {
  "incident:started:sum30d": 3,
  "incident:recovery_seconds:mean30d": (20 + 10 + 3) * (60 / 3),
  "page:told_something:ratio30d": 1 - 1 / 4,
};

/** What is counted of incidents, from alerts that were written down by hand. @throws Error with what promtool found. */
export async function judgeIncidents(
  stage: Stage,
  { promtool, files }: { promtool: string; files: readonly RuleFile[] },
): Promise<{ readonly incidents: number; readonly minutes: number }> {
  const file = files.find(({ name }) => name === "incidents");
  if (file === undefined) throw new Error("there are no rules of incidents");
  const folder = join(stage.folder, "incidents");
  writeRules(folder, [file]);
  const test = {
    rule_files: ["incidents.yaml"],
    evaluation_interval: "1m",
    group_eval_order: file.groups.map(({ name }) => name),
    tests: [
      {
        interval: "1m",
        input_series: [
          ...series.map(([alertname, service, given]) => ({
            series: `ALERTS{alertname="${alertname}",alertstate="firing",severity="critical"${service === "" ? "" : `,service="${service}"`}}`,
            values: given,
          })),
          {
            series:
              'ALERTS{alertname="QueueBacklog",alertstate="firing",severity="warning",service="automatrix-api"}',
            values: values([180, 1]),
          },
        ],
        promql_expr_test: Object.entries(expected).map(([expr, value]) => ({
          expr,
          eval_time: "3h",
          exp_samples: [{ labels: expr, value }],
        })),
      },
    ],
  };
  const path = join(folder, "incidents.test.yaml");
  writeFileSync(path, stringify(test, { lineWidth: 0, aliasDuplicateObjects: false }));
  await stage.run({ name: "incidents", program: promtool, args: ["test", "rules", path] });
  return { incidents: expected["incident:started:sum30d"], minutes: 11 };
}
