import { expect } from "chai";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { PlatformService, type PlatformServiceArgs } from "../../components/platform-service";
import type { ServiceRecord } from "../../components/shared/service-record";
import { startOfflineEngine, valueOf, type Registration } from "../support/engine";
import { api, without } from "./platform-service-fixture";
import { image, template, type Json } from "./platform-service-manifests";

/** The shop's API as one that only others of the platform call. */
const inside: ServiceRecord = {
  ...without(api, "exposure"),
  criticalPaths: [],
  rollout: "blue-green",
};

async function register(
  record: ServiceRecord,
  change: Partial<PlatformServiceArgs> & { mode?: "known" | "unknown" } = {},
): Promise<readonly Registration[]> {
  const { mode = "known", ...args } = change;
  const engine = await startOfflineEngine({ mode });
  new PlatformService("unit", { record, image, namespace: "shop", zones: 3, ...args });
  await engine.settle();
  return engine.registrations;
}

async function inputsOf(name: string, record = inside): Promise<Json> {
  const found = (await register(record)).find(
    (registration) => registration.name === name && registration.custom,
  );
  if (found === undefined) throw new Error(`no ${name}`);
  return found.inputs;
}

const argo = "kubernetes:argoproj.io/v1alpha1";
const labels = {
  "app.kubernetes.io/name": "shop-api",
  "app.kubernetes.io/part-of": "shop",
  "app.kubernetes.io/component": "api",
  "app.kubernetes.io/managed-by": "pulumi",
  "auterity.io/team": "checkout",
  "auterity.io/tier": "critical",
};
const pods = 'namespace="shop",pod=~"shop-api-{{args.pods}}-.*"';

describe("A PlatformService that is released blue-green", () => {
  for (const mode of ["known", "unknown"] as const)
    it(`is exactly these, with computed values ${mode}`, async () => {
      const registrations = await register(inside, { mode });
      expect(registrations.map(({ type, name }) => `${type} ${name}`).sort()).to.deep.equal([
        `${argo}:AnalysisTemplate unit-analysis-active`,
        `${argo}:AnalysisTemplate unit-analysis-preview`,
        `${argo}:Rollout unit`,
        "kubernetes:core/v1:Service unit-preview-service",
        "kubernetes:core/v1:Service unit-service",
        "kubernetes:core/v1:ServiceAccount unit-account",
        "kubernetes:policy/v1:PodDisruptionBudget unit-disruption-budget",
        "platform:services:PlatformService unit",
      ]);
    });

  it("starts a whole set of pods, judges it, moves traffic at once, judges again, and goes back by itself", async () => {
    const { metadata, spec } = (await inputsOf("unit")) as { metadata: Json; spec: Json };
    expect(metadata).to.deep.equal({
      name: "shop-api",
      namespace: "shop",
      labels: { ...labels, "app.kubernetes.io/version": "1.4.2" },
      annotations: { "pulumi.com/waitFor": "jsonpath={.status.phase}=Healthy" },
    });
    const newest = [{ name: "pods", valueFrom: { podTemplateHashValue: "Latest" } }];
    expect({ ...spec, template: {} }).to.deep.equal({
      template: {},
      replicas: 3,
      selector: { matchLabels: { "app.kubernetes.io/name": "shop-api" } },
      minReadySeconds: 10,
      // The longer analysis takes 600, and counts as no progress.
      progressDeadlineSeconds: 900,
      progressDeadlineAbort: true,
      revisionHistoryLimit: 3,
      rollbackWindow: { revisions: 1 },
      analysis: { successfulRunHistoryLimit: 3, unsuccessfulRunHistoryLimit: 5 },
      strategy: {
        blueGreen: {
          activeService: "shop-api",
          previewService: "shop-api-preview",
          autoPromotionEnabled: true,
          prePromotionAnalysis: { templates: [{ templateName: "shop-api-preview" }], args: newest },
          postPromotionAnalysis: { templates: [{ templateName: "shop-api-active" }], args: newest },
          scaleDownDelaySeconds: 900,
          scaleDownDelayRevisionLimit: 1,
          abortScaleDownDelaySeconds: 300,
        },
      },
    });
  });

  it("has the pods of a rolling one, told apart by the label that Argo Rollouts gives them", async () => {
    const { spec } = (await inputsOf("unit")) as { spec: { template: Json } };
    const rolling = await template({ ...inside, rollout: "rolling" });
    const text = JSON.stringify(rolling).replaceAll(
      '"pod-template-hash"',
      '"rollouts-pod-template-hash"',
    );
    expect(JSON.stringify(spec.template)).to.equal(text).and.contain("rollouts-pod-template-hash");
  });

  it("keeps the old pods as long as connections may stay open, if that is longer", async () => {
    const { spec } = (await inputsOf("unit", { ...inside, shutdownSeconds: 500 })) as {
      spec: { strategy: { blueGreen: Json } };
    };
    expect(spec.strategy.blueGreen["scaleDownDelaySeconds"]).to.equal(900);
    const slow = { ...inside, probes: { ...inside.probes, startupSeconds: 1200 } };
    const rollout = (await inputsOf("unit", slow)) as { spec: Json };
    expect(rollout.spec["progressDeadlineSeconds"]).to.equal(1800);
  });

  it("is judged by the service's own metrics: errors and latency, of its newest pods, with enough requests", async () => {
    const measured = (count: number, name: string, [query, atMost]: [string, number]) => ({
      name,
      initialDelay: "120s",
      interval: "120s",
      count,
      failureLimit: 1,
      inconclusiveLimit: 1,
      consecutiveErrorLimit: 4,
      successCondition: `len(result) > 0 && result[0] <= ${atMost}`,
      failureCondition: `len(result) > 0 && result[0] > ${atMost}`,
      provider: {
        prometheus: { address: "http://prometheus.monitoring.svc.cluster.local:9090", query },
      },
    });
    for (const [stage, count] of [
      ["preview", 3],
      ["active", 5],
    ] as const) {
      const { metadata, spec } = (await inputsOf(`unit-analysis-${stage}`)) as Record<string, Json>;
      expect(metadata).to.deep.equal({ name: `shop-api-${stage}`, namespace: "shop", labels });
      expect(spec).to.deep.equal({
        args: [{ name: "pods" }],
        metrics: [
          measured(count, "error-ratio", [
            `((sum(rate(http_requests_total{${pods},status=~"5.."}[120s])) or vector(0)) / sum(rate(http_requests_total{${pods}}[120s]))) and on() (sum(increase(http_requests_total{${pods}}[120s])) >= 20)`,
            0.0144,
          ]),
          measured(count, "latency-p95", [
            `histogram_quantile(0.95, sum by (le) (rate(http_request_duration_seconds_bucket{${pods}}[120s]))) and on() (sum(increase(http_request_duration_seconds_count{${pods}}[120s])) >= 20)`,
            0.5,
          ]),
        ],
      });
    }
  });

  it("is judged by errors alone where it promises no latency, under the label that it has", async () => {
    const { slo } = inside;
    if (slo === undefined) throw new Error("no objective");
    const { latency, ...plain } = slo;
    expect(latency).to.not.equal(undefined);
    const metrics = { requests: "neuro_requests", statusLabel: "code", duration: "neuro_seconds" };
    const { spec } = (await inputsOf("unit-analysis-active", {
      ...inside,
      exposes: [
        { name: metrics.requests, kind: "counter", labels: ["code"] },
        { name: metrics.duration, kind: "histogram", labels: [], buckets: [1] },
      ],
      slo: { ...plain, metrics },
    })) as { spec: { metrics: { name: string; provider: { prometheus: { query: string } } }[] } };
    expect(spec.metrics.map(({ name }) => name)).to.deep.equal(["error-ratio"]);
    expect(spec.metrics[0]?.provider.prometheus.query).to.contain(`neuro_requests{${pods},code=~`);
  });

  it("leaves the selectors of both Services, and the replicas, to the controllers", async () => {
    const registrations = await register(inside);
    const ignored = registrations
      .filter(({ ignoreChanges }) => ignoreChanges.length > 0)
      .map(({ name, ignoreChanges }) => [name, ...ignoreChanges]);
    expect(ignored).to.have.deep.members([
      ["unit-service", "spec.selector"],
      ["unit-preview-service", "spec.selector"],
      ["unit", "spec.replicas"],
    ]);
    const preview = registrations.find(({ name }) => name === "unit-preview-service");
    expect(preview?.inputs["metadata"]).to.deep.equal({
      name: "shop-api-preview",
      namespace: "shop",
      labels,
    });
  });

  it("lets pods go by number: a percentage would count both sets", async () => {
    const { spec } = (await inputsOf("unit-disruption-budget")) as { spec: Json };
    expect(spec["maxUnavailable"]).to.equal(1);
  });

  it("tells autoscalers what to scale", async () => {
    const engine = await startOfflineEngine();
    const { workload, workloadName } = new PlatformService("unit", {
      ...{ record: inside, image, namespace: "shop", zones: 3 },
    });
    expect(workload).to.deep.equal({
      apiVersion: "argoproj.io/v1alpha1",
      kind: "Rollout",
      name: "shop-api",
    });
    expect(await valueOf(workloadName)).to.equal("shop-api");
    await engine.settle();
  });

  it("refuses a Prometheus that is no address", async () => {
    const engine = await startOfflineEngine();
    const prometheusAddress = "prometheus:9090";
    expect(
      () =>
        new PlatformService("unit", {
          ...{ record: inside, image, namespace: "shop", zones: 3, prometheusAddress },
        }),
    ).to.throw(
      'prometheusAddress: got "prometheus:9090", need http:// or https://, a host and a port',
    );
    await engine.settle();
  });

  interface Schema {
    readonly properties?: Readonly<Record<string, Schema>>;
    readonly additionalProperties?: Schema;
    readonly items?: Schema;
    readonly required?: readonly string[];
    readonly type?: string;
  }
  /** Unknown and missing fields, as strict validation of the API server finds them. */
  function misfits(value: unknown, schema: Schema | undefined, path: string): string[] {
    if (Array.isArray(value))
      return value.flatMap((item, index) => misfits(item, schema?.items, `${path}[${index}]`));
    if (typeof value !== "object" || value === null) {
      const wanted = schema?.type === "integer" ? "number" : schema?.type;
      return wanted === undefined || typeof value === wanted ? [] : [`${path}: ${typeof value}`];
    }
    const { properties, additionalProperties, required = [] } = schema ?? {};
    const missing = required.filter((key) => !(key in value)).map((key) => `${path}.${key} lacks`);
    const inner = Object.entries(value).flatMap(([key, below]) => {
      if (properties === undefined) return misfits(below, additionalProperties, `${path}.${key}`);
      const known = properties[key];
      return known === undefined ? [`${path}.${key}`] : misfits(below, known, `${path}.${key}`);
    });
    return [...missing, ...inner];
  }

  for (const [kind, name] of [
    ["rollouts", "unit"],
    ["analysistemplates", "unit-analysis-active"],
  ] as const)
    it(`is of fields that the definition of ${kind} has`, async function () {
      const charts = process.env["AUTERITY_CHARTS"] ?? "";
      const file = join(charts, "argo-rollouts", "crds", `${kind}.argoproj.io.yaml`);
      if (charts === "" || !existsSync(file)) {
        console.warn("      NOT CHECKED against the definitions: AUTERITY_CHARTS names no charts");
        this.skip();
      }
      const { spec } = parse(readFileSync(file, "utf8")) as {
        spec: { versions: { schema: { openAPIV3Schema: Schema } }[] };
      };
      const schema = spec.versions[0]?.schema.openAPIV3Schema.properties?.["spec"];
      const inputs = await inputsOf(name);
      expect(misfits(inputs["spec"], schema, "spec")).to.deep.equal([]);
      expect(misfits({ replcas: 1 }, schema, "spec")).to.include("spec.replcas");
    });
});
