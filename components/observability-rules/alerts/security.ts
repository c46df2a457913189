import { secretAlerts } from "../../secrets-sync";
import type { AlertRule, RuleGroup } from "../rule";
import { platformTeam } from "./context";

/** Secrets on their way to services: those that SecretsSync declares itself, and what stands before them. */
export const secretsAlerts: RuleGroup = {
  name: "secrets",
  rules: [
    ...secretAlerts.map(({ name, expression, for: hold, severity, summary }): AlertRule => ({
      ...{ name, expression, for: hold, severity, summary },
      team: platformTeam,
      runbook: "secrets",
    })),
    {
      name: "SecretStoreNotReady",
      expression:
        'sum by (exported_namespace, name) (secretstore_status_condition{condition="Ready",status="False"}) > 0',
      for: "5m",
      severity: "critical",
      team: platformTeam,
      summary:
        "{{ $labels.exported_namespace }}/{{ $labels.name }} cannot sign in at Secrets Manager: none of its service's secrets is refreshed",
      runbook: "secrets",
    },
    {
      name: "SecretProviderErrors",
      expression:
        'sum by (provider, call) (rate(externalsecret_provider_api_calls_count{status="error"}[10m])) > 0.1',
      for: "10m",
      severity: "warning",
      team: platformTeam,
      summary:
        "{{ $labels.provider }} refuses {{ $labels.call }} again and again: throttled, or without the right",
      runbook: "secrets",
    },
  ],
};

/** What the vulnerability scanner found in what runs. */
export const securityAlerts: RuleGroup = {
  name: "security",
  rules: [
    {
      name: "CriticalVulnerability",
      expression:
        'sum by (image_repository, image_tag) (trivy_image_vulnerabilities{severity="Critical"}) > 0',
      for: "1d",
      severity: "warning",
      team: platformTeam,
      summary:
        "{{ $labels.image_repository }}:{{ $labels.image_tag }} runs with {{ $value }} critical vulnerabilities since a day",
      runbook: "vulnerabilities",
    },
    {
      name: "SecretInImage",
      expression:
        'sum by (image_repository, image_tag) (trivy_image_exposedsecrets{severity=~"Critical|High"}) > 0',
      for: "10m",
      severity: "critical",
      team: platformTeam,
      summary:
        "{{ $labels.image_repository }}:{{ $labels.image_tag }} carries a secret: whoever can pull the image has it",
      runbook: "vulnerabilities",
    },
    {
      name: "ScannerSilent",
      expression: "absent(trivy_image_vulnerabilities)",
      for: "6h",
      severity: "warning",
      team: platformTeam,
      summary: "The vulnerability scanner has reported nothing for six hours",
      runbook: "vulnerabilities",
    },
  ],
};
