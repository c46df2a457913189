import { type AlertCase, counter, scraped, steady, values } from "../case";

const automatrix = scraped("automatrix-api");
const relaycore = scraped("relaycore");
const neuroweaver = scraped("neuroweaver-api");
const ofAutomatrix = { namespace: "automatrix", service: "automatrix-api" };
const ofRelaycore = { namespace: "relaycore", service: "relaycore" };
const ofNeuroweaver = { namespace: "neuroweaver", service: "neuroweaver-api" };

/** What the services count of their own work, and what they spend. */
export const applicationCases: readonly AlertCase[] = [
  {
    alert: "WorkflowFailuresHigh",
    series: {
      [`workflow_executions_total{${automatrix},status="completed"}`]: counter([100, 8]),
      [`workflow_executions_total{${automatrix},status="failed"}`]: counter([100, 2]),
    },
    silentAt: "18m",
    firesAt: "19m",
    told: ["warning", "automatrix"],
    labels: ofAutomatrix,
    summary: "20% of the workflows fail",
  },
  {
    alert: "AiProviderFailing",
    series: {
      [`ai_requests_total{${relaycore},provider="openai",model="a",status="success"}`]: counter([
        100, 15,
      ]),
      [`ai_requests_total{${relaycore},provider="openai",model="a",status="failed"}`]: counter([
        100, 5,
      ]),
      [`ai_requests_total{${relaycore},provider="anthropic",model="b",status="success"}`]: counter([
        100, 20,
      ]),
    },
    silentAt: "11m",
    firesAt: "12m",
    told: ["warning", "relaycore"],
    labels: { ...ofRelaycore, provider: "openai" },
    summary: "25% of the questions of relaycore to openai fail",
  },
  {
    alert: "RequestsPileUp",
    series: {
      [`http_requests_in_flight{${automatrix}}`]: values([10, 20], [60, 140]),
      [`neuroweaver_active_requests{${neuroweaver}}`]: steady(3),
    },
    silentAt: "19m",
    firesAt: "20m",
    told: ["warning", "automatrix"],
    labels: ofAutomatrix,
    summary:
      "A pod of automatrix-api has been busy with 140 requests at a time for ten minutes: something that it calls is slow",
  },
  {
    alert: "InferenceFailing",
    series: {
      [`neuroweaver_inference_requests_total{${neuroweaver},model_id="m1",status="success"}`]:
        counter([100, 18]),
      [`neuroweaver_inference_requests_total{${neuroweaver},model_id="m1",status="error"}`]:
        counter([100, 2]),
    },
    silentAt: "11m",
    firesAt: "12m",
    told: ["warning", "neuroweaver"],
    labels: { ...ofNeuroweaver, model_id: "m1" },
    summary: "10% of the answers of model m1 are errors",
  },
  {
    alert: "InferenceSlow",
    series: {
      [`neuroweaver_inference_duration_seconds_bucket{${neuroweaver},model_id="m1",le="5.0"}`]:
        counter([100, 10]),
      [`neuroweaver_inference_duration_seconds_bucket{${neuroweaver},model_id="m1",le="10.0"}`]:
        counter([100, 20]),
      [`neuroweaver_inference_duration_seconds_bucket{${neuroweaver},model_id="m1",le="+Inf"}`]:
        counter([100, 20]),
    },
    silentAt: "10m",
    firesAt: "11m",
    told: ["warning", "neuroweaver"],
    labels: { ...ofNeuroweaver, model_id: "m1" },
    summary: "95 % of the answers of model m1 take up to 9.5s",
  },
  {
    alert: "TrainingJobStuck",
    series: {
      [`neuroweaver_training_jobs_active{${neuroweaver}}`]: values([10, 0], [2000, 2]),
    },
    silentAt: "25h9m",
    firesAt: "25h10m",
    told: ["warning", "neuroweaver"],
    labels: ofNeuroweaver,
    summary: "2 training job(s) have neither begun nor ended for a day, and cost a large node",
  },
  {
    alert: "ModelsMissing",
    series: { [`neuroweaver_models_total{${neuroweaver}}`]: values([10, 4], [100, 0]) },
    silentAt: "19m",
    firesAt: "20m",
    told: ["warning", "neuroweaver"],
    labels: ofNeuroweaver,
    summary: "neuroweaver-api knows no model any more, and knew some within the last day",
  },
  {
    alert: "AiSpendHigh",
    series: {
      [`ai_request_cost_total{${relaycore},provider="openai",model="a"}`]: counter(
        [600, 0.1],
        [600, 0.5],
      ),
    },
    silentAt: "14h55m",
    firesAt: "14h56m",
    told: ["warning", "relaycore"],
    labels: ofRelaycore,
    summary: "relaycore has spent 208 USD on language models within a day, more than 200",
  },
  {
    alert: "AiSpendJump",
    series: {
      [`ai_request_cost_total{${relaycore},provider="openai",model="a"}`]: counter(
        [1500, 0.1],
        [300, 1],
      ),
    },
    silentAt: "25h34m",
    firesAt: "25h35m",
    told: ["warning", "relaycore"],
    labels: ofRelaycore,
    summary:
      "relaycore spends 38 USD an hour on language models, more than four times as much as yesterday at this time",
  },
  {
    alert: "RequestsFarAboveUse",
    series: {
      'kube_pod_container_resource_requests{namespace="relaycore",pod="relaycore-1",container="relaycore",resource="cpu"}':
        steady(4),
      'container_cpu_usage_seconds_total{namespace="relaycore",pod="relaycore-1",container="relaycore"}':
        counter([2000, 30]),
    },
    silentAt: "6h",
    firesAt: "6h1m",
    told: ["info", "platform"],
    labels: { namespace: "relaycore" },
    summary: "relaycore has asked for 4 CPU for six hours and used less than a quarter of it",
  },
  {
    alert: "VolumesUnclaimed",
    series: {
      'kube_persistentvolume_status_phase{persistentvolume="v1",phase="Released"}': steady(1),
    },
    silentAt: "23h59m",
    firesAt: "24h",
    told: ["info", "platform"],
    labels: {},
    summary: "1 volume(s) have belonged to nobody for a day and are paid for",
  },
  {
    alert: "LogVolumeJump",
    series: {
      'loki_distributor_bytes_received_total{tenant="fake"}': counter(
        [1500, 60 * 50_000],
        [300, 60 * 300_000],
      ),
    },
    silentAt: "26h24m",
    firesAt: "26h25m",
    told: ["warning", "platform"],
    labels: {},
    summary:
      "293kiB of logs come in a second, more than three times as many as yesterday at this time",
  },
];
