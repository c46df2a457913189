import type { RuleGroup } from "../rule";
import { platformTeam } from "./context";

/** What EKS lets be seen of the API server, and the cluster's DNS. */
export const controlPlaneAlerts: RuleGroup = {
  name: "control-plane",
  rules: [
    {
      name: "EtcdSizeNearLimit",
      expression: "max(apiserver_storage_size_bytes) > 6e9",
      for: "15m",
      severity: "critical",
      team: platformTeam,
      summary:
        "The cluster's database holds {{ $value | humanize1024 }}B; at 8 GiB it takes no change any more",
      runbook: "control-plane",
    },
    {
      name: "ApiRequestsRejected",
      expression:
        "sum by (priority_level, reason) (rate(apiserver_flowcontrol_rejected_requests_total[5m])) > 0",
      for: "10m",
      severity: "warning",
      team: platformTeam,
      summary:
        "The API server turns requests of {{ $labels.priority_level }} away ({{ $labels.reason }})",
      runbook: "control-plane",
    },
    {
      name: "AdmissionWebhookFailing",
      expression:
        'sum by (name) (rate(apiserver_admission_webhook_rejection_count{error_type!="no_error"}[5m])) > 0',
      for: "5m",
      severity: "critical",
      team: platformTeam,
      summary: "Webhook {{ $labels.name }} does not answer: objects that it has to see are refused",
      runbook: "control-plane",
    },
    {
      name: "DnsFailing",
      expression:
        'sum(rate(coredns_dns_responses_total{rcode="SERVFAIL"}[5m])) / sum(rate(coredns_dns_responses_total[5m])) > 0.01',
      for: "5m",
      severity: "critical",
      team: platformTeam,
      summary:
        "{{ $value | humanizePercentage }} of the names that pods ask for cannot be resolved",
      runbook: "dns",
    },
    {
      name: "DnsSlow",
      expression:
        "histogram_quantile(0.99, sum by (le) (rate(coredns_dns_request_duration_seconds_bucket[5m]))) > 0.5",
      for: "10m",
      severity: "warning",
      team: platformTeam,
      summary: "One name in a hundred takes {{ $value | humanizeDuration }} or longer to resolve",
      runbook: "dns",
    },
  ],
};
