import { cloudWatchMetrics, exporterName } from "./cloudwatch";

/** What runs in the platform and gives metrics to which rules refer: where the names were read, and the names. */
export interface Exporter {
  readonly source: string;
  readonly metrics: readonly string[];
}

/** A rule may use these, what the catalogue's services expose, and what other rules record: nothing else. */
export const exporters: Readonly<Record<string, Exporter>> = {
  prometheus: {
    source: "https://prometheus.io/docs/concepts/jobs_instances/, prometheus/prometheus v3.14 tsdb",
    metrics: [
      ...["up", "ALERTS", "ALERTS_FOR_STATE", "prometheus_tsdb_head_series"],
      "prometheus_tsdb_head_samples_appended_total",
      ...["prometheus_tsdb_storage_blocks_bytes", "prometheus_rule_evaluation_failures_total"],
    ],
  },
  alertmanager: {
    source: "https://github.com/prometheus/alertmanager/blob/v0.34.0/notify/notify.go",
    metrics: ["alertmanager_notifications_failed_total", "alertmanager_notifications_total"],
  },
  "kube-state-metrics": {
    source: "https://github.com/kubernetes/kube-state-metrics/tree/v2.20.0/internal/store",
    metrics: [
      ...["kube_node_info", "kube_node_status_condition", "kube_node_spec_unschedulable"],
      "kube_node_labels",
      ...["kube_node_status_allocatable", "kube_pod_info", "kube_pod_status_unschedulable"],
      ...["kube_pod_status_ready", "kube_pod_status_phase"],
      ...["kube_pod_container_status_restarts_total", "kube_pod_container_status_waiting_reason"],
      "kube_pod_container_status_last_terminated_reason",
      ...["kube_pod_container_resource_requests", "kube_pod_container_resource_limits"],
      "kube_deployment_spec_replicas",
      ...["kube_deployment_status_replicas_available", "kube_deployment_status_condition"],
      "kube_horizontalpodautoscaler_status_current_replicas",
      "kube_horizontalpodautoscaler_spec_max_replicas",
      ...["kube_resourcequota", "kube_persistentvolume_status_phase"],
    ],
  },
  kubelet: {
    source: "https://github.com/google/cadvisor/blob/master/docs/storage/prometheus.md",
    metrics: [
      ...["container_cpu_usage_seconds_total", "container_memory_working_set_bytes"],
      ...["container_cpu_cfs_periods_total", "container_cpu_cfs_throttled_periods_total"],
      ...["kubelet_volume_stats_used_bytes", "kubelet_volume_stats_capacity_bytes"],
    ],
  },
  apiserver: {
    source:
      "https://github.com/kubernetes/apiserver/tree/v0.36.3/pkg: storage/etcd3/metrics/metrics.go, admission/metrics/metrics.go, util/flowcontrol/metrics/metrics.go",
    metrics: [
      "apiserver_storage_size_bytes",
      "apiserver_flowcontrol_rejected_requests_total",
      "apiserver_admission_webhook_rejection_count",
      "apiserver_request_total",
    ],
  },
  coredns: {
    source: "https://github.com/coredns/coredns/blob/v1.14.6/plugin/metrics/vars/vars.go",
    metrics: ["coredns_dns_responses_total", "coredns_dns_request_duration_seconds"],
  },
  "cluster-autoscaler": {
    source:
      "https://github.com/kubernetes/autoscaler/blob/cluster-autoscaler-1.35.0/cluster-autoscaler/metrics/metrics.go",
    metrics: [
      "cluster_autoscaler_failed_scale_ups_total",
      "cluster_autoscaler_cluster_safe_to_autoscale",
    ],
  },
  karpenter: {
    source:
      "https://github.com/kubernetes-sigs/karpenter/tree/v1.13.0/pkg: controllers/metrics/nodepool/controller.go, cloudprovider/metrics/cloudprovider.go; https://github.com/aws/karpenter-provider-aws/blob/v1.14.1/pkg/controllers/interruption/metrics.go",
    metrics: [
      ...["karpenter_nodepools_usage", "karpenter_nodepools_limit"],
      "karpenter_cloudprovider_errors_total",
      "karpenter_interruption_received_messages_total",
    ],
  },
  keda: {
    source: "https://github.com/kedacore/keda/blob/v2.21.0/pkg/metricscollector/prommetrics.go",
    metrics: ["keda_scaler_detail_errors_total"],
  },
  "argo-rollouts": {
    source:
      "https://github.com/argoproj/argo-rollouts/blob/v1.9.1/controller/metrics/prommetrics.go",
    metrics: [
      ...["rollout_info", "rollout_info_replicas_available", "rollout_info_replicas_desired"],
    ],
  },
  "external-secrets": {
    source:
      "https://github.com/external-secrets/external-secrets/tree/v2.9.0/pkg: controllers/externalsecret/esmetrics/esmetrics.go, controllers/secretstore/metrics/metrics.go, metrics/metrics.go",
    metrics: [
      ...["externalsecret_status_condition", "externalsecret_sync_calls_total"],
      ...["externalsecret_sync_calls_error", "externalsecret_provider_api_calls_count"],
      "secretstore_status_condition",
    ],
  },
  "trivy-operator": {
    source: "https://github.com/aquasecurity/trivy-operator/blob/v0.32.0/pkg/metrics/collector.go",
    metrics: ["trivy_image_vulnerabilities", "trivy_image_exposedsecrets"],
  },
  opencost: {
    source:
      "https://github.com/opencost/opencost/blob/02e06667dd4b4d8caa06f85e0c1f976a7d825381/pkg/costmodel/metrics.go",
    // Prometheus keeps these of it, and nothing else.
    metrics: [
      ...["node_cpu_hourly_cost", "node_ram_hourly_cost", "node_gpu_hourly_cost"],
      ...["node_total_hourly_cost", "node_gpu_count", "kubecost_node_is_spot"],
      ...["container_cpu_allocation", "container_memory_allocation_bytes"],
      ...["container_gpu_allocation", "pod_pvc_allocation", "pv_hourly_cost"],
      ...["kubecost_load_balancer_cost", "kubecost_cluster_management_cost"],
      ...["kubecost_network_zone_egress_cost", "kubecost_network_region_egress_cost"],
      "kubecost_network_internet_egress_cost",
    ],
  },
  "aws-load-balancer-controller": {
    source:
      "https://book.kubebuilder.io/reference/metrics-reference, controller-runtime's own of every controller",
    metrics: ["controller_runtime_reconcile_errors_total"],
  },
  blackbox: {
    source: "https://github.com/prometheus/blackbox_exporter/tree/v0.28.0/prober",
    metrics: ["probe_success", "probe_duration_seconds", "probe_ssl_earliest_cert_expiry"],
  },
  cloudwatch: {
    source: "https://github.com/prometheus-community/yet-another-cloudwatch-exporter/tree/v0.67.0",
    metrics: cloudWatchMetrics.map(({ namespace, metric, statistic }) =>
      exporterName(namespace, metric, statistic),
    ),
  },
  loki: {
    source:
      "https://github.com/grafana/loki/blob/v3.7.6/pkg/loghttp/push/push.go, pkg/validation/validate.go",
    metrics: [
      ...["loki_distributor_lines_received_total", "loki_distributor_bytes_received_total"],
      "loki_discarded_samples_total",
    ],
  },
  "opentelemetry-collector": {
    // All of them are seen on the collector itself by the drill `telemetry`.
    source:
      "https://github.com/open-telemetry/opentelemetry-collector-contrib/blob/v0.158.0/processor/tailsamplingprocessor/documentation.md",
    metrics: [
      ...["otelcol_receiver_accepted_spans_total", "otelcol_receiver_refused_spans_total"],
      ...["otelcol_exporter_send_failed_spans_total", "otelcol_exporter_queue_size"],
      "otelcol_exporter_queue_capacity",
      "otelcol_processor_tail_sampling_sampling_trace_dropped_too_early_total",
    ],
  },
  "span-metrics": {
    source:
      "https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/v0.158.0/connector/spanmetricsconnector, namespace traces.span.metrics, unit s",
    metrics: ["traces_span_metrics_calls_total", "traces_span_metrics_duration_seconds"],
  },
  jaeger: {
    source:
      "https://github.com/jaegertracing/jaeger/blob/v2.20.0/monitoring/jaeger-mixin/dashboard-for-grafana.json",
    metrics: ["jaeger_storage_requests_total"],
  },
};
