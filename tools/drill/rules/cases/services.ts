import { type AlertCase, counter, nodes, scraped, steady, values } from "../case";

/** A histogram in which everything is below one bound. */
function histogram(
  metric: string,
  labels: string,
  perMinute: Readonly<Record<string, number>>,
): Record<string, string> {
  const buckets = Object.entries(perMinute).map(([le, count]) => [
    `${metric}_bucket{${labels},le="${le}"}`,
    counter([200, count]),
  ]);
  const total = Math.max(...Object.values(perMinute));
  return {
    ...(Object.fromEntries(buckets) as Record<string, string>),
    [`${metric}_count{${labels}}`]: counter([200, total]),
  };
}

const up = (service: string, value: string): Record<string, string> => ({
  [`up{${scraped(service)}}`]: value,
});
const onNode = {
  ...nodes({ a1: "us-west-2a" }),
  'kube_pod_info{namespace="relaycore",pod="relaycore-1",node="a1"}': steady(1),
};
const place = { namespace: "relaycore", pod: "relaycore-1", zone: "us-west-2a" };

/** Each service under its own names, and what happens to pods and releases. */
export const serviceCases: readonly AlertCase[] = [
  {
    alert: "ServiceDown",
    series: {
      'kube_deployment_status_replicas_available{namespace="relaycore",deployment="relaycore"}':
        values([10, 3], [30, 0]),
      'kube_deployment_status_replicas_available{namespace="automatrix",deployment="automatrix-api"}':
        steady(1),
    },
    silentAt: "10m",
    firesAt: "11m",
    told: ["critical", "relaycore"],
    labels: { namespace: "relaycore", service: "relaycore" },
    summary: "relaycore has no pod that answers: Router of AI requests",
  },
  {
    alert: "ServiceDown",
    series: {
      'rollout_info_replicas_available{name="neuroweaver-api",exported_namespace="neuroweaver"}':
        values([10, 3], [30, 0]),
    },
    silentAt: "10m",
    firesAt: "11m",
    told: ["critical", "neuroweaver"],
    labels: { namespace: "neuroweaver", service: "neuroweaver-api" },
    summary: "neuroweaver-api has no pod that answers: Model specialisation",
  },
  {
    alert: "ServiceBelowFloor",
    series: {
      'kube_deployment_status_replicas_available{namespace="automatrix",deployment="automatrix-api"}':
        values([10, 3], [30, 2]),
    },
    silentAt: "24m",
    firesAt: "25m",
    told: ["warning", "automatrix"],
    labels: { namespace: "automatrix", service: "automatrix-api" },
    summary: "automatrix-api has had 2 of at least 3 pods for a quarter of an hour",
  },
  {
    alert: "ServiceNotScraped",
    series: {
      ...up("automatrix-api", steady(1)),
      ...up("relaycore", values([10, 1], [30, 0])),
      ...up("neuroweaver-api", steady(1)),
    },
    silentAt: "19m",
    firesAt: "20m",
    told: ["critical", "relaycore"],
    labels: { namespace: "relaycore", service: "relaycore" },
    summary: "No pod of relaycore gives its metrics: nothing that rests on them can warn",
  },
  {
    alert: "ApiLatencyHigh",
    series: histogram(
      "http_request_duration_seconds",
      `${scraped("relaycore")},method="GET",route="/v1/chat"`,
      { "0.25": 0, "0.5": 80, "1": 100, "+Inf": 100 },
    ),
    silentAt: "5m",
    firesAt: "6m",
    told: ["critical", "relaycore"],
    labels: { namespace: "relaycore", service: "relaycore" },
    summary: "95 % of the answers of relaycore take up to 875ms, more than 0.5 s",
  },
  {
    alert: "ApiLatencyHigh",
    series: histogram(
      "http_request_duration_seconds",
      `${scraped("automatrix-api")},method="GET",exported_endpoint="/api/workflows",endpoint="http"`,
      { "0.25": 0, "0.5": 80, "1.0": 100, "+Inf": 100 },
    ),
    silentAt: "5m",
    firesAt: "6m",
    told: ["critical", "automatrix"],
    labels: { namespace: "automatrix", service: "automatrix-api" },
    summary: "95 % of the answers of automatrix-api take up to 875ms, more than 0.5 s",
  },
  {
    alert: "ContainerRestarting",
    series: {
      ...onNode,
      'kube_pod_container_status_restarts_total{namespace="relaycore",pod="relaycore-1",container="relaycore"}':
        counter([10, 0], [60, 1]),
    },
    silentAt: "18m",
    firesAt: "19m",
    told: ["warning", "platform"],
    labels: { ...place, container: "relaycore" },
    summary:
      "Container relaycore of relaycore-1 keeps restarting: 9 times within a quarter of an hour",
  },
  {
    alert: "ContainerOutOfMemory",
    series: {
      'kube_pod_container_status_restarts_total{namespace="relaycore",pod="relaycore-1",container="relaycore"}':
        values([10, 0], [60, 1]),
      'kube_pod_container_status_last_terminated_reason{namespace="relaycore",pod="relaycore-1",container="relaycore",reason="OOMKilled"}':
        values([10, 0], [60, 1]),
    },
    silentAt: "9m",
    firesAt: "10m",
    told: ["warning", "platform"],
    labels: { namespace: "relaycore", pod: "relaycore-1", container: "relaycore" },
    summary:
      "Container relaycore of relaycore-1 was ended because it took more memory than its limit",
  },
  {
    alert: "ContainerCannotStart",
    series: {
      ...onNode,
      'kube_pod_container_status_waiting_reason{namespace="relaycore",pod="relaycore-1",container="relaycore",reason="ImagePullBackOff"}':
        steady(1),
    },
    silentAt: "9m",
    firesAt: "10m",
    told: ["warning", "platform"],
    labels: { ...place, container: "relaycore", reason: "ImagePullBackOff" },
    summary: "Container relaycore of relaycore-1 does not start: ImagePullBackOff",
  },
  {
    alert: "PodNotReady",
    series: {
      ...onNode,
      'kube_pod_status_ready{namespace="relaycore",pod="relaycore-1",condition="false"}': steady(1),
      'kube_pod_status_phase{namespace="relaycore",pod="relaycore-1",phase="Running"}': steady(1),
    },
    silentAt: "14m",
    firesAt: "15m",
    told: ["warning", "platform"],
    labels: place,
    summary: "Pod relaycore-1 runs and has not been ready for a quarter of an hour",
  },
  {
    alert: "ReleaseStuck",
    series: {
      'kube_deployment_status_condition{namespace="relaycore",deployment="relaycore",condition="Progressing",status="false",reason="ProgressDeadlineExceeded"}':
        values([10, 0], [60, 1]),
    },
    silentAt: "14m",
    firesAt: "15m",
    told: ["warning", "platform"],
    labels: {
      namespace: "relaycore",
      deployment: "relaycore",
      condition: "Progressing",
      status: "false",
      reason: "ProgressDeadlineExceeded",
    },
    summary: "The release of relaycore does not go on: its new pods do not become ready",
  },
  {
    alert: "ReleaseTakenBack",
    series: { 'rollout_info{name="neuroweaver-api",phase="Degraded"}': values([10, 0], [60, 1]) },
    silentAt: "14m",
    firesAt: "15m",
    told: ["warning", "platform"],
    labels: { name: "neuroweaver-api" },
    summary:
      "The new version of neuroweaver-api was taken back or cannot start: the old one serves",
  },
  {
    alert: "ReleasePausedLong",
    series: { 'rollout_info{name="neuroweaver-api",phase="Paused"}': steady(1) },
    silentAt: "1h59m",
    firesAt: "2h",
    told: ["warning", "platform"],
    labels: { name: "neuroweaver-api" },
    summary:
      "The release of neuroweaver-api waits for a person since two hours, with twice its pods",
  },
  {
    alert: "ScalerFailing",
    series: {
      'keda_scaler_detail_errors_total{scaledObject="automatrix-worker",scaler="rabbitMQScaler"}':
        counter([10, 0], [60, 2]),
    },
    silentAt: "20m",
    firesAt: "21m",
    told: ["warning", "platform"],
    labels: { scaledObject: "automatrix-worker" },
    summary:
      "automatrix-worker is no longer scaled by one of its signals: its source does not answer",
  },
  {
    alert: "ScaledToMaximum",
    series: {
      'kube_horizontalpodautoscaler_status_current_replicas{namespace="relaycore",horizontalpodautoscaler="keda-hpa-relaycore"}':
        values([10, 3], [60, 12]),
      'kube_horizontalpodautoscaler_spec_max_replicas{namespace="relaycore",horizontalpodautoscaler="keda-hpa-relaycore"}':
        steady(12),
    },
    silentAt: "39m",
    firesAt: "40m",
    told: ["warning", "platform"],
    labels: { namespace: "relaycore", horizontalpodautoscaler: "keda-hpa-relaycore" },
    summary: "keda-hpa-relaycore has been at its 12 pods, the most allowed, for half an hour",
  },
];
