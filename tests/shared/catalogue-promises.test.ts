import { checkCatalogue } from "../../components/shared/catalogue";
import type { ServiceRecord } from "../../components/shared/service-record";
import { api, mailer, stock, without } from "../components/platform-service-fixture";
import { itRefuses, withApi, withStock, type Case } from "./catalogue-fixture";

const slo = (change: Partial<NonNullable<ServiceRecord["slo"]>>) => ({
  slo: { availabilityPercent: 99.9, windowDays: 30, metrics: metrics(), ...change },
});
function metrics() {
  return { requests: "requests_total", statusLabel: "status", duration: "duration_seconds" };
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
    ["shop-stock.slo: got a service without port and metricsPath, need both"],
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
    ["shop-api.slo.windowDays: got 0, need 1 to 90"],
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
