import { expect } from "chai";
import { chartConfiguration } from "../../../../tools/drill/telemetry/chart";
import { drawPlaces, place } from "../../../../tools/drill/telemetry/places";

const own = {
  receivers: { otlp: {}, filelog: { start_at: "beginning" } },
  processors: { k8sattributes: { auth_type: "serviceAccount" } },
  exporters: { loadbalancing: { resolver: { dns: { hostname: "gateways", port: "4317" } } } },
  service: {
    extensions: ["health_check"],
    pipelines: { logs: { receivers: ["otlp"], processors: ["k8sattributes"], exporters: [] } },
  },
};

describe("What the chart makes of a collector's values", () => {
  it("is our own settings over its preset, with newer names everywhere", () => {
    const made = chartConfiguration({
      alternateConfig: own,
      presets: { logsCollection: { enabled: true } },
    });
    expect(made).to.have.nested.property("receivers.file_log.start_at", "beginning");
    expect(made).to.have.nested.property("receivers.file_log.storage", "file_storage");
    expect(made["service"]).to.deep.equal({
      extensions: ["health_check", "file_storage"],
      pipelines: {
        logs: { receivers: ["otlp", "file_log"], processors: ["k8s_attributes"], exporters: [] },
      },
    });
  });

  it("is our own alone without the preset", () => {
    expect(chartConfiguration({ alternateConfig: own })).to.have.nested.property(
      "receivers.file_log",
    );
    expect(chartConfiguration({ alternateConfig: own })).not.to.have.property("extensions");
  });
});

describe("A planned configuration on this machine", () => {
  const planned = {
    agent: chartConfiguration({ alternateConfig: own }),
    agentArguments: [],
    gateway: { exporters: { to: { endpoint: "jaeger.tracing.svc.cluster.local:4317" } } },
    gateways: 2,
    jaeger: { endpoint: "0.0.0.0:4317", folder: "/badger/keys" },
    indexLabels: [],
    agentRules: [],
  };

  it("differs in addresses and folders, and in how the agent finds gateways", () => {
    const places = drawPlaces("/tmp/drill", 2);
    const { agent, gateway, jaeger } = place(planned, places);
    expect(agent).to.have.deep.nested.property("exporters.loadbalancing.resolver", {
      static: { hostnames: places.gateways.map((address) => `${address}:4317`) },
    });
    expect(agent).to.have.nested.property("processors.k8s_attributes.auth_type", "kubeConfig");
    expect(gateway).to.deep.equal({ exporters: { to: { endpoint: `${places.jaeger}:4317` } } });
    expect(jaeger).to.deep.equal({
      endpoint: `${places.jaeger}:4317`,
      folder: "/tmp/drill/jaeger-disk/keys",
    });
  });

  it("is refused where the plan is not what the drill changes", () => {
    const places = drawPlaces("/tmp/drill", 2);
    const otherwise = { ...own, exporters: { loadbalancing: { resolver: { k8s: {} } } } };
    const changed = { ...planned, agent: chartConfiguration({ alternateConfig: otherwise }) };
    expect(() => place(changed, places)).to.throw(
      "the agent is not planned to find gateways by DNS",
    );
  });
});
