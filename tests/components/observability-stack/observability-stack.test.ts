import { expect } from "chai";
import { args, digest, inputsOf, register, small, valuesOf } from "./fixture";

const policy = "kubernetes:networking.k8s.io/v1:NetworkPolicy";
const release = "kubernetes:helm.sh/v3:Release";
const releases = [
  "kube-prometheus-stack",
  "loki",
  "jaeger",
  "otel-gateway",
  "otel-agent",
  "blackbox-exporter",
  "cloudwatch-exporter",
];

describe("ObservabilityStack", () => {
  for (const mode of ["known", "unknown"] as const)
    it(`registers closed namespaces, rights, then releases, then monitors (${mode} values)`, async () => {
      const registrations = await register(args, mode);
      const namespaces = ["monitoring", "logging", "tracing", "node-agents"];
      const bounded = [
        ...["prometheus", "prometheus-operator", "kube-state-metrics", "blackbox-exporter"],
        ...["cloudwatch-exporter", "alertmanager", "grafana", "loki", "otel-agent"],
        ...["otel-gateway", "jaeger", "prometheus-nodes", "alertmanager-gossip"],
      ];
      const accounts = ["alertmanager", "cloudwatch-exporter", "loki", "jaeger"];
      expect(registrations.map(({ type, name }) => [type, name])).to.have.deep.members([
        ["platform:observation:ObservabilityStack", "watch"],
        ...namespaces.map((name) => ["kubernetes:core/v1:Namespace", `watch-${name}`]),
        ...namespaces.flatMap((name) => [
          [policy, `watch-${name}-default-deny`],
          [policy, `watch-${name}-allow-dns`],
        ]),
        ...bounded.map((name) => [policy, `watch-policy-${name}`]),
        ["aws:sns/topic:Topic", "watch-heartbeat"],
        ["aws:cloudwatch/metricAlarm:MetricAlarm", "watch-alerting-silent"],
        ...accounts.flatMap((name) => [
          ["platform:services:ServiceIdentity", `watch-${name}`],
          ["aws:iam/role:Role", `watch-${name}`],
          ["aws:iam/rolePolicy:RolePolicy", `watch-${name}`],
          ["aws:eks/podIdentityAssociation:PodIdentityAssociation", `watch-${name}`],
        ]),
        ["kubernetes:rbac.authorization.k8s.io/v1:Role", "watch-dashboards"],
        ["kubernetes:rbac.authorization.k8s.io/v1:RoleBinding", "watch-dashboards"],
        ...releases.map((name) => [release, `watch-${name}`]),
        ["kubernetes:core/v1:Service", "watch-prometheus"],
        ["kubernetes:policy/v1:PodDisruptionBudget", "watch-jaeger"],
        ...["jaeger", "shop", "keda"].map((job) => [
          "kubernetes:monitoring.coreos.com/v1:PodMonitor",
          `watch-monitor-${job}`,
        ]),
        ["kubernetes:monitoring.coreos.com/v1:Probe", "watch-probe-shop-health"],
      ]);
      const first = registrations.find(({ name }) => name === "watch-kube-prometheus-stack")!;
      const policies = registrations.filter(({ type }) => type === policy);
      expect(first.dependencies).to.include.members(policies.map(({ urn }) => urn));
      // Kinds first: a monitor of a kind that is not there fails the deployment.
      for (const { type, name, dependencies } of registrations)
        if (type.includes("monitoring.coreos.com") || (type === release && name !== first.name))
          expect(dependencies, name).to.include(first.urn);
    });

  it("keeps traces on a disk, and all of it once, where that is asked", async () => {
    const types = (await register(small)).map(({ type, name }) => `${type} ${name}`);
    expect(types).to.include("kubernetes:core/v1:PersistentVolumeClaim watch-traces");
    expect(types).not.to.include("kubernetes:policy/v1:PodDisruptionBudget watch-jaeger");
    expect(types).not.to.include("aws:iam/role:Role watch-jaeger");
    const jaeger = await valuesOf("jaeger", small);
    expect(jaeger).to.have.nested.property("jaeger.strategy.type", "Recreate");
    expect(jaeger).to.have.nested.property(
      "userconfig.extensions.jaeger_storage.backends.traces.badger.ttl.spans",
      "168h",
    );
    const kps = await valuesOf("kube-prometheus-stack", small);
    expect(kps).to.have.nested.property("prometheus.podDisruptionBudget.enabled", false);
    expect(kps).to.have.nested.property("alertmanager.podDisruptionBudget.enabled", false);
  });

  it("answers as `prometheus` in `monitoring`, by the labels that policies name", async () => {
    expect(await inputsOf("Service", "watch-prometheus")).to.deep.include({
      spec: {
        selector: { "app.kubernetes.io/name": "prometheus" },
        ports: [{ name: "http", port: 9090, targetPort: 9090 }],
        sessionAffinity: "ClientIP",
      },
    });
  });

  it("lets agents alone see their node", async () => {
    for (const [namespace, profile] of [
      ["monitoring", "restricted"],
      ["logging", "restricted"],
      ["tracing", "restricted"],
      ["node-agents", "privileged"],
    ] as const) {
      const { metadata } = await inputsOf("Namespace", `watch-${namespace}`);
      expect(metadata)
        .to.have.property("labels")
        .that.includes({ "pod-security.kubernetes.io/enforce": profile });
    }
    const agent = await valuesOf("otel-agent");
    expect(agent["securityContext"]).to.deep.include({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ["ALL"] },
    });
  });

  it("runs each image at one version and digest, in the words of its chart", async () => {
    const kps = await valuesOf("kube-prometheus-stack");
    const bare = digest.slice("sha256:".length);
    expect(kps).to.have.nested.property("prometheus.prometheusSpec.image.sha", bare);
    expect(kps["kube-state-metrics"]).to.have.nested.property("image.sha", digest);
    expect(kps["prometheus-node-exporter"]).to.have.nested.property("image.digest", digest);
    expect(await valuesOf("otel-agent")).to.have.nested.property("image.digest", digest);
    expect(await valuesOf("cloudwatch-exporter")).to.have.nested.property(
      "image.tag",
      `v0.67.0@${digest}`,
    );
    for (const name of releases)
      expect(await inputsOf("Release", `watch-${name}`)).to.include({
        atomic: true,
        cleanupOnFail: true,
      });
  });
});
