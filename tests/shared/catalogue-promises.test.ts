import { checkCatalogue } from "../../components/shared/catalogue";
import type { ServiceRecord } from "../../components/shared/service-record";
import { api, mailer, stock, without } from "../components/platform-service-fixture";
import { itRefuses, withApi, withStock, type Case } from "./catalogue-fixture";

const slo = (change: Partial<NonNullable<ServiceRecord["slo"]>>) => ({
  slo: { availabilityPercent: 99.9, windowDays: 30, metrics: metrics(), ...change },
});
function metrics() {
  return {
    requests: "http_requests_total",
    statusLabel: "status",
    duration: "http_request_duration_seconds",
  };
}
const promises: Case[] = [
  [
    "tier critical without an objective",
    () => checkCatalogue([without(api, "slo"), stock, mailer]),
    ["shop-api.slo: got none in tier critical, need an objective"],
  ],
  [
    "an objective of what is not measured",
    () => withStock(slo({})),
    [
      "shop-stock.slo: got a service without port and metricsPath, need both",
      "shop-stock.slo.metrics.requests: got http_requests_total, which is not in exposes, need a metric that the service gives",
      "shop-stock.slo.metrics.duration: got http_request_duration_seconds, which is not in exposes, need a metric that the service gives",
    ],
  ],
  [
    "objectives that nothing or everything meets",
    () =>
      withApi(
        slo({ availabilityPercent: 100, latency: { thresholdSeconds: 0, targetPercent: 0 } }),
      ),
    [
      "shop-api.slo.availabilityPercent: got 100, need more than 0 and less than 100",
      "shop-api.slo.latency.thresholdSeconds: got 0, need more than 0",
      "shop-api.slo.latency.targetPercent: got 0, need more than 0 and less than 100",
    ],
  ],
  [
    "an objective over no time",
    () => withApi(slo({ windowDays: 0 })),
    ["shop-api.slo.windowDays: got 0, need 28 to 90"],
  ],
  [
    "an objective over a week, which would be called broken while it is kept",
    () => withApi(slo({ windowDays: 7 })),
    ["shop-api.slo.windowDays: got 7, need 28 to 90"],
  ],
  [
    "objectives so low that no alert could ever fire",
    () =>
      withApi(
        slo({ availabilityPercent: 90, latency: { thresholdSeconds: 0.5, targetPercent: 93 } }),
      ),
    [
      "shop-api.slo.availabilityPercent: got 90, need more than 93.06; the alert at 14.4 times the even rate could never fire: not even all requests of 1h would be enough",
      "shop-api.slo.latency.targetPercent: got 93, need more than 93.06; the alert at 14.4 times the even rate could never fire: not even all requests of 1h would be enough",
    ],
  ],
  [
    "a latency that the histogram cannot tell",
    () => withApi(slo({ latency: { thresholdSeconds: 0.4, targetPercent: 95 } })),
    [
      "shop-api.slo.latency.thresholdSeconds: got 0.4, which is no bucket of http_request_duration_seconds, need one of 0.1, 0.5, 1",
    ],
  ],
  [
    "objectives on what the service does not give",
    () =>
      withApi(
        slo({
          metrics: { ...metrics(), requests: "requests_total", statusLabel: "status_code" },
          uncounted: { label: "route", values: [] },
        }),
      ),
    [
      "shop-api.slo.metrics.requests: got requests_total, which is not in exposes, need a metric that the service gives",
      'shop-api.slo.uncounted.label: got "route", need a label of http_request_duration_seconds: method',
      "shop-api.slo.uncounted.values: got none, need at least one",
    ],
  ],
  [
    "a label of another service",
    () => withApi(slo({ metrics: { ...metrics(), statusLabel: "status_code" } })),
    [
      'shop-api.slo.metrics.statusLabel: got "status_code", need a label of http_requests_total: method, status',
    ],
  ],
  [
    "a histogram as a counter, and the other way round",
    () =>
      withApi(
        slo({
          metrics: {
            requests: "http_request_duration_seconds",
            statusLabel: "method",
            duration: "http_requests_total",
          },
        }),
      ),
    [
      "shop-api.slo.metrics.requests: got http_request_duration_seconds, a histogram, need a counter",
      "shop-api.slo.metrics.duration: got http_requests_total, a counter, need a histogram",
    ],
  ],
  [
    "further objectives with the mistakes that there are",
    () =>
      withApi(
        slo({
          further: [
            {
              name: "latency",
              title: " ",
              targetPercent: 60,
              pages: false,
              indicator: { kind: "counted", metric: "orders_total", label: "status", bad: "bad" },
            },
            {
              name: "Fast answers",
              title: "fast answers",
              targetPercent: 95,
              pages: true,
              indicator: {
                kind: "measured",
                metric: "http_request_duration_seconds",
                thresholdSeconds: 2,
              },
            },
          ],
        }),
      ),
    [
      'shop-api.slo.further: got "latency" twice, need each name once',
      "shop-api.slo.further.latency.title: got nothing, need what is promised",
      "shop-api.slo.further.latency.targetPercent: got 60, need more than 66.67; the alert at 3 times the even rate could never fire: not even all requests of 1d would be enough",
      "shop-api.slo.further.latency.metric: got orders_total, which is not in exposes, need a metric that the service gives",
      'shop-api.slo.further: got the name "Fast answers", need a DNS label',
      "shop-api.slo.further.Fast answers.thresholdSeconds: got 2, which is no bucket of http_request_duration_seconds, need one of 0.1, 0.5, 1",
    ],
  ],
  [
    "metrics that are none",
    () =>
      withApi({
        slo: undefined as never,
        exposes: [
          { name: "a-b", kind: "gauge", labels: ["x:y"] },
          { name: "b", kind: "gauge", labels: [], buckets: [1] },
          { name: "c", kind: "histogram", labels: [] },
          { name: "c", kind: "histogram", labels: [], buckets: [2, 1] },
        ],
      }),
    [
      "shop-api.exposes: got c twice, need each metric once",
      'shop-api.exposes: got "a-b", need the name of a Prometheus metric',
      'shop-api.exposes.a-b.labels: got "x:y", need the name of a Prometheus label',
      "shop-api.exposes.b.buckets: got 1 of a gauge, need bounds for a histogram alone",
      "shop-api.exposes.c.buckets: got none of a histogram, need bounds for a histogram alone",
      "shop-api.exposes.c.buckets: got 2, 1, need rising numbers",
      "shop-api.slo: got none in tier critical, need an objective",
    ],
  ],
  [
    "metrics and labels that Prometheus cannot have",
    () => withApi(slo({ metrics: { requests: "a-b", duration: "", statusLabel: "a:b" } })),
    [
      'shop-api.slo.metrics.requests: got "a-b", need the name of a Prometheus metric',
      'shop-api.slo.metrics.duration: got "", need the name of a Prometheus metric',
      'shop-api.slo.metrics.statusLabel: got "a:b", need the name of a Prometheus label',
    ],
  ],
  [
    "critical paths that cannot be checked from outside",
    () => withStock({ criticalPaths: api.criticalPaths }),
    [
      "shop-stock.criticalPaths: got paths of a service without exposure, need exposure; they are checked from outside",
    ],
  ],
  [
    "critical paths of one name, no path and no status",
    () =>
      withApi({
        criticalPaths: [
          { name: "A", method: "GET", path: "x", expectedStatus: 99 },
          { name: "A", method: "GET", path: "/", expectedStatus: 200 },
        ],
      }),
    [
      'shop-api.criticalPaths: got "A" twice, need each name once',
      'shop-api.criticalPaths: got the name "A", need a DNS label',
      'shop-api.criticalPaths.A.path: got "x", need a path that starts with /',
      "shop-api.criticalPaths.A.expectedStatus: got 99, need 100 to 599",
      'shop-api.criticalPaths: got the name "A", need a DNS label',
    ],
  ],
];

describe("A catalogue's promises", () => {
  itRefuses(promises);
});
