import { expect } from "chai";
import { ProgressiveDelivery } from "../../../components/progressive-delivery";
import { startOfflineEngine } from "../../support/engine";
import { args, digest, inputsOf, register, valuesOf } from "./fixture";

const core = "kubernetes:core/v1";
const rbac = "kubernetes:rbac.authorization.k8s.io/v1";
const policy = "kubernetes:networking.k8s.io/v1:NetworkPolicy";

interface Rule {
  readonly apiGroups: string[];
  readonly resources: string[];
  readonly verbs: string[];
}

describe("ProgressiveDelivery", () => {
  for (const mode of ["known", "unknown"] as const)
    it(`registers a closed namespace, rights and one release (${mode} values)`, async () => {
      const registrations = await register(args, mode);
      expect(registrations.map(({ type, name }) => [type, name])).to.have.deep.members([
        ["platform:delivery:ProgressiveDelivery", "rollouts"],
        [`${core}:Namespace`, "rollouts-namespace"],
        [policy, "rollouts-default-deny"],
        [policy, "rollouts-allow-dns"],
        [policy, "rollouts-policy-argo-rollouts"],
        [`${rbac}:ClusterRole`, "rollouts-watch"],
        [`${rbac}:ClusterRoleBinding`, "rollouts-watch"],
        [`${rbac}:Role`, "rollouts-own"],
        [`${rbac}:RoleBinding`, "rollouts-own"],
        [`${rbac}:Role`, "rollouts-releases-shop"],
        [`${rbac}:RoleBinding`, "rollouts-releases-shop"],
        ["kubernetes:helm.sh/v3:Release", "rollouts-release"],
      ]);
      const names = registrations.find(({ type }) => type.endsWith(":Release"))?.dependencies;
      for (const role of ["watch", "own", "releases-shop", "policy-argo-rollouts"])
        expect(names?.some((urn) => urn.endsWith(`::rollouts-${role}`))).to.equal(true);
    });

  it("installs one exact chart whole or not at all, with a pinned image", async () => {
    const { values, ...release } = inputsOf(await register(args), ":Release", "rollouts-release");
    expect(release).to.deep.include({
      chart: "argo-rollouts",
      version: "2.41.0",
      repositoryOpts: { repo: "https://argoproj.github.io/argo-helm" },
      name: "argo-rollouts",
      namespace: "argo-rollouts",
      atomic: true,
      cleanupOnFail: true,
      timeout: 600,
    });
    const { controller, ...rest } = values as { controller: Record<string, unknown> };
    expect(controller).to.deep.include({
      image: {
        registry: "quay.io",
        repository: "argoproj/argo-rollouts",
        tag: `v1.9.0@${digest}`,
      },
      createClusterRole: false,
      replicas: 2,
      pdb: { enabled: true, minAvailable: 1 },
    });
    expect(rest).to.nested.include({
      installCRDs: true,
      keepCRDs: true,
      createClusterAggregateRoles: false,
      "dashboard.enabled": false,
      "providerRBAC.enabled": false,
      "podSecurityContext.runAsNonRoot": true,
      "containerSecurityContext.readOnlyRootFilesystem": true,
    });
    expect(await valuesOf({ ...args, replicas: 1 })).to.nested.include({
      "controller.replicas": 1,
      "controller.pdb.enabled": false,
    });
  });

  it("changes nothing outside the namespaces named, and reads no secret there", async () => {
    const registrations = await register(args);
    const rules = (type: string, name: string) =>
      inputsOf(registrations, type, name)["rules"] as Rule[];
    const everywhere = rules(":ClusterRole", "rollouts-watch");
    expect(new Set(everywhere.flatMap(({ verbs }) => verbs))).to.have.keys("get", "list", "watch");
    const resources = everywhere.flatMap((rule) => rule.resources);
    expect(resources).to.include.members(["rollouts", "replicasets", "services", "pods"]);
    expect(resources).not.to.include.members(["secrets"]);
    expect(rules(":Role", "rollouts-releases-shop")).to.deep.equal([
      {
        apiGroups: ["argoproj.io"],
        resources: ["rollouts", "rollouts/status", "rollouts/finalizers"],
        verbs: ["update", "patch"],
      },
      {
        apiGroups: ["argoproj.io"],
        resources: ["analysisruns", "analysisruns/finalizers"],
        verbs: ["create", "update", "patch", "delete"],
      },
      {
        apiGroups: ["apps"],
        resources: ["replicasets"],
        verbs: ["create", "update", "patch", "delete"],
      },
      { apiGroups: [""], resources: ["services"], verbs: ["patch"] },
      { apiGroups: [""], resources: ["pods/eviction"], verbs: ["create"] },
      { apiGroups: [""], resources: ["events"], verbs: ["create", "update", "patch"] },
    ]);
    expect(inputsOf(registrations, ":Role", "rollouts-releases-shop")["metadata"]).to.deep.include({
      namespace: "shop",
    });
    expect(inputsOf(registrations, ":RoleBinding", "rollouts-releases-shop")).to.deep.include({
      subjects: [{ kind: "ServiceAccount", name: "argo-rollouts", namespace: "argo-rollouts" }],
    });
    expect(rules(":Role", "rollouts-own").map((rule) => rule.resources)).to.deep.equal([
      ["leases"],
      ["configmaps", "secrets"],
      ["events"],
    ]);
  });

  it("reaches the API server and Prometheus, and is reached for its metrics alone", async () => {
    const { spec } = inputsOf(
      await register(args),
      ":NetworkPolicy",
      "rollouts-policy-argo-rollouts",
    ) as {
      spec: {
        podSelector: unknown;
        ingress: { ports: { port: number }[] }[];
        egress: { to: unknown[]; ports: { port: number }[] }[];
      };
    };
    expect(spec.podSelector).to.deep.equal({
      matchLabels: {
        "app.kubernetes.io/name": "argo-rollouts",
        "app.kubernetes.io/component": "rollouts-controller",
      },
    });
    const ports = (rules: { ports: { port: number }[] }[]) =>
      rules.map((rule) => rule.ports.map(({ port }) => port));
    expect(ports(spec.ingress)).to.deep.equal([[8090]]);
    expect(ports(spec.egress)).to.deep.equal([[53, 53], [443], [9090]]);
    expect(spec.egress[2]?.to).to.deep.equal([
      {
        namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "monitoring" } },
        podSelector: { matchLabels: { "app.kubernetes.io/name": "prometheus" } },
      },
    ]);
  });

  it("refuses what it cannot install, all at once, and registers nothing", async () => {
    const engine = await startOfflineEngine();
    expect(
      () =>
        new ProgressiveDelivery("rollouts", {
          namespaces: {},
          network: { clusterSubnetCidrs: [], endpointSubnetCidrs: [] },
          version: {
            chart: { repository: "http://charts", version: "2" },
            image: { repository: "argo-rollouts", tag: "latest", digest: "sha256:0" },
          },
          replicas: 4,
          labels: { "app.kubernetes.io/managed-by": "me" },
        }),
    ).to.throw(
      [
        'ProgressiveDelivery "rollouts" was refused:',
        "namespaces: got none, need at least one",
        "network.clusterSubnetCidrs: got none, need those that the API server answers from",
        'version.chart.repository: got "http://charts", need an https:// repository, an oci:// path or a local folder',
        'version.chart.version: got "2", need an exact version',
        'version.image.tag: got "latest", need an exact version, such as v1.2.3',
        'version.image.digest: got "sha256:0", need sha256: and 64 hexadecimal digits',
        "replicas: got 4, need 1 to 3",
        "labels.app.kubernetes.io/managed-by: got a label that this component sets, need another key",
        'version.image.repository: got "argo-rollouts", need host and path',
      ].join("\n  - "),
    );
    expect(
      () =>
        new ProgressiveDelivery("rollouts", {
          ...args,
          namespaces: { "Shop!": "shop" },
          network: { clusterSubnetCidrs: ["10.0.0.0"], endpointSubnetCidrs: [] },
        }),
    ).to.throw('namespaces: got the product "Shop!", need a DNS label');
    await engine.settle();
    expect(engine.registrations).to.deep.equal([]);
  });

  it("serves the example, whose service is released by it", async () => {
    const engine = await startOfflineEngine({
      config: {
        "auterity:kubeconfig": "apiVersion: v1",
        "auterity:image": "registry.example.com/examples/adder:1.0.0",
      },
    });
    const { workload } = await import("../../../examples/progressive-delivery/index.js");
    expect(workload).to.deep.equal({
      apiVersion: "argoproj.io/v1alpha1",
      kind: "Rollout",
      name: "adder",
    });
    await engine.settle();
    const rollout = engine.registrations.find(({ type }) => type.endsWith(":Rollout"));
    const service = engine.registrations.find(({ name }) => name === "adder-service");
    const release = engine.registrations.find(({ type }) => type.endsWith(":Release"));
    expect(rollout?.dependencies).to.include(service?.urn);
    expect(service?.dependencies).to.include(release?.urn);
  });
});
