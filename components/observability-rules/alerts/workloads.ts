import type { AlertRule, RuleGroup } from "../rule";
import { type AlertContext, nodeZones, platformTeam } from "./context";

/** What happens to pods and releases, in the namespaces of the products. */
export function workloadAlerts({ records }: AlertContext): RuleGroup {
  const ours = `namespace=~"${[...new Set(records.map(({ product }) => product))].join("|")}"`;
  const pod = "namespace, pod, container";
  return {
    name: "workloads",
    rules: [
      {
        name: "ContainerRestarting",
        expression: `${withZone(`sum by (${pod}) (increase(kube_pod_container_status_restarts_total{${ours}}[15m]))`)} > 3`,
        for: "5m",
        severity: "warning",
        team: platformTeam,
        summary:
          "Container {{ $labels.container }} of {{ $labels.pod }} keeps restarting: {{ $value | humanize }} times within a quarter of an hour",
        runbook: "restarts",
      },
      {
        name: "ContainerOutOfMemory",
        expression:
          `sum by (${pod}) (increase(kube_pod_container_status_restarts_total{${ours}}[10m])) > 0` +
          ` and on (${pod}) kube_pod_container_status_last_terminated_reason{reason="OOMKilled"} == 1`,
        severity: "warning",
        team: platformTeam,
        summary:
          "Container {{ $labels.container }} of {{ $labels.pod }} was ended because it took more memory than its limit",
        immediate: "it has happened, and the next time may be under load",
        runbook: "out-of-memory",
      },
      {
        name: "ContainerCannotStart",
        expression: `${withZone(`sum by (${pod}, reason) (kube_pod_container_status_waiting_reason{${ours},reason=~"ImagePullBackOff|ErrImagePull|InvalidImageName|CreateContainerConfigError|CreateContainerError"})`)} > 0`,
        for: "10m",
        severity: "warning",
        team: platformTeam,
        summary:
          "Container {{ $labels.container }} of {{ $labels.pod }} does not start: {{ $labels.reason }}",
        runbook: "restarts",
      },
      {
        name: "PodNotReady",
        expression: `${withZone(`sum by (namespace, pod) (kube_pod_status_ready{${ours},condition="false"} * on (namespace, pod) group_left () (kube_pod_status_phase{phase="Running"} == 1))`)} > 0`,
        for: "15m",
        severity: "warning",
        team: platformTeam,
        summary: "Pod {{ $labels.pod }} runs and has not been ready for a quarter of an hour",
        runbook: "restarts",
      },
      ...releaseAlerts(ours),
      ...scalingAlerts(ours),
    ],
  };
}

function releaseAlerts(ours: string): AlertRule[] {
  return [
    {
      name: "ReleaseStuck",
      expression: `kube_deployment_status_condition{${ours},condition="Progressing",status="false"} == 1`,
      for: "5m",
      severity: "warning",
      team: platformTeam,
      summary:
        "The release of {{ $labels.deployment }} does not go on: its new pods do not become ready",
      runbook: "release",
    },
    {
      name: "ReleaseTakenBack",
      expression: 'max by (name) (rollout_info{phase="Degraded"}) == 1',
      for: "5m",
      severity: "warning",
      team: platformTeam,
      summary:
        "The new version of {{ $labels.name }} was taken back or cannot start: the old one serves",
      runbook: "release",
    },
    {
      name: "ReleasePausedLong",
      expression: 'max by (name) (rollout_info{phase="Paused"}) == 1',
      for: "2h",
      severity: "warning",
      team: platformTeam,
      summary:
        "The release of {{ $labels.name }} waits for a person since two hours, with twice its pods",
      runbook: "release",
    },
  ];
}

function scalingAlerts(ours: string): AlertRule[] {
  const by = "on (namespace, horizontalpodautoscaler)";
  return [
    {
      name: "ScalerFailing",
      expression: "sum by (scaledObject) (rate(keda_scaler_detail_errors_total[5m])) > 0",
      for: "10m",
      severity: "warning",
      team: platformTeam,
      summary:
        "{{ $labels.scaledObject }} is no longer scaled by one of its signals: its source does not answer",
      runbook: "scaling",
    },
    {
      name: "ScaledToMaximum",
      expression: `kube_horizontalpodautoscaler_status_current_replicas{${ours}} >= ${by} kube_horizontalpodautoscaler_spec_max_replicas{${ours}}`,
      for: "30m",
      severity: "warning",
      team: platformTeam,
      summary:
        "{{ $labels.horizontalpodautoscaler }} has been at its {{ $value }} pods, the most allowed, for half an hour",
      runbook: "scaling",
    },
  ];
}

/** The zone of a pod's node, by which a lost zone silences it. */
function withZone(byPod: string): string {
  return `(${byPod}) * on (namespace, pod) group_left (zone) max by (namespace, pod, zone) (kube_pod_info * on (node) group_left (zone) ${nodeZones})`;
}
