import { expect } from "chai";
import { parseEnvironment } from "../../stacks/environment";
import { monitoredControllers } from "../../stacks/monitored-controllers";
import { telemetrySettings } from "../../stacks/observability";
import { services } from "../../stacks/services";
import { controllers } from "../../tools/drill/segmentation/controllers";
import { changed, rawOf } from "../support/stack-file";

const prod = parseEnvironment("prod", rawOf("prod"));
const stack = ["monitoring", "logging", "tracing", "node-agents"];

describe("The controllers that Prometheus reads", () => {
  it("are all that the drill knows to have metrics, by the same labels and port", () => {
    const { targets } = monitoredControllers(prod, true);
    const declared = controllers
      .filter(
        ({ namespace, metricsPort }) => !stack.includes(namespace) && metricsPort !== undefined,
      )
      .map(({ name }) => name)
      .sort();
    expect(Object.keys(targets).sort()).to.deep.equal(declared);
    for (const [name, { namespace, podLabels, port }] of Object.entries(targets)) {
      const known = controllers.find((controller) => controller.name === name)!;
      expect([known.namespace, known.metricsPort], name).to.deep.equal([namespace, port]);
      expect(known.labels, name).to.include(podLabels);
    }
  });

  it("are those that the environment runs, and who asks Prometheus is let in", () => {
    const karpenter = parseEnvironment(
      "prod",
      changed("prod", {
        "settings.cluster.nodeAutoscaler": "karpenter",
        "settings.costs.openCost": false,
      }),
    );
    const { targets, askers } = monitoredControllers(karpenter, false);
    expect(targets).to.include.keys("karpenter");
    expect(targets).not.to.have.any.keys("cluster-autoscaler", "argo-rollouts", "opencost");
    expect(askers.map(({ namespace }) => namespace)).to.deep.equal(["keda"]);
    expect(monitoredControllers(prod, true).askers.map(({ namespace }) => namespace)).to.deep.equal(
      ["keda", "argo-rollouts", "opencost"],
    );
  });
});

describe("What a service is told of its traces", () => {
  it("is the agent of its node, and who it is in the catalogue", () => {
    const record = services.find(({ name }) => name === "relaycore")!;
    expect(telemetrySettings(prod, record)).to.include({
      OTEL_SERVICE_NAME: "relaycore",
      OTEL_EXPORTER_OTLP_ENDPOINT: "http://otel-agent.node-agents.svc.cluster.local:4317",
      OTEL_RESOURCE_ATTRIBUTES:
        "service.namespace=relaycore,service.version=unreleased,deployment.environment.name=prod,team=relaycore",
    });
  });
});
