import * as k8s from "@pulumi/kubernetes";
import { expect } from "chai";
import { ArgsError } from "../../../components/shared/args-error";
import { charts, images } from "../../../components/shared/versions";
import {
  EventDrivenAutoscaler,
  type EventDrivenAutoscalerArgs,
} from "../../../components/event-driven-autoscaler";
import { knownValues, unknownKeys } from "../../support/chart-values";
import { startOfflineEngine } from "../../support/engine";

const digest = `sha256:${"0".repeat(64)}`;
const args: EventDrivenAutoscalerArgs = {
  namespaces: ["shop", "desk"],
  network: { clusterSubnetCidrs: ["10.0.64.0/24"], endpointSubnetCidrs: ["10.0.65.0/24"] },
  brokerSubnetCidrs: ["10.0.66.0/24"],
  chart: charts.keda,
  images: {
    operator: { ...images.kedaOperator, digest },
    metricsAdapter: images.kedaMetricsAdapter,
    webhooks: images.kedaWebhooks,
  },
};

async function register(given = args, mode: "known" | "unknown" = "known") {
  const engine = await startOfflineEngine({ mode });
  const cluster = new k8s.Provider("cluster", { kubeconfig: "{}" });
  new EventDrivenAutoscaler("scaling", given, { providers: [cluster] });
  await engine.settle();
  return engine.registrations.filter(({ name }) => name !== "cluster");
}

async function inputsOf(type: string, name: string, given = args) {
  const found = (await register(given)).find(
    (each) => each.name === name && each.type.endsWith(`:${type}`),
  );
  return found?.inputs ?? {};
}

async function valuesOf(given = args) {
  return (await inputsOf("Release", "scaling-keda", given))["values"] as Record<string, object>;
}

const tcp = (port: number) => [{ protocol: "TCP", port }];
const addresses = (...cidrs: string[]) => cidrs.map((cidr) => ({ ipBlock: { cidr } }));
const pods = (namespace: string, labels: object) => [
  {
    namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": namespace } },
    podSelector: { matchLabels: labels },
  },
];
const apiServer = {
  to: addresses("10.0.64.0/24", "10.100.0.1/32", "172.20.0.1/32"),
  ports: tcp(443),
};
const scrape = {
  from: pods("monitoring", { "app.kubernetes.io/name": "prometheus" }),
  ports: tcp(8080),
};
const fromApiServer = (port: number) => ({ from: addresses("10.0.64.0/24"), ports: tcp(port) });

describe("EventDrivenAutoscaler", () => {
  for (const mode of ["known", "unknown"] as const)
    it(`registers a closed namespace, its policies, then the release (${mode} values)`, async () => {
      const registrations = await register(args, mode);
      const policy = "kubernetes:networking.k8s.io/v1:NetworkPolicy";
      expect(registrations.map(({ type, name }) => [type, name])).to.have.deep.members([
        ["platform:scaling:EventDrivenAutoscaler", "scaling"],
        ["kubernetes:core/v1:Namespace", "scaling-keda"],
        [policy, "scaling-keda-default-deny"],
        [policy, "scaling-keda-allow-dns"],
        [policy, "scaling-policy-keda-operator"],
        [policy, "scaling-policy-keda-metrics-adapter"],
        [policy, "scaling-policy-keda-admission-webhooks"],
        ["kubernetes:helm.sh/v3:Release", "scaling-keda"],
      ]);
      const release = registrations.find(({ type }) => type.endsWith(":Release"));
      const policies = registrations.filter(({ type }) => type === policy);
      expect(release?.dependencies).to.include.members(policies.map(({ urn }) => urn));
    });

  it("installs one exact chart with pinned images, whole or not at all", async () => {
    const release = await inputsOf("Release", "scaling-keda");
    expect(release).to.include({ chart: "keda", version: "2.20.2", atomic: true });
    expect(release["repositoryOpts"]).to.deep.equal({ repo: "https://kedacore.github.io/charts" });
    expect((await valuesOf())["image"]).to.deep.equal({
      keda: { registry: "ghcr.io", repository: "kedacore/keda", tag: `2.20.2@${digest}` },
      metricsApiServer: {
        registry: "ghcr.io",
        repository: "kedacore/keda-metrics-apiserver",
        tag: "2.20.2",
      },
      webhooks: {
        registry: "ghcr.io",
        repository: "kedacore/keda-admission-webhooks",
        tag: "2.20.2",
      },
      pullPolicy: "IfNotPresent",
    });
  });

  it("has its rights in the services' namespaces, and over Rollouts of all that has a scale", async () => {
    const values = await valuesOf();
    expect(values).to.include({ watchNamespace: "shop,desk" });
    expect(values["rbac"]).to.deep.equal({
      scaledRefKinds: [{ apiGroup: "argoproj.io", kind: "rollouts" }],
      aggregateToDefaultRoles: false,
    });
    expect(values).to.have.nested.include({
      "permissions.operator.restrict.allowAllServiceAccountTokenCreation": false,
      "permissions.metricServer.restrict.secret": true,
    });
    expect(values).not.to.have.property("podIdentity");
  });

  it("runs twice over zones without rights, and once where that is asked", async () => {
    const values = await valuesOf();
    for (const [part, pdb, security] of [
      ["operator", "operator", "operator"],
      ["metricsServer", "metricServer", "metricServer"],
      ["webhooks", "webhooks", "webhooks"],
    ] as const) {
      expect(values[part]).to.include({ replicaCount: 2 });
      expect(values["podDisruptionBudget"]).to.deep.include({ [pdb]: { minAvailable: 1 } });
      expect(values["securityContext"]).to.deep.include({
        [security]: {
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ["ALL"] },
          seccompProfile: { type: "RuntimeDefault" },
        },
      });
    }
    const single = await valuesOf({ ...args, replicas: 1 });
    expect(single["operator"]).to.include({ replicaCount: 1 });
    // A budget of one for one pod would hold up every drain.
    expect(single["podDisruptionBudget"]).to.deep.include({ operator: {} });
  });

  it("lets the operator ask Prometheus and the broker, and be asked by the adapter", async () => {
    const { spec } = await inputsOf("NetworkPolicy", "scaling-policy-keda-operator");
    const { ingress, egress } = spec as { ingress: object[]; egress: object[] };
    expect(ingress).to.deep.equal([
      scrape,
      { from: pods("keda", { app: "keda-operator-metrics-apiserver" }), ports: tcp(9666) },
    ]);
    expect(egress.slice(1)).to.deep.equal([
      apiServer,
      { to: pods("monitoring", { "app.kubernetes.io/name": "prometheus" }), ports: tcp(9090) },
      { to: addresses("10.0.66.0/24"), ports: tcp(5671) },
    ]);
    const noBroker = { ...args, brokerSubnetCidrs: [] };
    const alone = await inputsOf("NetworkPolicy", "scaling-policy-keda-operator", noBroker);
    expect((alone["spec"] as { egress: object[] }).egress).to.have.lengthOf(3);
  });

  it("lets the API server call adapter and webhooks, which reach nothing else", async () => {
    const adapter = await inputsOf("NetworkPolicy", "scaling-policy-keda-metrics-adapter");
    const adapterSpec = adapter["spec"] as { ingress: object[]; egress: object[] };
    expect(adapterSpec.ingress).to.deep.equal([fromApiServer(6443), scrape]);
    expect(adapterSpec.egress.slice(1)).to.deep.equal([
      apiServer,
      { to: pods("keda", { app: "keda-operator" }), ports: tcp(9666) },
    ]);
    const webhooks = await inputsOf("NetworkPolicy", "scaling-policy-keda-admission-webhooks");
    const webhookSpec = webhooks["spec"] as { ingress: object[]; egress: object[] };
    expect(webhookSpec.ingress).to.deep.equal([fromApiServer(9443), scrape]);
    expect(webhookSpec.egress.slice(1)).to.deep.equal([apiServer]);
  });

  it("sets only values that the chart has", async function () {
    const known = knownValues("keda");
    if (known === undefined) this.skip();
    expect(unknownKeys(await valuesOf(), known)).to.deep.equal([]);
  });

  it("refuses every problem at once, and registers nothing", async () => {
    const engine = await startOfflineEngine({ mode: "known" });
    let problems: readonly string[] = [];
    try {
      new EventDrivenAutoscaler("scaling", {
        namespaces: ["shop", "desk,kube-system"],
        network: { clusterSubnetCidrs: [], endpointSubnetCidrs: [] },
        brokerSubnetCidrs: ["10.0.66.0/33"],
        chart: { repository: "charts", version: "^2.20.0" },
        images: {
          operator: { repository: "keda", tag: "latest" },
          metricsAdapter: { ...images.kedaMetricsAdapter, digest: "sha256:1" },
          webhooks: images.kedaWebhooks,
        },
        replicas: 0,
      });
    } catch (error) {
      if (error instanceof ArgsError) problems = error.problems;
    }
    await engine.settle();
    expect(problems).to.deep.equal([
      'namespaces: got "desk,kube-system", need the name of a namespace',
      "network.clusterSubnetCidrs: got none, need those that the API server answers from",
      'brokerSubnetCidrs: got "10.0.66.0/33", need an IPv4 range such as 10.0.0.0/16',
      'chart.repository: got "charts", need an https:// repository, an oci:// path or a local folder',
      'chart.version: got "^2.20.0", need an exact version',
      'images.operator.repository: got "keda", need host and path',
      'images.operator.tag: got "latest", need an exact version, such as 1.2.3',
      'images.metricsAdapter.digest: got "sha256:1", need sha256: and 64 hexadecimal digits',
      "replicas: got 0, need 1 to 3",
    ]);
    expect(engine.registrations).to.deep.equal([]);
  });
});

describe("the example of EventDrivenAutoscaler", () => {
  it("runs by itself, every object with the provider of its cluster", async () => {
    const engine = await startOfflineEngine({ config: { "auterity:kubeconfig": "{}" } });
    await import("../../../examples/event-driven-autoscaler/index.js");
    await engine.settle();
    const objects = engine.registrations.filter(({ type }) => type.startsWith("kubernetes:"));
    expect(objects.map(({ type }) => type)).to.include("kubernetes:keda.sh/v1alpha1:ScaledObject");
    expect(new Set(objects.map(({ provider }) => provider.split("::")[3]))).to.deep.equal(
      new Set(["cluster"]),
    );
  });
});
