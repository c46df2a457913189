import { always, counting, during, series, type World, zones } from "./world";

/** Something that happens, and whom it has to wake; nobody for noise. */
export interface Scene {
  readonly what: string;
  readonly world: World;
  /** Alert that pages, and the service or other label that tells it from its likes. */
  readonly pages?: { readonly alert: string; readonly of?: string };
}

/** When everything begins, after the rates have filled. */
export const begin = 20;
const end = 200;
/** For as long as the play lasts. */
export const span: readonly [number, number] = [begin, end];
export const briefly = (minutes: number): readonly [number, number] => [begin, begin + minutes];
const down = (namespace: string, deployment: string, usual: number): World => ({
  [series.pods(namespace, deployment)]: during(span, usual, 0),
});
export const target = 'dimension_TargetGroup="tg/api/1"';

/** Incidents that have nothing to do with each other. */
export const incidents: readonly Scene[] = [
  {
    what: "one request of RelayCore in ten fails",
    world: {
      [series.relaycoreOk]: counting(span, 20, 18),
      [series.relaycoreBad]: counting(span, 0, 2),
    },
    pages: { alert: "SloBurnFast", of: "relaycore" },
  },
  {
    what: "the answers of AutoMatrix take two seconds",
    world: {
      [series.bucket("automatrix", "0.25")]: counting(span, 19, 1),
      [series.bucket("automatrix", "0.5")]: counting(span, 19.8, 2),
    },
    pages: { alert: "ApiLatencyHigh", of: "automatrix-api" },
  },
  {
    what: "NeuroWeaver is down",
    world: { [series.rollout]: during(span, 3, 0) },
    pages: { alert: "ServiceDown", of: "neuroweaver-api" },
  },
  {
    what: "the workers are gone",
    world: down("automatrix", "automatrix-worker", 2),
    pages: { alert: "ServiceDown", of: "automatrix-worker" },
  },
  {
    what: "the start page is down",
    world: down("automatrix", "automatrix-web", 2),
    pages: { alert: "ServiceDown", of: "automatrix-web" },
  },
  {
    what: "the models' start page is down",
    world: down("neuroweaver", "neuroweaver-web", 2),
    pages: { alert: "ServiceDown", of: "neuroweaver-web" },
  },
  {
    what: "names do not resolve",
    world: { 'coredns_dns_responses_total{rcode="SERVFAIL"}': counting(span, 0, 20) },
    pages: { alert: "DnsFailing" },
  },
  {
    what: "a webhook does not answer",
    world: {
      'apiserver_admission_webhook_rejection_count{name="w",error_type="calling_webhook_error"}':
        counting(span, 0, 1),
    },
    pages: { alert: "AdmissionWebhookFailing" },
  },
  {
    what: "a public address does not answer",
    world: { [series.probe]: during(span, 1, 0) },
    pages: { alert: "ProbeFailed" },
  },
  {
    what: "a critical path fails from outside",
    world: { [series.canary("success_percent")]: during(span, 100, 0) },
    pages: { alert: "CanaryFailing" },
  },
  {
    what: "no pod behind the load balancer",
    world: { [`aws_applicationelb_healthy_host_count_minimum{${target}}`]: during(span, 3, 0) },
    pages: { alert: "LoadBalancerWithoutTargets" },
  },
  {
    what: "errors that no service counts",
    world: {
      aws_applicationelb_request_count_sum: always(5000),
      aws_applicationelb_httpcode_target_5_xx_count_sum: during(span, 5, 900),
    },
    pages: { alert: "LoadBalancerServerErrors" },
  },
  {
    what: "a NAT gateway without ports",
    world: {
      'aws_natgateway_error_port_allocation_sum{dimension_NatGatewayId="n"}': during(span, 0, 5),
    },
    pages: { alert: "NatPortsExhausted" },
  },
  {
    what: "a secret cannot be read",
    world: {
      'externalsecret_status_condition{exported_namespace="relaycore",name="s",condition="Ready",status="False"}':
        during(span, 0, 1),
    },
    pages: { alert: "SecretSyncFailed" },
  },
  {
    what: "a store cannot sign in",
    world: {
      'secretstore_status_condition{exported_namespace="relaycore",name="s",condition="Ready",status="False"}':
        during(span, 0, 1),
    },
    pages: { alert: "SecretStoreNotReady" },
  },
  {
    what: "the cluster's database is nearly full",
    world: { apiserver_storage_size_bytes: during(span, 1e9, 7e9) },
    pages: { alert: "EtcdSizeNearLimit" },
  },
  {
    what: "no logs come in",
    world: { 'loki_distributor_lines_received_total{tenant="fake"}': counting(span, 500, 0) },
    pages: { alert: "LogsSilent" },
  },
  {
    what: "an image carries a secret",
    world: {
      'trivy_image_exposedsecrets{image_repository="a",image_tag="v1",severity="High"}': during(
        span,
        0,
        1,
      ),
    },
    pages: { alert: "SecretInImage" },
  },
  {
    what: "a certificate was not renewed",
    world: {
      'probe_ssl_earliest_cert_expiry{job="public-endpoints",instance="i"}': () =>
        Date.now() / 1000 + 5 * 86_400,
    },
    pages: { alert: "EndpointCertificateExpires" },
  },
  {
    what: "a pod of RelayCore finds no node",
    world: {
      'kube_pod_status_unschedulable{namespace="relaycore",pod="relaycore-9"}': during(span, 0, 1),
    },
    pages: { alert: "CriticalPodsUnschedulable" },
  },
  {
    what: "PagerDuty refuses",
    world: {
      'alertmanager_notifications_failed_total{integration="pagerduty"}': counting(span, 0, 1),
    },
    pages: { alert: "PagerDutyFailing" },
  },
];

const lost = zones.slice(0, 1).flatMap((zone) => [1, 2, 3].map((number) => `${zone}${number}`));

/** A whole zone: its nodes, its pods and what counts over all zones, of which one page is enough. */
export const zoneLoss: Scene = {
  what: "a zone is lost, with its nodes and pods, and a service burns its budget meanwhile",
  world: {
    ...Object.fromEntries(lost.map((node) => [series.ready(node), during(span, 1, 0)])),
    [series.pods("relaycore", "relaycore")]: during(span, 3, 2),
    [series.pods("automatrix", "automatrix-api")]: during(span, 3, 2),
    'kube_pod_status_unschedulable{namespace="automatrix",pod="automatrix-web-9"}': during(
      span,
      0,
      1,
    ),
    [`aws_applicationelb_un_healthy_host_count_maximum{${target}}`]: during(span, 0, 1),
  },
  pages: { alert: "ZoneLost" },
};
