import type { AlertRule, RuleGroup } from "../rule";
import { cloudWatch } from "../cloudwatch";
import { serviceSelector } from "../slo/objective";
import { type AlertContext, platformTeam } from "./context";

/** Money: what questions to language models cost, and what is paid for and not used. */
export function costAlerts(context: AlertContext): RuleGroup {
  return {
    name: "cost",
    rules: [
      ...aiAlerts(context),
      ...natAlerts(context),
      {
        name: "RequestsFarAboveUse",
        expression:
          'sum by (namespace) (kube_pod_container_resource_requests{resource="cpu"}) > 4 * sum by (namespace) (rate(container_cpu_usage_seconds_total{container!=""}[1h]))',
        for: "6h",
        severity: "info",
        team: platformTeam,
        summary:
          "{{ $labels.namespace }} has asked for {{ $value | humanize }} CPU for six hours and used less than a quarter of it",
        runbook: "cost",
      },
      {
        name: "VolumesUnclaimed",
        expression:
          'count(kube_persistentvolume_status_phase{phase=~"Released|Available"} == 1) > 0',
        for: "1d",
        severity: "info",
        team: platformTeam,
        summary: "{{ $value }} volume(s) have belonged to nobody for a day and are paid for",
        runbook: "cost",
      },
      {
        name: "LogVolumeJump",
        expression:
          "sum(rate(loki_distributor_bytes_received_total[1h])) > 3 * sum(rate(loki_distributor_bytes_received_total[1h] offset 1d)) and sum(rate(loki_distributor_bytes_received_total[1h])) > 1e5",
        for: "1h",
        severity: "warning",
        team: platformTeam,
        summary:
          "{{ $value | humanize1024 }}B of logs come in a second, more than three times as many as yesterday at this time",
        runbook: "logs",
      },
    ],
  };
}

/** CloudWatch's sums are of five minutes each. */
const sumsPerDay = 288;

/** AWS bills what passes a gateway, whichever way it goes. */
function natAlerts({ natGibPerDay }: AlertContext): AlertRule[] {
  if (natGibPerDay === undefined) return [];
  const daily = (metric: "BytesOutToDestination" | "BytesInFromDestination") =>
    `sum(avg_over_time(${cloudWatch("AWS/NATGateway", metric)}[1d]))`;
  const bytes = `(${daily("BytesOutToDestination")} + ${daily("BytesInFromDestination")})`;
  return [
    {
      name: "NatTrafficHigh",
      expression: `${sumsPerDay} * ${bytes} / 2^30 > ${natGibPerDay}`,
      for: "1h",
      severity: "warning",
      team: platformTeam,
      summary: `{{ $value | printf "%.0f" }} GiB pass the NAT gateways a day, more than ${natGibPerDay}: each costs, and an endpoint may carry them for less`,
      runbook: "egress",
    },
  ];
}

function aiAlerts({ records, aiSpendPerDay }: AlertContext): AlertRule[] {
  const spenders = records.filter(
    ({ exposes }) => exposes?.some(({ name }) => name === "ai_request_cost_total") ?? false,
  );
  return spenders.flatMap((record) => {
    const cost = `ai_request_cost_total{${serviceSelector(record)}}`;
    const owned = {
      team: record.team,
      labels: { namespace: record.product, service: record.name },
      severity: "warning" as const,
      runbook: "ai-cost",
    };
    return [
      {
        ...owned,
        name: "AiSpendHigh",
        expression: `sum(increase(${cost}[1d])) > ${aiSpendPerDay}`,
        for: "15m",
        summary: `${record.name} has spent {{ $value | printf "%.0f" }} USD on language models within a day, more than ${aiSpendPerDay}`,
      },
      {
        ...owned,
        name: "AiSpendJump",
        // An hour that costs less than a 48th of a day's allowance is no jump, whatever yesterday was.
        expression: `sum(increase(${cost}[1h])) > 4 * sum(increase(${cost}[1h] offset 1d)) and sum(increase(${cost}[1h])) > ${Math.ceil(aiSpendPerDay / 48)}`,
        for: "15m",
        summary: `${record.name} spends {{ $value | printf "%.0f" }} USD an hour on language models, more than four times as much as yesterday at this time`,
      },
    ];
  });
}
