import { type AlertCase, counter, scraped, steady, values } from "../case";

const relaycore = `${scraped("relaycore")},method="POST",route="/v1/chat"`;
const automatrix = `${scraped("automatrix-api")},method="GET",endpoint="http",exported_endpoint="/api/workflows"`;
const neuroweaver = `${scraped("neuroweaver-api")},method="POST",endpoint="http",exported_endpoint="/api/v1/inference/{id}"`;

const labelsOf = (namespace: string, service: string, slo: string) => ({
  ...{ namespace, service, slo },
  slo_service: service,
});
const good = 1000;

/** Requests a minute, of which some fail after the first hour; the service's own names and labels. */
function failing(requests: string, ok: string, bad: string) {
  const perMinute = 50;
  return {
    [`${requests}{${ok}}`]: counter([60, good], [3000, good - perMinute]),
    [`${requests}{${bad}}`]: counter([60, 0], [3000, perMinute]),
  };
}

const fastCases: readonly AlertCase[] = [
  {
    alert: "SloBurnFast",
    file: "slo-relaycore-availability",
    series: {
      ...failing(
        "http_requests_total",
        `${relaycore},status_code="200"`,
        `${relaycore},status_code="503"`,
      ),
      // Probes that fail are nobody's requests.
      [`http_requests_total{${scraped("relaycore")},route="/health/ready",status_code="503"}`]:
        counter([60, 100]),
    },
    silentAt: "1h3m",
    firesAt: "1h4m",
    told: ["critical", "relaycore"],
    labels: labelsOf("relaycore", "relaycore", "availability"),
    summary:
      "relaycore promises 99.95 % of requests that are answered without an error of the server: at this rate the errors allowed in 30 days are used up within 5 days",
  },
  {
    alert: "SloBurnFast",
    file: "slo-automatrix-api-availability",
    series: failing(
      "http_requests_total",
      `${automatrix},status="200"`,
      `${automatrix},status="500"`,
    ),
    silentAt: "1h3m",
    firesAt: "1h4m",
    told: ["critical", "automatrix"],
    labels: labelsOf("automatrix", "automatrix-api", "availability"),
    summary:
      "automatrix-api promises 99.95 % of requests that are answered without an error of the server: at this rate the errors allowed in 30 days are used up within 5 days",
  },
  {
    alert: "SloBurnFast",
    file: "slo-neuroweaver-api-availability",
    series: failing(
      "neuroweaver_requests_total",
      `${neuroweaver},status_code="200"`,
      `${neuroweaver},status_code="500"`,
    ),
    silentAt: "1h3m",
    firesAt: "1h4m",
    told: ["critical", "neuroweaver"],
    labels: labelsOf("neuroweaver", "neuroweaver-api", "availability"),
    summary:
      "neuroweaver-api promises 99.95 % of requests that are answered without an error of the server: at this rate the errors allowed in 30 days are used up within 5 days",
  },
  {
    alert: "SloBurnFast",
    file: "slo-public-endpoints-availability",
    series: {
      'probe_success{job="public-endpoints",instance="a"}': values([60, 1], [300, 0]),
      'probe_success{job="public-endpoints",instance="b"}': steady(1),
    },
    silentAt: "1h3m",
    firesAt: "1h4m",
    told: ["critical", "platform"],
    labels: labelsOf("monitoring", "public-endpoints", "availability"),
    summary:
      "public-endpoints promises 99.9 % of probes from inside the cluster that the public addresses answer: at this rate the errors allowed in 30 days are used up within 5 days",
  },
];

/** Slower than half a second, by the bucket that the objective names. */
const latencyCase: AlertCase = {
  alert: "SloBurnFast",
  file: "slo-relaycore-latency",
  series: {
    [`http_request_duration_seconds_bucket{${relaycore},le="0.5"}`]: counter(
      [60, good],
      [600, 100],
    ),
    [`http_request_duration_seconds_count{${relaycore}}`]: counter([660, good]),
  },
  silentAt: "1h30m",
  firesAt: "1h31m",
  told: ["critical", "relaycore"],
  labels: labelsOf("relaycore", "relaycore", "latency"),
  summary:
    "relaycore promises 95 % of requests that are answered within 0.5 s: at this rate the errors allowed in 30 days are used up within 5 days",
};

const slowCases: readonly AlertCase[] = [
  {
    alert: "SloBurnSlow",
    file: "slo-automatrix-api-workflows",
    series: {
      [`workflow_executions_total{${scraped("automatrix-api")},status="completed"}`]: counter(
        [60, 100],
        [3000, 90],
      ),
      [`workflow_executions_total{${scraped("automatrix-api")},status="failed"}`]: counter(
        [60, 0],
        [3000, 10],
      ),
    },
    silentAt: "1h6m",
    firesAt: "1h7m",
    told: ["warning", "automatrix"],
    labels: labelsOf("automatrix", "automatrix-api", "workflows"),
    summary:
      "automatrix-api promises 99 % of workflows that end well: at this rate it will not keep that over 30 days",
  },
  {
    alert: "SloBurnSlow",
    file: "slo-neuroweaver-api-inference-speed",
    series: {
      [`neuroweaver_inference_duration_seconds_bucket{${scraped("neuroweaver-api")},model_id="m",le="2.5"}`]:
        counter([60, 100], [3000, 60]),
      [`neuroweaver_inference_duration_seconds_count{${scraped("neuroweaver-api")},model_id="m"}`]:
        counter([3060, 100]),
    },
    silentAt: "1h8m",
    firesAt: "1h9m",
    told: ["warning", "neuroweaver"],
    labels: labelsOf("neuroweaver", "neuroweaver-api", "inference-speed"),
    summary:
      "neuroweaver-api promises 95 % of answers of models within 2.5 seconds: at this rate it will not keep that over 30 days",
  },
  {
    alert: "SloBudgetExhausted",
    file: "slo-relaycore-availability",
    series: failing(
      "http_requests_total",
      `${relaycore},status_code="200"`,
      `${relaycore},status_code="503"`,
    ),
    silentAt: "2h2m",
    firesAt: "2h3m",
    told: ["warning", "relaycore"],
    labels: labelsOf("relaycore", "relaycore", "availability"),
    summary:
      "relaycore has broken its promise of 99.95 % of requests that are answered without an error of the server over the last 30 days",
  },
  {
    alert: "SloNoData",
    file: "slo-relaycore-availability",
    series: {
      [`http_requests_total{${relaycore},status_code="200"}`]: `${counter([30, 10])} stale`,
    },
    silentAt: "48m",
    firesAt: "49m",
    told: ["warning", "relaycore"],
    labels: labelsOf("relaycore", "relaycore", "availability"),
    summary:
      "Nobody knows whether relaycore keeps its promise of 99.95 % of requests that are answered without an error of the server: the service gives no such metric",
  },
];

/** What services promise, under the names that they really use. */
export const objectiveCases: readonly AlertCase[] = [...fastCases, latencyCase, ...slowCases];
