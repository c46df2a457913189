import { snapshot, unknownValue } from "../shared/known";
import { onResource, resourceRule } from "../shared/rule";
import { listAt, textAt, valueAt } from "../shared/tree";

interface Settings {
  /** What an alert's label `severity` may say. */
  severities: string[];
}

export const alertComplete = resourceRule<Settings>({
  name: "alert-complete",
  description:
    "An alert says how bad it is, in a sentence what it means and where to read what to do; an alarm tells somebody.",
  reach: "production",
  severity: "medium",
  tags: ["securityhub:CloudWatch.15", "securityhub:CloudWatch.17", "ckv:CKV_AWS_319"],
  remediationSteps:
    "Give an alert the label severity and the annotations summary and runbook_url, and an alarm alarmActions.",
  url: "https://prometheus.io/docs/practices/alerting/",
  settings: {
    severities: {
      type: "array",
      items: { type: "string" },
      default: ["critical", "warning", "info", "none"],
    },
  },
  checks: [
    onResource<Settings>(
      ["kubernetes:monitoring.coreos.com/v1:PrometheusRule"],
      ({ props, settings, report }) => {
        const groups = listAt(
          snapshot(() => props["spec"]),
          "groups",
        );
        for (const group of groups)
          for (const rule of listAt(group, "rules")) {
            const alert = textAt(rule, "alert");
            if (alert === undefined) continue;
            for (const problem of alertProblems(rule, settings)) report(`${alert}: ${problem}`);
          }
      },
    ),
    onResource(
      ["aws:cloudwatch/metricAlarm:MetricAlarm", "aws:cloudwatch/compositeAlarm:CompositeAlarm"],
      ({ props, report }) => {
        const actions = snapshot(() => props["alarmActions"]);
        if (actions !== unknownValue && !(Array.isArray(actions) && actions.length > 0))
          report("alarmActions: tells nobody");
        if (snapshot(() => props["actionsEnabled"]) === false)
          report("actionsEnabled: is false, so that it tells nobody");
      },
    ),
  ],
});

function alertProblems(rule: unknown, { severities }: Settings): string[] {
  const problems: string[] = [];
  const severity = valueAt(rule, "labels", "severity");
  if (severity !== unknownValue && !severities.includes(String(severity)))
    problems.push(`labels.severity: is none of ${severities.join(", ")}`);
  for (const annotation of ["summary", "runbook_url"]) {
    const value = valueAt(rule, "annotations", annotation);
    if (value === undefined || value === "") problems.push(`annotations.${annotation}: is missing`);
  }
  const page = textAt(rule, "annotations", "runbook_url");
  if (page !== undefined && page !== "" && !/^https?:\/\//.test(page))
    problems.push("annotations.runbook_url: is no address");
  return problems;
}
