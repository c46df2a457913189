import { expect } from "chai";
import { parse } from "yaml";
import { cloudWatchMetrics } from "../../../components/observability-rules";
import { observabilityPods } from "../../../components/observability-stack";
import { args, type Given, inputsOf, small, valuesOf } from "./fixture";

describe("Traces and logs of the stack", () => {
  const configurationOf = async (name: string) =>
    (await valuesOf(name))["alternateConfig"] as {
      processors: Record<string, Record<string, unknown>>;
      service: {
        pipelines: Record<
          string,
          { receivers: string[]; processors?: string[]; exporters: string[] }
        >;
      };
    };

  it("wait on the node's disk alone until they are taken", async () => {
    const { exporters, receivers } = (await valuesOf("otel-agent"))["alternateConfig"] as Record<
      string,
      Record<string, Record<string, unknown>>
    >;
    for (const name of ["otlphttp/loki", "loadbalancing"]) {
      expect(exporters![name]).to.have.nested.property("sending_queue.storage", "file_storage");
      expect(exporters![name]).to.have.nested.property("retry_on_failure.max_elapsed_time", "0s");
    }
    // The queue in memory behind it would take them from the disk before they are sent.
    for (const part of ["sending_queue", "retry_on_failure"])
      expect(exporters!["loadbalancing"]).to.have.nested.property(
        `protocol.otlp.${part}.enabled`,
        false,
      );
    expect(receivers!["filelog"]).to.deep.equal({
      start_at: "beginning",
      retry_on_failure: { enabled: true, max_elapsed_time: "0s" },
    });
    expect(await valuesOf("otel-agent")).to.have.deep.nested.property("command.extraArgs", [
      "--feature-gates=stanza.synchronousLogEmitter",
    ]);
  });

  it("are counted by collectors under one name, whichever format Prometheus asks for", async () => {
    for (const name of ["otel-agent", "otel-gateway"])
      expect(await valuesOf(name)).to.have.nested.property(
        "alternateConfig.service.telemetry.metrics.readers[0].pull.exporter.prometheus.without_type_suffix",
        false,
      );
  });

  it("are measured by service: pods of one service would be one series with as many values", async () => {
    const { connectors } = (await valuesOf("otel-gateway"))["alternateConfig"] as {
      connectors: object;
    };
    expect(connectors).to.have.deep.nested.property("spanmetrics.resource_metrics_key_attributes", [
      "service.name",
      "service.namespace",
    ]);
  });

  it("are measured before they are sampled, and every error is kept", async () => {
    const { service, processors } = await configurationOf("otel-gateway");
    const { "traces/measured": measured, "traces/kept": kept } = service.pipelines;
    expect(measured!.exporters).to.deep.equal(["spanmetrics"]);
    expect(measured!.processors).not.to.include("tail_sampling");
    expect(kept!.processors).to.deep.equal(["memory_limiter", "tail_sampling", "batch"]);
    const { policies } = processors["tail_sampling"] as { policies: { name: string }[] };
    expect(policies.map(({ name }) => name)).to.deep.equal([
      "errors",
      "slow",
      "some-of-shop",
      "some-of-all",
    ]);
  });

  it("are labelled by what the catalogue says, and lines are found by few labels", async () => {
    const loki = (await valuesOf("loki")) as {
      loki: {
        limits_config: { otlp_config: { resource_attributes: object }; retention_period: string };
      };
    };
    expect(loki.loki.limits_config.retention_period).to.equal("744h");
    expect(loki.loki.limits_config.otlp_config.resource_attributes).to.deep.equal({
      ignore_defaults: true,
      attributes_config: [
        {
          action: "index_label",
          attributes: [
            "cluster",
            "service.name",
            "service.namespace",
            "k8s.namespace.name",
            "k8s.container.name",
            "team",
          ],
        },
      ],
    });
  });
});

describe("What Prometheus of the stack reads", () => {
  it("is read by the pods of the job, under its name, with the application's own labels", async () => {
    const { spec } = (await inputsOf("PodMonitor", "watch-monitor-shop")) as {
      spec: { podMetricsEndpoints: { relabelings: object[] }[] };
    };
    expect(spec).to.deep.include({
      namespaceSelector: { matchNames: ["shop"] },
      selector: { matchLabels: { "app.kubernetes.io/name": "shop" } },
    });
    expect(spec.podMetricsEndpoints[0]!.relabelings).to.deep.equal([
      { action: "replace", targetLabel: "job", replacement: "shop" },
      { action: "replace", targetLabel: "service", replacement: "shop" },
      { action: "replace", targetLabel: "team", replacement: "shop" },
      { action: "labeldrop", regex: "endpoint" },
    ]);
  });

  it("keeps what tells of other pods under their names, and of it only what is asked for", async () => {
    const port = 9003;
    const given = { namespace: "costs", podLabels: { app: "costs" }, port };
    const only = ["node_cpu_hourly_cost", "pv_hourly_cost"];
    const targets = { ...args.targets, costs: { ...given, honorLabels: true, only } };
    const { spec } = (await inputsOf("PodMonitor", "watch-monitor-costs", {
      ...args,
      targets,
    })) as {
      spec: { podMetricsEndpoints: object[] };
    };
    expect(spec.podMetricsEndpoints[0]).to.deep.include({
      honorLabels: true,
      metricRelabelings: [
        {
          action: "keep",
          sourceLabels: ["__name__"],
          regex: "node_cpu_hourly_cost|pv_hourly_cost",
        },
      ],
    });
    const other = (await inputsOf("PodMonitor", "watch-monitor-shop")) as { spec: typeof spec };
    expect(other.spec.podMetricsEndpoints[0]).not.to.have.any.keys(
      "honorLabels",
      "metricRelabelings",
    );
  });

  it("asks public pages by TLS, and takes no other answer", async () => {
    const { spec } = await inputsOf("Probe", "watch-probe-shop-health");
    expect(spec).to.deep.include({
      jobName: "public-endpoints",
      module: "http_200",
      targets: {
        staticConfig: {
          static: ["https://shop.example.com/health"],
          labels: { service: "shop" },
        },
      },
    });
    const blackbox = await valuesOf("blackbox-exporter");
    expect(blackbox).to.have.nested.property("config.modules.http_200.http.fail_if_not_ssl", true);
  });

  it("is all that it may open connections to", async () => {
    const { spec } = (await inputsOf("NetworkPolicy", "watch-policy-prometheus")) as {
      spec: { egress: { to: object[]; ports: { port: number }[] }[] };
    };
    const to = (namespace: string, labels: object) => ({
      namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": namespace } },
      podSelector: { matchLabels: labels },
    });
    const targets = spec.egress.filter(
      ({ to: [first] }) => first !== undefined && "podSelector" in first,
    );
    expect(targets).to.deep.include({
      to: [to("shop", { "app.kubernetes.io/name": "shop" })],
      ports: [{ protocol: "TCP", port: 8000 }],
    });
    // DNS, 15 parts of the stack, and the two that were given.
    expect(targets).to.have.length(1 + 15 + 2);
  });
});

describe("What the CloudWatch exporter asks for", () => {
  it("is what rules and dashboards need and nothing else, of what carries the environment's tag", async () => {
    const { config } = (await valuesOf("cloudwatch-exporter")) as { config: string };
    const { discovery, customNamespace } = parse(config) as {
      discovery: { jobs: (Job & { type: string; searchTags: object[] })[] };
      customNamespace: (Job & { namespace: string; length: number; roundingPeriod: number })[];
    };
    const asked = [
      ...discovery.jobs.flatMap((job) => seriesOf(job.type, job)),
      ...customNamespace.flatMap((job) => seriesOf(job.namespace, job)),
    ];
    const needed = cloudWatchMetrics.map(({ namespace, metric, statistic }) =>
      [namespace, metric, statistic].join(" "),
    );
    expect(asked).to.have.members(needed);
    for (const { searchTags } of discovery.jobs)
      expect(searchTags).to.deep.equal([{ key: "environment", value: "^test$" }]);
    for (const { length, roundingPeriod } of customNamespace)
      expect([length, roundingPeriod]).to.deep.equal([8 * 86_400, 300]);
  });
});

interface Job {
  metrics: { name: string; statistics: string[] }[];
}

function seriesOf(namespace: string, { metrics }: Job): string[] {
  return metrics.flatMap(({ name, statistics }) =>
    statistics.map((statistic) => `${namespace} ${name} ${statistic}`),
  );
}

describe("The pods of the stack", () => {
  it("are counted as they are asked for, for whoever looks for room", () => {
    const sum = (given: Given) =>
      observabilityPods(given).reduce(
        ({ pods, cpu, memory }, pod) => ({
          pods: pods + 1,
          cpu: cpu + pod.cpu,
          memory: memory + pod.memory / 2 ** 20,
        }),
        { pods: 0, cpu: 0, memory: 0 },
      );
    expect(sum(args)).to.deep.equal({ pods: 19, cpu: 4700, memory: 22720 });
    expect(sum(small).pods).to.equal(10);
  });
});
