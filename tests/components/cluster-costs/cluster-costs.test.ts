import * as k8s from "@pulumi/kubernetes";
import { expect } from "chai";
import { ClusterCosts, openCostTarget } from "../../../components/cluster-costs";
import { ArgsError } from "../../../components/shared/args-error";
import { startOfflineEngine } from "../../support/engine";
import { args, digest, inputsOf, register } from "./fixture";

describe("ClusterCosts", () => {
  for (const mode of ["known", "unknown"] as const)
    it(`registers namespace, policies and release (${mode} values)`, async () => {
      const policy = "kubernetes:networking.k8s.io/v1:NetworkPolicy";
      const registered = (await register(args, mode)).map(({ type, name }) => [type, name]);
      expect(registered).to.have.deep.members([
        ["platform:cost:ClusterCosts", "costs"],
        ["kubernetes:core/v1:Namespace", "costs-namespace"],
        [policy, "costs-default-deny"],
        [policy, "costs-allow-dns"],
        [policy, "costs-policy-opencost"],
        ["kubernetes:helm.sh/v3:Release", "costs-release"],
      ]);
    });

  it("installs one exact chart with a pinned image, from a mirror too", async () => {
    const release = await inputsOf("costs-release");
    expect(release).to.include({ chart: "opencost", version: "2.5.17", atomic: true });
    expect(release["repositoryOpts"]).to.deep.equal({
      repo: "https://opencost.github.io/opencost-helm-chart",
    });
    const { opencost } = release["values"] as { opencost: { exporter: { image: object } } };
    expect(opencost.exporter.image).to.deep.equal({
      registry: "ghcr.io",
      repository: "opencost/opencost",
      tag: `1.120.1@${digest}`,
    });
    const chart = { repository: "oci://registry.example.com/charts/", version: "2.5.17" };
    const mirrored = await inputsOf("costs-release", { ...args, chart });
    expect(mirrored["chart"]).to.equal("oci://registry.example.com/charts/opencost");
    expect(mirrored).not.to.have.property("repositoryOpts");
  });

  it("runs without rights, credentials, page or Service", async () => {
    const values = (await inputsOf("costs-release"))["values"] as Record<string, object> & {
      opencost: Record<string, object> & { exporter: Record<string, object> };
    };
    const { exporter } = values.opencost;
    expect(exporter["securityContext"]).to.deep.equal({
      allowPrivilegeEscalation: false,
      privileged: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ["ALL"] },
      seccompProfile: { type: "RuntimeDefault" },
    });
    expect(values["podSecurityContext"]).to.include({ runAsNonRoot: true, runAsUser: 1001 });
    expect(exporter["resources"]).to.deep.equal({
      requests: { cpu: "100m", memory: "1Gi" },
      limits: { memory: "1Gi" },
    });
    for (const part of ["ui", "mcp", "cloudCost", "customPricing"])
      expect(values.opencost[part], part).to.deep.equal({ enabled: false });
    expect(values["service"]).to.deep.equal({ enabled: false });
    expect(exporter).not.to.have.any.keys("aws", "cloudProviderApiKey");
    expect(values.opencost["prometheus"]).to.deep.equal({
      internal: { enabled: false },
      external: {
        enabled: true,
        url: "http://prometheus.monitoring.svc.cluster.local:9090",
      },
    });
    const labels = (await inputsOf("costs-namespace"))["metadata"] as { labels: object };
    expect(labels.labels).to.include({ "pod-security.kubernetes.io/enforce": "restricted" });
  });

  it("is read by Prometheus alone, and reaches the API server, price list and Prometheus", async () => {
    const { spec } = (await inputsOf("costs-policy-opencost")) as {
      spec: {
        podSelector: unknown;
        ingress: { ports: { port: number }[] }[];
        egress: { ports: { port: number }[] }[];
      };
    };
    const portsOf = (rules: { ports: { port: number }[] }[]) =>
      rules.map(({ ports }) => ports.map(({ port }) => port));
    expect(spec.podSelector).to.deep.equal({ matchLabels: openCostTarget.podLabels });
    expect(portsOf(spec.ingress)).to.deep.equal([[9003]]);
    expect(portsOf(spec.egress)).to.deep.equal([[53, 53], [443], [443], [9090]]);
  });

  it("gives Prometheus its own series alone, under the names of those that they are about", () => {
    expect(openCostTarget).to.include({ namespace: "opencost", port: 9003, honorLabels: true });
    expect(openCostTarget.only).to.include.members([
      "node_total_hourly_cost",
      "container_cpu_allocation",
      "pv_hourly_cost",
    ]);
    // Of these kube-state-metrics tells too.
    expect(openCostTarget.only.filter((name) => name.startsWith("kube_"))).to.deep.equal([]);
  });

  it("refuses every problem at once, and registers nothing", async () => {
    let problems: readonly string[] = [];
    const engine = await startOfflineEngine({ mode: "known" });
    const provider = new k8s.Provider("cluster", { kubeconfig: "{}" });
    try {
      new ClusterCosts("costs", {
        provider,
        clusterName: "a b",
        network: { clusterSubnetCidrs: [], endpointSubnetCidrs: ["x"] },
        chart: { repository: "charts", version: "^1.0.0" },
        image: { repository: "opencost", tag: "latest", digest: "sha256:1" },
      });
    } catch (error) {
      if (error instanceof ArgsError) problems = error.problems;
    }
    await engine.settle();
    expect(problems.filter((each) => !each.startsWith("network.endpoint"))).to.deep.equal([
      'clusterName: got "a b", need the name of a cluster of EKS',
      "network.clusterSubnetCidrs: got none, need those that the API server answers from",
      'chart.repository: got "charts", need https://, oci:// or an absolute folder',
      'chart.version: got "^1.0.0", need an exact version',
      'image.repository: got "opencost", need host and path',
      'image.tag: got "latest", need an exact version',
      'image.digest: got "sha256:1", need sha256: and 64 hexadecimal digits',
    ]);
    expect(problems).to.have.length(8);
    expect(engine.registrations.map(({ name }) => name)).to.deep.equal(["cluster"]);
  });
});

describe("the example of ClusterCosts", () => {
  it("runs by itself", async () => {
    const config = { "auterity:clusterName": "auterity", "auterity:kubeconfig": "{}" };
    const engine = await startOfflineEngine({ config });
    await import("../../../examples/cluster-costs/index.js");
    await engine.settle();
    const providers = engine.registrations
      .filter(({ type }) => type.startsWith("kubernetes:"))
      .map(({ provider }) => provider.split("::")[3]);
    expect(new Set(providers)).to.deep.equal(new Set(["cluster"]));
  });
});
