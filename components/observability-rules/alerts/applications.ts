import type { ExposedMetric, ServiceRecord } from "../../shared/service-record";
import type { AlertRule, RuleGroup } from "../rule";
import { serviceSelector } from "../slo/objective";
import type { AlertContext } from "./context";

/** What the services count of their own work; each rule exists where a service exposes what it needs. */
export function applicationAlerts({ records }: AlertContext): RuleGroup {
  return {
    name: "applications",
    rules: records.flatMap((record) =>
      rules.filter(({ needs }) => exposes(record, needs)).map(({ make }) => make(record)),
    ),
  };
}

interface ApplicationRule {
  readonly needs: Pick<ExposedMetric, "name" | "kind">;
  readonly make: (record: ServiceRecord) => AlertRule;
}

function exposes(record: ServiceRecord, { name, kind }: ApplicationRule["needs"]): boolean {
  return record.exposes?.some((metric) => metric.name === name && metric.kind === kind) ?? false;
}

function owned(record: ServiceRecord) {
  return { team: record.team, labels: { namespace: record.product, service: record.name } };
}

/** Share of a counter's bad events over ten minutes, where there are enough of them. */
function badShare(selected: { metric: string; of: string; bad: string; by?: string }): string {
  const { metric, of, bad, by } = selected;
  const sum = by === undefined ? "sum" : `sum by (${by})`;
  const total = `${sum} (rate(${metric}{${of}}[10m]))`;
  return `${sum} (rate(${metric}{${of},${bad}}[10m])) / (${total} > 0.05)`;
}

const rules: readonly ApplicationRule[] = [
  {
    needs: { name: "workflow_executions_total", kind: "counter" },
    make: (record) => ({
      ...owned(record),
      name: "WorkflowFailuresHigh",
      expression: `${badShare({ metric: "workflow_executions_total", of: serviceSelector(record), bad: 'status=~"failed|error"' })} > 0.1`,
      for: "15m",
      severity: "warning",
      summary: "{{ $value | humanizePercentage }} of the workflows fail",
      runbook: "workflows",
    }),
  },
  {
    needs: { name: "ai_requests_total", kind: "counter" },
    make: (record) => ({
      ...owned(record),
      name: "AiProviderFailing",
      expression: `${badShare({ metric: "ai_requests_total", of: serviceSelector(record), bad: 'status="failed"', by: "provider" })} > 0.1`,
      for: "10m",
      severity: "warning",
      summary: `{{ $value | humanizePercentage }} of the questions of ${record.name} to {{ $labels.provider }} fail`,
      runbook: "ai-provider",
    }),
  },
  {
    needs: { name: "http_requests_in_flight", kind: "gauge" },
    make: (record) => pileUp(record, "http_requests_in_flight"),
  },
  {
    needs: { name: "neuroweaver_active_requests", kind: "gauge" },
    make: (record) => pileUp(record, "neuroweaver_active_requests"),
  },
  {
    needs: { name: "neuroweaver_inference_requests_total", kind: "counter" },
    make: (record) => ({
      ...owned(record),
      name: "InferenceFailing",
      expression: `${badShare({ metric: "neuroweaver_inference_requests_total", of: serviceSelector(record), bad: 'status="error"', by: "model_id" })} > 0.05`,
      for: "10m",
      severity: "warning",
      summary:
        "{{ $value | humanizePercentage }} of the answers of model {{ $labels.model_id }} are errors",
      runbook: "inference",
    }),
  },
  {
    needs: { name: "neuroweaver_inference_duration_seconds", kind: "histogram" },
    make: (record) => ({
      ...owned(record),
      name: "InferenceSlow",
      expression: `histogram_quantile(0.95, sum by (le, model_id) (rate(neuroweaver_inference_duration_seconds_bucket{${serviceSelector(record)}}[10m]))) > 5`,
      for: "10m",
      severity: "warning",
      summary:
        "95 % of the answers of model {{ $labels.model_id }} take up to {{ $value | humanizeDuration }}",
      runbook: "inference",
    }),
  },
  {
    needs: { name: "neuroweaver_training_jobs_active", kind: "gauge" },
    make: (record) => ({
      ...owned(record),
      name: "TrainingJobStuck",
      expression: `max(neuroweaver_training_jobs_active{${serviceSelector(record)}}) > 0 and sum(changes(neuroweaver_training_jobs_active{${serviceSelector(record)}}[1d])) == 0`,
      for: "1h",
      severity: "warning",
      summary:
        "{{ $value }} training job(s) have neither begun nor ended for a day, and cost a large node",
      runbook: "training",
    }),
  },
  {
    needs: { name: "neuroweaver_models_total", kind: "gauge" },
    make: (record) => ({
      ...owned(record),
      name: "ModelsMissing",
      expression: `max(neuroweaver_models_total{${serviceSelector(record)}}) == 0 and max(max_over_time(neuroweaver_models_total{${serviceSelector(record)}}[1d])) > 0`,
      for: "10m",
      severity: "warning",
      summary: `${record.name} knows no model any more, and knew some within the last day`,
      runbook: "inference",
    }),
  },
];

function pileUp(record: ServiceRecord, metric: string): AlertRule {
  return {
    ...owned(record),
    name: "RequestsPileUp",
    expression: `max(${metric}{${serviceSelector(record)}}) > 100`,
    for: "10m",
    severity: "warning",
    summary: `A pod of ${record.name} has been busy with {{ $value }} requests at a time for ten minutes: something that it calls is slow`,
    runbook: "latency",
  };
}
