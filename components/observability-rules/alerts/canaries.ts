import { cloudWatch } from "../cloudwatch";
import type { RuleGroup } from "../rule";
import { type AlertContext, platformTeam } from "./context";

const canary = "dimension_CanaryName";
const success = cloudWatch("CloudWatchSynthetics", "SuccessPercent");
const duration = cloudWatch("CloudWatchSynthetics", "Duration");

/** Of the canaries that ask from outside of the cluster; nothing where an environment has none. */
export function canaryAlerts({ canaries }: AlertContext): RuleGroup {
  const rules: RuleGroup["rules"] = [
    {
      name: "CanaryFailing",
      expression: `max by (${canary}) (${success}) < 50`,
      for: "5m",
      severity: "critical",
      team: platformTeam,
      summary: "The canary {{ $labels.dimension_CanaryName }} fails: people cannot do what it does",
      runbook: "canaries",
    },
    {
      name: "CanarySlow",
      expression: `max by (${canary}) (${duration}) > 5000`,
      for: "20m",
      severity: "warning",
      team: platformTeam,
      summary:
        "The canary {{ $labels.dimension_CanaryName }} takes {{ $value }} ms for what it does, for twenty minutes",
      runbook: "canaries",
    },
    {
      name: "CanarySilent",
      // The exporter gives no number where CloudWatch has none.
      expression: `count by (${canary}) (${success} != ${success}) > 0 or absent(${success})`,
      for: "30m",
      severity: "warning",
      team: platformTeam,
      summary: "A canary has not run for half an hour, or its numbers do not arrive",
      runbook: "canaries",
    },
  ];
  return { name: "canaries", rules: canaries === undefined ? [] : rules };
}

/** One sample a run, without those that CloudWatch had no number of. */
export function canaryRuns({ canaries }: Pick<AlertContext, "canaries">): RuleGroup[] {
  if (canaries === undefined) return [];
  return [
    {
      name: "canary-runs",
      interval: `${canaries.everyMinutes}m`,
      rules: [
        {
          record: canaryRunRecord,
          expression: `max by (${canary}) (${success} >= 0) / 100`,
        },
      ],
    },
  ];
}

/** Share of a canary's last runs that held, 0 to 1. */
export const canaryRunRecord = "canary:run_success:ratio";
