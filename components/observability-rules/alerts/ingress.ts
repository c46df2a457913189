import { cloudWatch } from "../cloudwatch";
import type { RuleGroup } from "../rule";
import { platformTeam } from "./context";

const alb = "AWS/ApplicationELB";
const targets = "dimension_TargetGroup";

/** What people meet first: names, certificates, firewall and load balancer. */
export const ingressAlerts: RuleGroup = {
  name: "ingress",
  rules: [
    {
      name: "ProbeFailed",
      expression: 'max by (instance) (probe_success{job="public-endpoints"}) == 0',
      for: "3m",
      severity: "critical",
      team: platformTeam,
      summary: "{{ $labels.instance }} does not answer as it should",
      runbook: "ingress",
    },
    {
      name: "ProbeSlow",
      expression:
        'max by (instance) (avg_over_time(probe_duration_seconds{job="public-endpoints"}[5m])) > 2',
      for: "10m",
      severity: "warning",
      team: platformTeam,
      summary: "{{ $labels.instance }} takes {{ $value | humanizeDuration }} to answer",
      runbook: "ingress",
    },
    {
      name: "EndpointCertificateExpires",
      expression:
        'min by (instance) (probe_ssl_earliest_cert_expiry{job="public-endpoints"}) - time() < 14 * 86400',
      for: "1h",
      severity: "critical",
      team: platformTeam,
      summary:
        "The certificate that {{ $labels.instance }} shows ends within {{ $value | humanizeDuration }}",
      runbook: "certificate",
    },
    {
      name: "CertificateNotRenewed",
      expression: `min by (name) (${cloudWatch("AWS/CertificateManager", "DaysToExpiry")}) < 30`,
      for: "1h",
      severity: "warning",
      team: platformTeam,
      summary:
        "AWS has not renewed {{ $labels.name }}, which ends in {{ $value }} days: its records are gone from the zone",
      runbook: "certificate",
    },
    {
      name: "LoadBalancerWithoutTargets",
      expression: `max by (${targets}) (${cloudWatch(alb, "HealthyHostCount")}) == 0`,
      for: "5m",
      severity: "critical",
      team: platformTeam,
      summary: "No pod behind {{ $labels.dimension_TargetGroup }} passes the load balancer's check",
      runbook: "ingress",
    },
    {
      name: "LoadBalancerUnhealthyTargets",
      expression: `max by (${targets}) (${cloudWatch(alb, "UnHealthyHostCount")}) > 0`,
      for: "20m",
      severity: "warning",
      team: platformTeam,
      summary:
        "{{ $value }} pod(s) behind {{ $labels.dimension_TargetGroup }} have failed the load balancer's check for twenty minutes",
      runbook: "ingress",
    },
    {
      name: "LoadBalancerServerErrors",
      // Also what a service never counted, since it never saw it: errors of the load balancer and of handlers that broke.
      expression: `((sum(${cloudWatch(alb, "HTTPCode_ELB_5XX_Count")}) or vector(0)) + (sum(${cloudWatch(alb, "HTTPCode_Target_5XX_Count")}) or vector(0))) / (sum(${cloudWatch(alb, "RequestCount")}) > 100) > 0.05`,
      for: "5m",
      severity: "critical",
      team: platformTeam,
      summary:
        "{{ $value | humanizePercentage }} of what comes in through the load balancer ends in an error",
      runbook: "ingress",
    },
    {
      name: "LoadBalancerSlow",
      expression: `max by (${targets}) (${cloudWatch(alb, "TargetResponseTime")}) > 1`,
      for: "15m",
      severity: "warning",
      team: platformTeam,
      summary:
        "Pods behind {{ $labels.dimension_TargetGroup }} take {{ $value | humanizeDuration }} on average",
      runbook: "latency",
    },
    {
      name: "WafBlockSpike",
      expression: `sum(${cloudWatch("AWS/WAFV2", "BlockedRequests")}) > 5 * sum(avg_over_time(${cloudWatch("AWS/WAFV2", "BlockedRequests")}[1d])) and sum(${cloudWatch("AWS/WAFV2", "BlockedRequests")}) > 1000`,
      for: "10m",
      severity: "warning",
      team: platformTeam,
      summary:
        "The firewall refuses {{ $value }} requests in five minutes, more than five times as many as usual: an attack, or a rule that hits users",
      runbook: "firewall",
    },
    {
      name: "NatPortsExhausted",
      expression: `sum by (dimension_NatGatewayId) (${cloudWatch("AWS/NATGateway", "ErrorPortAllocation")}) > 0`,
      for: "5m",
      severity: "critical",
      team: platformTeam,
      summary:
        "{{ $labels.dimension_NatGatewayId }} has no port left: new connections to the internet fail",
      runbook: "egress",
    },
    {
      name: "LoadBalancerNotUpdated",
      expression:
        'sum by (controller) (rate(controller_runtime_reconcile_errors_total{namespace="kube-system",container="aws-load-balancer-controller"}[10m])) > 0',
      for: "15m",
      severity: "warning",
      team: platformTeam,
      summary:
        "The load balancer's controller fails ({{ $labels.controller }}): new pods may get no traffic",
      runbook: "ingress",
    },
  ],
};
