import { briefly, type Scene, span, target } from "./scenes";
import { counting, during, series, steadily } from "./world";

/** What happens every day, and is nobody's business at night. */
export const noise: readonly Scene[] = [
  {
    what: "a release: one pod less for three minutes",
    world: { [series.pods("relaycore", "relaycore")]: during(briefly(3), 3, 2) },
  },
  {
    what: "a service gone for half a minute",
    world: { [series.pods("automatrix", "automatrix-api")]: during(briefly(0.5), 3, 0) },
  },
  {
    what: "a start page gone for two minutes",
    world: { [series.pods("automatrix", "automatrix-web")]: during(briefly(2), 2, 0) },
  },
  {
    what: "a burst of errors for ten seconds",
    world: { [series.relaycoreBad]: counting(briefly(0.15), 0, 2) },
  },
  {
    what: "a tenth of the budget's rate of errors, for good",
    world: { [series.automatrixBad]: counting(span, 0, 0.001) },
  },
  { what: "readiness probes that fail", world: { [series.relaycoreProbe]: counting(span, 0, 2) } },
  {
    what: "slow answers for two minutes",
    world: { [series.bucket("relaycore", "0.5")]: counting(briefly(2), 19.8, 15) },
  },
  { what: "a probe that is lost once", world: { [series.probe]: during(briefly(1), 1, 0) } },
  {
    what: "a canary that fails once in two runs",
    world: { [series.canary("success_percent")]: during(briefly(5), 100, 50) },
  },
  {
    what: "a node away for five minutes",
    world: { [series.ready("a1")]: during(briefly(5), 1, 0) },
  },
  {
    what: "a node drained for half an hour",
    world: { 'kube_node_spec_unschedulable{node="b1"}': during(briefly(30), 0, 1) },
  },
  {
    what: "a pod that waits for a new node for three minutes",
    world: {
      'kube_pod_status_unschedulable{namespace="relaycore",pod="relaycore-9"}': during(
        briefly(3),
        0,
        1,
      ),
    },
  },
  {
    what: "names that do not resolve for two minutes",
    world: { 'coredns_dns_responses_total{rcode="SERVFAIL"}': counting(briefly(2), 0, 5) },
  },
  {
    what: "a webhook that fails once",
    world: {
      'apiserver_admission_webhook_rejection_count{name="w",error_type="calling_webhook_error"}':
        counting(briefly(1), 0, 1),
    },
  },
  {
    what: "a webhook that says no, as it should",
    world: {
      'apiserver_admission_webhook_rejection_count{name="v",error_type="no_error"}': steadily(3),
    },
  },
  {
    what: "an unhealthy target during a release",
    world: {
      [`aws_applicationelb_un_healthy_host_count_maximum{${target}}`]: during(briefly(6), 0, 1),
    },
  },
  {
    what: "a secret that syncs at the second try",
    world: {
      'externalsecret_status_condition{exported_namespace="relaycore",name="s",condition="Ready",status="False"}':
        during(briefly(5), 0, 1),
    },
  },
  {
    what: "a queue that is emptied within ten minutes",
    world: {
      'aws_amazonmq_message_ready_count_maximum{dimension_Broker="b"}': during(
        briefly(10),
        10,
        4000,
      ),
    },
  },
  {
    what: "a busy database for ten minutes",
    world: {
      'aws_rds_cpuutilization_average{dimension_DBInstanceIdentifier="d"}': during(
        briefly(10),
        40,
        95,
      ),
    },
  },
  {
    what: "a release that waits for its judgement",
    world: { 'rollout_info{name="neuroweaver-api",phase="Paused"}': during(briefly(40), 0, 1) },
  },
  {
    what: "lines of log refused for five minutes",
    world: { 'loki_discarded_samples_total{reason="rate_limited"}': counting(briefly(5), 0, 3) },
  },
  {
    what: "a night without requests of NeuroWeaver",
    world: { [series.neuroweaverOk]: counting(span, 5, 0) },
  },
  { what: "fewer pods at night, at the floor", world: { [series.rollout]: during(span, 5, 3) } },
];
