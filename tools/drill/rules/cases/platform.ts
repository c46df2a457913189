import { type AlertCase, counter, steady, values } from "../case";

const alb = 'name="arn:lb",dimension_LoadBalancer="app/auterity-prod/1"';
const group = 'dimension_TargetGroup="targetgroup/api/1"';
const target = { dimension_TargetGroup: "targetgroup/api/1" };
const probe = 'job="public-endpoints",instance="https://api.platform.example/health"';
const probed = { instance: "https://api.platform.example/health" };

/** The control plane, and the way in. */
export const platformCases: readonly AlertCase[] = [
  {
    alert: "EtcdSizeNearLimit",
    series: { 'apiserver_storage_size_bytes{storage_cluster_id="etcd-0"}': steady(6.5e9) },
    silentAt: "14m",
    firesAt: "15m",
    told: ["critical", "platform"],
    labels: {},
    summary: "The cluster's database holds 6.054GiB; at 8 GiB it takes no change any more",
  },
  {
    alert: "ApiRequestsRejected",
    series: {
      'apiserver_flowcontrol_rejected_requests_total{priority_level="global-default",reason="queue-full",flow_schema="a"}':
        counter([10, 0], [60, 6]),
    },
    silentAt: "20m",
    firesAt: "21m",
    told: ["warning", "platform"],
    labels: { priority_level: "global-default", reason: "queue-full" },
    summary: "The API server turns requests of global-default away (queue-full)",
  },
  {
    alert: "AdmissionWebhookFailing",
    series: {
      'apiserver_admission_webhook_rejection_count{name="vingress.elbv2.k8s.aws",error_type="calling_webhook_error",rejection_code="0"}':
        counter([10, 0], [60, 1]),
      'apiserver_admission_webhook_rejection_count{name="validate.externalsecret.external-secrets.io",error_type="no_error",rejection_code="400"}':
        counter([70, 1]),
    },
    silentAt: "15m",
    firesAt: "16m",
    told: ["critical", "platform"],
    labels: { name: "vingress.elbv2.k8s.aws" },
    summary:
      "Webhook vingress.elbv2.k8s.aws does not answer: objects that it has to see are refused",
  },
  {
    alert: "DnsFailing",
    series: {
      'coredns_dns_responses_total{rcode="NOERROR",zone="."}': counter([100, 900]),
      'coredns_dns_responses_total{rcode="SERVFAIL",zone="."}': counter([100, 100]),
    },
    silentAt: "5m",
    firesAt: "6m",
    told: ["critical", "platform"],
    labels: {},
    summary: "10% of the names that pods ask for cannot be resolved",
  },
  {
    alert: "DnsSlow",
    series: {
      'coredns_dns_request_duration_seconds_bucket{zone=".",le="0.512"}': counter([100, 90]),
      'coredns_dns_request_duration_seconds_bucket{zone=".",le="1.024"}': counter([100, 100]),
      'coredns_dns_request_duration_seconds_bucket{zone=".",le="+Inf"}': counter([100, 100]),
    },
    silentAt: "10m",
    firesAt: "11m",
    told: ["warning", "platform"],
    labels: {},
    summary: "One name in a hundred takes 972.8ms or longer to resolve",
  },
  {
    alert: "ProbeFailed",
    series: { [`probe_success{${probe}}`]: values([10, 1], [60, 0]) },
    silentAt: "12m",
    firesAt: "13m",
    told: ["critical", "platform"],
    labels: probed,
    summary: "https://api.platform.example/health does not answer as it should",
  },
  {
    alert: "ProbeSlow",
    series: { [`probe_duration_seconds{${probe}}`]: steady(3) },
    silentAt: "9m",
    firesAt: "10m",
    told: ["warning", "platform"],
    labels: probed,
    summary: "https://api.platform.example/health takes 3s to answer",
  },
  {
    alert: "EndpointCertificateExpires",
    series: { [`probe_ssl_earliest_cert_expiry{${probe}}`]: steady(10 * 86_400) },
    silentAt: "59m",
    firesAt: "1h",
    told: ["critical", "platform"],
    labels: probed,
    summary:
      "The certificate that https://api.platform.example/health shows ends within 9d 23h 0m 0s",
  },
  {
    alert: "CertificateNotRenewed",
    series: { 'aws_certificatemanager_days_to_expiry_minimum{name="arn:cert"}': steady(21) },
    silentAt: "59m",
    firesAt: "1h",
    told: ["warning", "platform"],
    labels: { name: "arn:cert" },
    summary:
      "AWS has not renewed arn:cert, which ends in 21 days: its records are gone from the zone",
  },
  {
    alert: "LoadBalancerWithoutTargets",
    series: {
      [`aws_applicationelb_healthy_host_count_minimum{${alb},${group}}`]: values([10, 3], [60, 0]),
    },
    silentAt: "14m",
    firesAt: "15m",
    told: ["critical", "platform"],
    labels: target,
    summary: "No pod behind targetgroup/api/1 passes the load balancer's check",
  },
  {
    alert: "LoadBalancerUnhealthyTargets",
    series: {
      [`aws_applicationelb_un_healthy_host_count_maximum{${alb},${group}}`]: steady(1),
    },
    silentAt: "19m",
    firesAt: "20m",
    told: ["warning", "platform"],
    labels: target,
    summary:
      "1 pod(s) behind targetgroup/api/1 have failed the load balancer's check for twenty minutes",
  },
  {
    alert: "LoadBalancerServerErrors",
    series: {
      [`aws_applicationelb_request_count_sum{${alb}}`]: steady(1000),
      [`aws_applicationelb_httpcode_target_5_xx_count_sum{${alb}}`]: values([10, 10], [60, 100]),
    },
    silentAt: "14m",
    firesAt: "15m",
    told: ["critical", "platform"],
    labels: {},
    summary: "10% of what comes in through the load balancer ends in an error",
  },
  {
    alert: "LoadBalancerSlow",
    series: { [`aws_applicationelb_target_response_time_average{${alb},${group}}`]: steady(1.5) },
    silentAt: "14m",
    firesAt: "15m",
    told: ["warning", "platform"],
    labels: target,
    summary: "Pods behind targetgroup/api/1 take 1.5s on average",
  },
  {
    alert: "WafBlockSpike",
    series: { 'aws_wafv2_blocked_requests_sum{name="acl"}': values([600, 300], [100, 5000]) },
    silentAt: "10h9m",
    firesAt: "10h10m",
    told: ["warning", "platform"],
    labels: {},
    summary:
      "The firewall refuses 5000 requests in five minutes, more than five times as many as usual: an attack, or a rule that hits users",
  },
  {
    alert: "NatPortsExhausted",
    series: {
      'aws_natgateway_error_port_allocation_sum{dimension_NatGatewayId="nat-1"}': values(
        [10, 0],
        [60, 4],
      ),
    },
    silentAt: "14m",
    firesAt: "15m",
    told: ["critical", "platform"],
    labels: { dimension_NatGatewayId: "nat-1" },
    summary: "nat-1 has no port left: new connections to the internet fail",
  },
  {
    alert: "NatTrafficHigh",
    series: {
      // 5 GiB a day, then 54: both ways together pass the limit of the day behind them, neither does alone.
      'aws_natgateway_bytes_out_to_destination_sum{dimension_NatGatewayId="nat-1"}': values(
        [1500, 1e7],
        [1500, 1e8],
      ),
      'aws_natgateway_bytes_in_from_destination_sum{dimension_NatGatewayId="nat-1"}': values(
        [1500, 1e7],
        [1500, 1e8],
      ),
    },
    silentAt: "40h13m",
    firesAt: "40h14m",
    told: ["warning", "platform"],
    labels: {},
    summary:
      "36 GiB pass the NAT gateways a day, more than 34: each costs, and an endpoint may carry them for less",
  },
  {
    alert: "LoadBalancerNotUpdated",
    series: {
      'controller_runtime_reconcile_errors_total{namespace="kube-system",container="aws-load-balancer-controller",controller="ingress"}':
        counter([10, 0], [60, 1]),
      'controller_runtime_reconcile_errors_total{namespace="keda",container="keda-operator",controller="scaledobject"}':
        counter([70, 1]),
    },
    silentAt: "25m",
    firesAt: "26m",
    told: ["warning", "platform"],
    labels: { controller: "ingress" },
    summary: "The load balancer's controller fails (ingress): new pods may get no traffic",
  },
];
