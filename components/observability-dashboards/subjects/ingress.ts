import { canaryRunRecord, cloudWatch } from "../../observability-rules";
import { layOut, type Rows } from "../layout";
import { graph, stat, table } from "../panels";
import type { PlannedDashboard } from "../planned";
import { noneWanted, ofEnvironment, orZero, type Subject } from "./subject";

const alb = "AWS/ApplicationELB";
/** CloudWatch has each count by load balancer, and again by group and by zone: only one of them is the sum. */
const whole = '{dimension_TargetGroup="",dimension_AvailabilityZone=""}';
const byGroup = '{dimension_TargetGroup!="",dimension_AvailabilityZone=""}';
const probes = '{job="public-endpoints"}';

/** What people meet first: names, certificates, firewall and load balancer. */
export function ingressDashboard(subject: Subject): PlannedDashboard {
  return layOut({
    uid: "ingress",
    title: "Ingress and firewall",
    about: "What comes in from the internet, what is refused, and whether the public pages answer.",
    folder: "Platform",
    tags: ["ingress"],
    from: "now-24h",
    rows: [pages, ...(subject.canaries ? [canaries] : []), balancer, firewall(subject), egress],
  });
}

const pages: Rows = {
  title: "Public pages",
  panels: [
    stat({
      title: "Pages that do not answer",
      width: 6,
      limits: noneWanted,
      queries: [{ expr: orZero(`count(max by (instance) (probe_success${probes}) == 0)`) }],
    }),
    stat({
      title: "Days until the first certificate ends",
      width: 6,
      limits: { colors: ["red", "orange", "green"], at: [14, 30] },
      queries: [{ expr: `(min(probe_ssl_earliest_cert_expiry${probes}) - time()) / 86400` }],
    }),
    stat({
      title: "Days until AWS would have had to renew",
      width: 6,
      limits: { colors: ["red", "green"], at: [30] },
      queries: [{ expr: `min(${cloudWatch("AWS/CertificateManager", "DaysToExpiry")})` }],
    }),
    stat({
      title: "Errors of the load balancer's controller",
      about: "While it fails, new pods may get no traffic.",
      width: 6,
      limits: noneWanted,
      queries: [
        {
          expr: orZero(
            'sum(increase(controller_runtime_reconcile_errors_total{namespace="kube-system",container="aws-load-balancer-controller"}[15m]))',
          ),
        },
      ],
    }),
    graph({
      title: "Answers of the public pages",
      unit: "percentunit",
      max: 1,
      width: 12,
      queries: [{ expr: `avg by (instance) (probe_success${probes})`, legend: "{{instance}}" }],
    }),
    graph({
      title: "How long they take",
      unit: "s",
      width: 12,
      queries: [
        { expr: `max by (instance) (probe_duration_seconds${probes})`, legend: "{{instance}}" },
      ],
    }),
  ],
};

const byCanary = "by (dimension_CanaryName)";

const canaries: Rows = {
  title: "From outside",
  panels: [
    graph({
      title: "Canaries: share of the runs that held",
      about: "They do what people do, from outside of the cluster.",
      unit: "percentunit",
      max: 1,
      width: 12,
      queries: [
        {
          expr: `min ${byCanary} (${canaryRunRecord})`,
          legend: "{{dimension_CanaryName}}",
        },
      ],
    }),
    graph({
      title: "Canaries: how long they take",
      unit: "ms",
      width: 12,
      queries: [
        {
          expr: `max ${byCanary} (${cloudWatch("CloudWatchSynthetics", "Duration")})`,
          legend: "{{dimension_CanaryName}}",
        },
      ],
    }),
  ],
};

const balancer: Rows = {
  title: "Load balancer",
  panels: [
    graph({
      title: "Requests in five minutes",
      unit: "short",
      width: 8,
      queries: [{ expr: `sum(${cloudWatch(alb, "RequestCount")}${whole})`, legend: "requests" }],
    }),
    graph({
      title: "Errors in five minutes",
      about: "Of the pods, and of the load balancer itself when it reaches none.",
      unit: "short",
      width: 8,
      queries: [
        { expr: `sum(${cloudWatch(alb, "HTTPCode_Target_5XX_Count")}${whole})`, legend: "pods" },
        {
          expr: `sum(${cloudWatch(alb, "HTTPCode_ELB_5XX_Count")}${whole})`,
          legend: "load balancer",
        },
      ],
    }),
    graph({
      title: "Time of the pods, on average",
      unit: "s",
      width: 8,
      queries: [
        {
          expr: `max by (dimension_TargetGroup) (${cloudWatch(alb, "TargetResponseTime")}${byGroup})`,
          legend: "{{dimension_TargetGroup}}",
        },
      ],
    }),
    table({
      title: "Pods behind it that pass its check, and that do not",
      width: 24,
      queries: [
        {
          expr: `max by (dimension_TargetGroup) (${cloudWatch(alb, "HealthyHostCount")}${byGroup})`,
          legend: "pass",
        },
        {
          expr: `max by (dimension_TargetGroup) (${cloudWatch(alb, "UnHealthyHostCount")}${byGroup})`,
          legend: "fail",
        },
      ],
    }),
  ],
};

function firewall(subject: Subject): Rows {
  const waf = "AWS/WAFV2";
  const probe = ofEnvironment(subject);
  return {
    title: "Firewall",
    panels: [
      graph({
        title: "Refused and let through, in five minutes",
        unit: "short",
        width: 8,
        queries: [
          {
            expr: `sum(${cloudWatch(waf, "BlockedRequests")}{dimension_Rule="ALL"})`,
            legend: "refused",
          },
          {
            expr: `sum(${cloudWatch(waf, "AllowedRequests")}{dimension_Rule="ALL"})`,
            legend: "let through",
          },
        ],
      }),
      graph({
        title: "Refused, by rule",
        unit: "short",
        width: 8,
        queries: [
          {
            expr: `sum by (dimension_Rule) (${cloudWatch(waf, "BlockedRequests")}{dimension_Rule!="ALL"})`,
            legend: "{{dimension_Rule}}",
          },
        ],
      }),
      table({
        title: "Attacks that the platform tries on itself, in the last run of the worst day",
        about: "By host: refused as they should be, and let through.",
        width: 8,
        queries: [
          {
            expr: `min by (dimension_Host) (${cloudWatch("Auterity/EdgeProbe", "ProbesRefused")}${probe})`,
            legend: "refused",
          },
          {
            expr: `max by (dimension_Host) (${cloudWatch("Auterity/EdgeProbe", "ProbesPassed")}${probe})`,
            legend: "let through",
          },
        ],
      }),
    ],
  };
}

const egress: Rows = {
  title: "On the way out",
  panels: [
    graph({
      title: "Bytes to the internet in five minutes, by NAT gateway",
      unit: "bytes",
      width: 12,
      queries: [
        {
          expr: `sum by (dimension_NatGatewayId) (${cloudWatch("AWS/NATGateway", "BytesOutToDestination")})`,
          legend: "{{dimension_NatGatewayId}}",
        },
      ],
    }),
    graph({
      title: "Connections that found no port, and packets dropped",
      unit: "short",
      width: 12,
      queries: [
        {
          expr: `sum by (dimension_NatGatewayId) (${cloudWatch("AWS/NATGateway", "ErrorPortAllocation")})`,
          legend: "no port {{dimension_NatGatewayId}}",
        },
        {
          expr: `sum by (dimension_NatGatewayId) (${cloudWatch("AWS/NATGateway", "PacketsDropCount")})`,
          legend: "dropped {{dimension_NatGatewayId}}",
        },
      ],
    }),
  ],
};
