import { expect } from "chai";
import { knownValues, unknownKeys } from "../../support/chart-values";
import { observabilityChartKeys } from "../../support/observability-chart-keys";
import { args, small, valuesOf } from "./fixture";

const chartOf = {
  "kube-prometheus-stack": "kube-prometheus-stack",
  loki: "loki",
  jaeger: "jaeger",
  "otel-gateway": "opentelemetry-collector",
  "otel-agent": "opentelemetry-collector",
  "blackbox-exporter": "prometheus-blackbox-exporter",
  "cloudwatch-exporter": "prometheus-yet-another-cloudwatch-exporter",
} as const;

/** Charts within kube-prometheus-stack, by the key of their values. */
const contained = {
  grafana: "grafana",
  "kube-state-metrics": "kube-state-metrics",
  "prometheus-node-exporter": "prometheus-node-exporter",
} as const;
function strange(values: object, known: unknown, taken: readonly string[] = []): readonly string[] {
  return unknownKeys(values, known).filter(
    (path) => !taken.some((key) => (key.endsWith(".") ? path.startsWith(key) : path === key)),
  );
}

describe("The values of ObservabilityStack", () => {
  for (const [size, given] of [
    ["large", args],
    ["small", small],
  ] as const)
    for (const [release, chart] of Object.entries(chartOf))
      it(`are keys of ${chart}, for ${release}, ${size}`, async function () {
        const known = knownValues(chart);
        if (known === undefined) this.skip();
        expect(
          strange(await valuesOf(release, given), known, observabilityChartKeys[chart]),
        ).to.deep.equal([]);
      });

  for (const [key, chart] of Object.entries(contained))
    it(`are keys of ${chart}, inside of the stack's chart`, async function () {
      const known = knownValues(chart);
      if (known === undefined) this.skip();
      const values = (await valuesOf("kube-prometheus-stack"))[key] as object;
      expect(strange(values, known, observabilityChartKeys[chart])).to.deep.equal([]);
    });
});
