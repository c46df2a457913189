import { cloudWatchMetrics, exporterName } from "./cloudwatch";

/** What a scrape labels whatever it reads with, and what the platform's monitors add for services. */
export const targetLabels = [
  ...["namespace", "pod", "container", "job", "service", "instance", "team", "tier"],
] as const;

/** Of a metric of a histogram's buckets. */
export const bucketLabel = "le";

const ofSecret = ["exported_namespace", "name"];
const ofContainer = ["node", "image"];
const ofResource = ["node", "resource", "unit"];
const ofCondition = ["condition", "status"];
const ofAlert = ["alertname", "severity", "slo", "slo_service", "zone"];
const ofPricedNode = ["node", "instance_type", "region"];
const ofImage = ["image_repository", "image_tag", "severity", "exported_namespace"];

/** Labels of its own that an exporter's metric has, as far as anything of ours asks for them. */
const ofExporters: Readonly<Record<string, readonly string[]>> = {
  ALERTS: [...ofAlert, "alertstate"],
  ALERTS_FOR_STATE: ofAlert,
  prometheus_rule_evaluation_failures_total: ["rule_group"],
  alertmanager_notifications_total: ["integration"],
  alertmanager_notifications_failed_total: ["integration", "reason"],
  kube_node_info: ["node", "provider_id"],
  kube_node_labels: [
    ...["node", "label_topology_kubernetes_io_zone", "label_workload"],
    ...["label_karpenter_sh_nodepool", "label_eks_amazonaws_com_capacity_type"],
  ],
  kube_node_status_condition: ["node", ...ofCondition],
  kube_node_spec_unschedulable: ["node"],
  kube_node_status_allocatable: ofResource,
  kube_pod_info: ["node", "created_by_kind", "created_by_name"],
  kube_pod_status_ready: ["condition"],
  kube_pod_status_phase: ["phase"],
  kube_pod_container_status_waiting_reason: ["reason"],
  kube_pod_container_status_last_terminated_reason: ["reason"],
  kube_pod_container_resource_requests: ofResource,
  kube_pod_container_resource_limits: ofResource,
  kube_deployment_spec_replicas: ["deployment"],
  kube_deployment_status_replicas_available: ["deployment"],
  kube_deployment_status_condition: ["deployment", ...ofCondition],
  kube_horizontalpodautoscaler_status_current_replicas: ["horizontalpodautoscaler"],
  kube_horizontalpodautoscaler_spec_max_replicas: ["horizontalpodautoscaler"],
  kube_resourcequota: ["resourcequota", "resource", "type"],
  kube_persistentvolume_status_phase: ["persistentvolume", "phase"],
  container_cpu_usage_seconds_total: ofContainer,
  container_memory_working_set_bytes: ofContainer,
  container_cpu_cfs_periods_total: ofContainer,
  container_cpu_cfs_throttled_periods_total: ofContainer,
  kubelet_volume_stats_used_bytes: ["persistentvolumeclaim"],
  kubelet_volume_stats_capacity_bytes: ["persistentvolumeclaim"],
  apiserver_flowcontrol_rejected_requests_total: ["priority_level", "reason"],
  apiserver_admission_webhook_rejection_count: ["name", "error_type"],
  apiserver_request_total: ["verb", "resource", "code"],
  coredns_dns_responses_total: ["rcode"],
  cluster_autoscaler_failed_scale_ups_total: ["reason"],
  karpenter_nodepools_usage: ["nodepool", "resource_type"],
  karpenter_nodepools_limit: ["nodepool", "resource_type"],
  karpenter_cloudprovider_errors_total: ["error"],
  karpenter_interruption_received_messages_total: ["message_type"],
  keda_scaler_detail_errors_total: ["scaledObject", "scaler", "exported_namespace"],
  rollout_info: ["name", "phase", "exported_namespace"],
  rollout_info_replicas_available: ["name", "exported_namespace"],
  rollout_info_replicas_desired: ["name", "exported_namespace"],
  externalsecret_status_condition: [...ofSecret, ...ofCondition],
  externalsecret_sync_calls_total: ofSecret,
  externalsecret_sync_calls_error: ofSecret,
  externalsecret_provider_api_calls_count: ["provider", "call", "status"],
  secretstore_status_condition: [...ofSecret, ...ofCondition],
  trivy_image_vulnerabilities: ofImage,
  trivy_image_exposedsecrets: ofImage,
  node_cpu_hourly_cost: ofPricedNode,
  node_ram_hourly_cost: ofPricedNode,
  node_total_hourly_cost: ofPricedNode,
  container_cpu_allocation: ["node"],
  container_memory_allocation_bytes: ["node"],
  pod_pvc_allocation: ["persistentvolume", "persistentvolumeclaim"],
  pv_hourly_cost: ["persistentvolume"],
  controller_runtime_reconcile_errors_total: ["controller"],
  loki_discarded_samples_total: ["reason"],
  otelcol_receiver_accepted_spans_total: ["receiver"],
  otelcol_receiver_refused_spans_total: ["receiver"],
  otelcol_exporter_send_failed_spans_total: ["exporter"],
  otelcol_processor_tail_sampling_sampling_trace_dropped_too_early_total: [],
  otelcol_exporter_queue_size: ["exporter"],
  otelcol_exporter_queue_capacity: ["exporter"],
  traces_span_metrics_calls_total: ofSpans(),
  traces_span_metrics_duration_seconds: ofSpans(),
  jaeger_storage_requests_total: ["operation", "result"],
};

/** @see https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/v0.158.0/connector/spanmetricsconnector */
function ofSpans(): string[] {
  return ["service_name", "span_name", "span_kind", "status_code", "http_response_status_code"];
}

type CloudWatchNamespace = (typeof cloudWatchMetrics)[number]["namespace"];

/** Dimensions as the exporter spells them, without `dimension_` before them. */
const dimensions: Readonly<Record<CloudWatchNamespace, readonly string[]>> = {
  "AWS/ApplicationELB": ["LoadBalancer", "TargetGroup", "AvailabilityZone"],
  "AWS/WAFV2": ["WebACL", "Rule", "Region"],
  "AWS/CertificateManager": ["CertificateArn"],
  "AWS/NATGateway": ["NatGatewayId"],
  "AWS/RDS": ["DBInstanceIdentifier", "DBClusterIdentifier", "Role"],
  "AWS/AmazonMQ": ["Broker", "VirtualHost", "Queue", "Node"],
  "AWS/ElastiCache": ["CacheClusterId", "CacheNodeId"],
  "AWS/Kafka": ["Cluster_Name", "Broker_ID"],
  "AWS/ES": ["DomainName", "ClientId"],
  "AWS/S3": ["SourceBucket", "DestinationBucket", "RuleId"],
  "AWS/Lambda": ["FunctionName"],
  "AWS/Backup": ["BackupVaultName", "ResourceType"],
  CloudWatchSynthetics: ["CanaryName"],
  "Auterity/Recovery": ["Environment", "ResourceType"],
  "Auterity/Cost": ["Environment"],
  "Auterity/Secrets": ["Environment"],
  "Auterity/FlowLogs": ["Environment"],
  "Auterity/EdgeProbe": ["Environment", "Host"],
};

/** Of every exporter's metric by its name, beside those of its scrape. */
export const exporterLabels: ReadonlyMap<string, readonly string[]> = new Map([
  ...Object.entries(ofExporters),
  ...cloudWatchMetrics.map(({ namespace, metric, statistic }): [string, readonly string[]] => [
    exporterName(namespace, metric, statistic),
    [
      ...["name", "region", "account_id"],
      ...dimensions[namespace].map((dimension) => `dimension_${dimension}`),
    ],
  ]),
]);
