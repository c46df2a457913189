import type { AlertRule, RuleGroup } from "../rule";
import { type AlertContext, nodeZones, platformTeam, whileNodesAreKnown } from "./context";

const ready = 'kube_node_status_condition{condition="Ready",status="true"}';

/** Nodes and zones. A lost zone silences what is said of its nodes and pods, by the label `zone`. */
export function nodeAlerts({ zones, rests }: AlertContext): RuleGroup {
  return {
    name: "nodes",
    rules: [
      ...zones.map((zone) => ({
        name: "ZoneLost",
        expression: `(sum(${ready} * on (node) group_left () (kube_node_info{provider_id=~"aws:///${zone}/.*"} > 0)) or vector(0)) == 0 ${whileNodesAreKnown}`,
        for: "2m",
        severity: "critical" as const,
        team: platformTeam,
        labels: { zone },
        summary: `No node of zone ${zone} is ready: services run on what the other zones have`,
        runbook: "zone-loss",
      })),
      {
        name: "NodesUnavailable",
        expression: `1 - sum(${ready}) / count(kube_node_info) > 0.2`,
        for: "5m",
        severity: "critical",
        team: platformTeam,
        summary: "{{ $value | humanizePercentage }} of the nodes are not ready",
        runbook: "node-loss",
      },
      {
        name: "NodeNotReady",
        expression: `(${ready} == 0) * on (node) group_left (zone) (${nodeZones}) == 0`,
        for: "10m",
        severity: "warning",
        team: platformTeam,
        summary: "Node {{ $labels.node }} in {{ $labels.zone }} has not been ready for ten minutes",
        runbook: "node-loss",
      },
      {
        name: "NodeCordonedLong",
        expression: `(kube_node_spec_unschedulable == 1) * on (node) group_left (zone) (${nodeZones})`,
        for: "6h",
        severity: "warning",
        team: platformTeam,
        summary:
          "Node {{ $labels.node }} has taken no new pods for six hours and is still paid for",
        runbook: "node-loss",
      },
      // Where nodes come and go with the pods of the day, there are too few to be even.
      ...(rests ? [] : [zoneImbalance]),
    ],
  };
}

const zoneImbalance: AlertRule = {
  name: "ZoneImbalance",
  expression: `max(count by (zone) (${nodeZones})) / min(count by (zone) (${nodeZones})) > 2`,
  for: "30m",
  severity: "warning",
  team: platformTeam,
  summary:
    "One zone has {{ $value | humanize }} times as many nodes as another: its loss would cost more than a third",
  runbook: "zone-loss",
};
