/** What a series is worth so many minutes after the scenes began; undefined while it is not there. */
export type Course = (minute: number) => number | undefined;

/** Series of the exposition with their courses: a healthy platform, and what a scene changes of it. */
export type World = Readonly<Record<string, Course>>;

/** The same at all times. */
export const always =
  (value: number): Course =>
  () =>
    value;

/** One value before, another while it lasts, and the first again. */
export const during =
  (span: readonly [from: number, to: number], usual: number, then: number): Course =>
  (minute) =>
    minute >= span[0] && minute < span[1] ? then : usual;

/** A counter by its rate a second; a minute of the drill is a second of the clock, in which Prometheus sees that rate. */
export const counting =
  (span: readonly [from: number, to: number], usual: number, then: number): Course =>
  (minute) => {
    const inside = Math.max(0, Math.min(minute, span[1]) - span[0]);
    return usual * (minute - inside) + then * inside + 1000 * usual;
  };

export const steadily = (perSecond: number): Course => counting([0, 0], perSecond, perSecond);

const labels = {
  automatrix: 'namespace="automatrix",container="automatrix-api",pod="automatrix-api-1"',
  relaycore: 'namespace="relaycore",container="relaycore",pod="relaycore-1"',
  neuroweaver: 'namespace="neuroweaver",container="neuroweaver-api",pod="neuroweaver-api-1"',
} as const;

/** Requests of each service under its own names: good ones, bad ones, slow ones. */
export const series = {
  ...labels,
  relaycoreOk: `http_requests_total{${labels.relaycore},method="POST",route="/v1/chat",status_code="200"}`,
  relaycoreBad: `http_requests_total{${labels.relaycore},method="POST",route="/v1/chat",status_code="503"}`,
  relaycoreProbe: `http_requests_total{${labels.relaycore},method="GET",route="/health/ready",status_code="503"}`,
  automatrixOk: `http_requests_total{${labels.automatrix},method="GET",endpoint="/api/workflows",status="200"}`,
  automatrixBad: `http_requests_total{${labels.automatrix},method="GET",endpoint="/api/workflows",status="500"}`,
  neuroweaverOk: `neuroweaver_requests_total{${labels.neuroweaver},method="POST",endpoint="/api/v1/models",status_code="200"}`,
  bucket: (of: "automatrix" | "relaycore", le: string): string =>
    `http_request_duration_seconds_bucket{${labels[of]},method="POST",le="${le}"}`,
  count: (of: "automatrix" | "relaycore"): string =>
    `http_request_duration_seconds_count{${labels[of]},method="POST"}`,
  pods: (namespace: string, deployment: string): string =>
    `kube_deployment_status_replicas_available{namespace="${namespace}",deployment="${deployment}"}`,
  rollout: 'rollout_info_replicas_available{name="neuroweaver-api"}',
  ready: (node: string): string =>
    `kube_node_status_condition{node="${node}",condition="Ready",status="true"}`,
  canary: (metric: "success_percent" | "duration"): string =>
    `aws_cloudwatchsynthetics_${metric}_average{dimension_CanaryName="auterity-prod-api-health"}`,
  probe: 'probe_success{job="public-endpoints",instance="https://api.platform.example/health"}',
};

export const zones = ["a", "b", "c"] as const;
const nodeNames = zones.flatMap((zone) => [1, 2, 3].map((number) => `${zone}${number}`));

/** A platform in which nothing is wrong, and everything is there that would be missed. */
export const healthy: World = {
  ...Object.fromEntries(
    nodeNames.flatMap((node) => [
      [
        `kube_node_info{node="${node}",provider_id="aws:///us-west-2${node.charAt(0)}/i-${node}"}`,
        always(1),
      ],
      [series.ready(node), always(1)],
    ]),
  ),
  [series.pods("automatrix", "automatrix-api")]: always(3),
  [series.pods("automatrix", "automatrix-worker")]: always(2),
  [series.pods("automatrix", "automatrix-web")]: always(2),
  [series.pods("relaycore", "relaycore")]: always(3),
  [series.pods("neuroweaver", "neuroweaver-web")]: always(2),
  [series.rollout]: always(3),
  [`up{${labels.automatrix}}`]: always(1),
  [`up{${labels.relaycore}}`]: always(1),
  [`up{${labels.neuroweaver}}`]: always(1),
  'up{namespace="monitoring",container="grafana"}': always(1),
  [series.relaycoreOk]: steadily(20),
  [series.automatrixOk]: steadily(20),
  [series.neuroweaverOk]: steadily(5),
  ...Object.fromEntries(
    (["automatrix", "relaycore"] as const).flatMap((of) => [
      [series.bucket(of, "0.25"), steadily(19)],
      [series.bucket(of, "0.5"), steadily(19.8)],
      [series.bucket(of, "2.5"), steadily(20)],
      [series.bucket(of, "+Inf"), steadily(20)],
      [series.count(of), steadily(20)],
      [
        `ai_requests_total{${labels[of]},provider="openai",model="a",status="success"}`,
        steadily(4),
      ],
    ]),
  ),
  [`workflow_executions_total{${labels.automatrix},status="completed"}`]: steadily(2),
  [`neuroweaver_inference_duration_seconds_bucket{${labels.neuroweaver},model_id="m",le="2.5"}`]:
    steadily(3),
  [`neuroweaver_inference_duration_seconds_bucket{${labels.neuroweaver},model_id="m",le="+Inf"}`]:
    steadily(3),
  [`neuroweaver_inference_duration_seconds_count{${labels.neuroweaver},model_id="m"}`]: steadily(3),
  cluster_autoscaler_cluster_safe_to_autoscale: always(1),
  'externalsecret_sync_calls_total{exported_namespace="relaycore",name="relaycore-database"}':
    steadily(1),
  'trivy_image_vulnerabilities{image_repository="a",image_tag="v1",severity="Low"}': always(1),
  'loki_distributor_lines_received_total{tenant="fake"}': steadily(500),
  'otelcol_receiver_accepted_spans_total{receiver="otlp"}': steadily(100),
  [series.probe]: always(1),
  [series.canary("success_percent")]: always(100),
  [series.canary("duration")]: always(900),
  'coredns_dns_responses_total{rcode="NOERROR"}': steadily(200),
};

/** As Prometheus reads it. */
export function expose(world: World, minute: number): string {
  return Object.entries(world)
    .flatMap(([name, course]) => {
      const value = course(minute);
      return value === undefined ? [] : [`${name} ${value}`];
    })
    .join("\n")
    .concat("\n");
}
