import { expect } from "chai";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { secretAlerts } from "../../../components/secrets-sync";
import { full, least, registered, registration } from "./fixture";

const release = async (name: string) =>
  (await registration(full, "kubernetes:helm.sh/v3:Release", `auterity-${name}`)).inputs;

describe("SecretsSync: in the namespace of a service", () => {
  const metadata = (name: string) => ({
    name,
    namespace: "core",
    labels: {
      "app.kubernetes.io/part-of": "core",
      "app.kubernetes.io/managed-by": "pulumi",
      "auterity.io/team": "platform",
    },
    annotations: { "pulumi.com/skipAwait": "true" },
  });

  it("is a store that reads as the service's own account", async () => {
    const name = "auterity-secrets-api";
    const account = await registration(full, "kubernetes:core/v1:ServiceAccount", name);
    expect(account.inputs).to.deep.include({
      metadata: {
        ...metadata("api-secrets"),
        annotations: {
          "eks.amazonaws.com/role-arn": "arn:aws:iam::123456789012:role/prod-us-west-2-api",
        },
      },
      automountServiceAccountToken: false,
    });
    const store = await registration(full, "kubernetes:external-secrets.io/v1:SecretStore", name);
    expect(store.inputs).to.deep.equal({
      apiVersion: "external-secrets.io/v1",
      kind: "SecretStore",
      metadata: metadata("api"),
      spec: {
        provider: {
          aws: {
            service: "SecretsManager",
            region: "us-west-2",
            auth: { jwt: { serviceAccountRef: { name: "api-secrets" } } },
          },
        },
      },
    });
  });

  it("is a reader whose identity the controller may take, and no other's", async () => {
    const name = "auterity-secrets-api";
    const { annotations, ...plain } = metadata("api-secrets");
    expect(annotations).to.not.equal(undefined);
    const group = "kubernetes:rbac.authorization.k8s.io/v1";
    const role = await registration(full, `${group}:Role`, name);
    expect(role.inputs).to.deep.include({
      metadata: plain,
      rules: [
        {
          apiGroups: [""],
          resources: ["serviceaccounts/token"],
          resourceNames: ["api-secrets"],
          verbs: ["create"],
        },
      ],
    });
    const binding = await registration(full, `${group}:RoleBinding`, name);
    expect(binding.inputs).to.deep.include({
      metadata: plain,
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: "api-secrets" },
      subjects: [
        { kind: "ServiceAccount", name: "external-secrets", namespace: "external-secrets" },
      ],
    });
    const { values } = await release("external-secrets");
    expect(values).to.have.nested.include({
      "serviceAccount.name": "external-secrets",
      "rbac.serviceAccountTokenCreate": false,
      "rbac.aggregateToEdit": false,
    });
    const store = await registration(full, "kubernetes:external-secrets.io/v1:SecretStore", name);
    expect(store.dependencies).to.include(binding.urn);
  });

  it("is a Secret that takes each variable from the value of that name", async () => {
    const { inputs } = await registration(
      full,
      "kubernetes:external-secrets.io/v1:ExternalSecret",
      "auterity-secret-api/signing",
    );
    const remote = (variable: string) => ({
      secretKey: variable,
      remoteRef: { key: "auterity/prod/api/signing", property: variable },
    });
    expect(inputs).to.deep.equal({
      apiVersion: "external-secrets.io/v1",
      kind: "ExternalSecret",
      metadata: metadata("api-signing"),
      spec: {
        refreshPolicy: "Periodic",
        refreshInterval: "1h",
        secretStoreRef: { kind: "SecretStore", name: "api" },
        target: { name: "api-signing", creationPolicy: "Owner", deletionPolicy: "Retain" },
        data: [remote("SECRET_KEY"), remote("SECRET_KEY_PREVIOUS"), remote("SECRET_KEY_NEXT")],
      },
    });
  });
});

describe("SecretsSync: its controllers", () => {
  it("are charts and images of exactly one version, installed whole or not at all", async () => {
    const { values, ...source } = await release("external-secrets");
    expect(source).to.deep.include({
      chart: "external-secrets",
      version: "2.9.0",
      repositoryOpts: { repo: "https://charts.external-secrets.io" },
      name: "external-secrets",
      namespace: "external-secrets",
      atomic: true,
      cleanupOnFail: true,
      timeout: 600,
    });
    const image = {
      repository: "ghcr.io/external-secrets/external-secrets",
      tag: `v2.9.0@sha256:${"a".repeat(64)}`,
    };
    expect(values).to.deep.include({ image, replicaCount: 2, leaderElect: true });
    expect(values).to.have.nested.include({ "webhook.port": 10250 });
    expect((values as Record<string, unknown>)["webhook"]).to.deep.include({ image });
    expect((values as Record<string, unknown>)["certController"]).to.deep.include({ image });
  });

  it("act for no more than a namespace at a time", async () => {
    expect((await release("external-secrets"))["values"]).to.include({
      processClusterExternalSecret: false,
      processClusterGenerator: false,
      processClusterPushSecret: false,
      processClusterStore: false,
      processPushSecret: false,
    });
    const { values } = await release("reloader");
    expect(values).to.have.nested.include({ "image.tag": "v1.4.21" });
    expect((values as Record<string, unknown>)["reloader"]).to.deep.include({
      watchGlobally: false,
      namespaces: ["core", "flows"],
    });
  });

  it("run in restricted namespaces", async () => {
    for (const name of ["external-secrets", "reloader"]) {
      const { inputs } = await registration(
        full,
        "kubernetes:core/v1:Namespace",
        `auterity-${name}`,
      );
      expect(inputs["metadata"]).to.deep.equal({
        name,
        labels: {
          "app.kubernetes.io/managed-by": "pulumi",
          "pod-security.kubernetes.io/enforce": "restricted",
          "pod-security.kubernetes.io/audit": "restricted",
          "pod-security.kubernetes.io/warn": "restricted",
        },
      });
    }
  });

  for (const [policy, ports, tos] of [
    ["external-secrets", [8080], 3],
    ["external-secrets-webhook", [10250, 8080], 2],
    ["external-secrets-cert-controller", [8080], 2],
    ["reloader", [9090], 2],
  ] as const)
    it(`talk to nobody but whom they need: ${policy}`, async () => {
      const { inputs } = await registration(
        full,
        "kubernetes:networking.k8s.io/v1:NetworkPolicy",
        `auterity-policy-${policy}`,
      );
      const spec = inputs["spec"] as {
        ingress: { ports: { port: number }[] }[];
        egress: unknown[];
      };
      expect(spec.ingress.flatMap((rule) => rule.ports.map(({ port }) => port))).to.deep.equal(
        ports,
      );
      expect(spec.egress).to.have.length(tos);
    });

  const folder = process.env["AUTERITY_CHARTS"];
  for (const chart of ["external-secrets", "reloader"])
    it(`take only values that the chart ${chart} knows`, async function () {
      if (folder === undefined || !existsSync(folder)) {
        console.warn(`AUTERITY_CHARTS names no folder: values of ${chart} are not checked`);
        return this.skip();
      }
      const known = parse(readFileSync(join(folder, chart, "values.yaml"), "utf8")) as Tree;
      // The chart reads one key of the budget, which its values show in a comment alone.
      const commented = chart === "reloader" ? ["reloader.podDisruptionBudget.minAvailable"] : [];
      const { values } = await release(chart);
      expect(unknownKeys(values as Tree, known)).to.deep.equal(commented);
      expect(unknownKeys({ image: { tga: "" } }, known)).to.deep.equal(["image.tga"]);
    });
});

type Tree = Readonly<Record<string, unknown>>;

function isTree(value: unknown): value is Tree {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Keys that the chart's own values do not have; what it leaves open, as {} and [], takes any. */
function unknownKeys(values: Tree, known: Tree, path = ""): string[] {
  return Object.entries(values).flatMap(([key, value]) => {
    if (!(key in known)) return [`${path}${key}`];
    const there = known[key];
    return isTree(value) && isTree(there) && Object.keys(there).length > 0
      ? unknownKeys(value, there, `${path}${key}.`)
      : [];
  });
}

describe("SecretsSync: its alerts", () => {
  it("are about failed, repeated, stale and missing syncs, by secret", () => {
    expect(
      secretAlerts.map(({ name, severity, for: time }) => [name, severity, time]),
    ).to.deep.equal([
      ["SecretSyncFailed", "critical", "10m"],
      ["SecretSyncErrors", "warning", "15m"],
      ["SecretSyncStale", "warning", "15m"],
      ["SecretSyncAbsent", "critical", "15m"],
    ]);
    for (const { name, expression } of secretAlerts)
      expect(expression, name).to.match(
        /externalsecret_(status_condition|sync_calls_error|sync_calls_total)[^a-z]/,
      );
  });

  const intervals: readonly (readonly [string, string, string])[] = [
    ["15m", "30m", "15m"],
    ["1h", "120m", "60m"],
    ["45s", "2m", "1m"],
  ];
  for (const [refreshInterval, range, time] of intervals)
    it(`call a secret stale after two refreshes of ${refreshInterval} that did not come`, async () => {
      const { secrets } = await registered({ ...least, refreshInterval });
      expect(secrets.alerts.find(({ name }) => name === "SecretSyncStale")).to.deep.equal({
        name: "SecretSyncStale",
        expression: `sum by (exported_namespace, name) (increase(externalsecret_sync_calls_total[${range}])) == 0`,
        for: time,
        severity: "warning",
        summary: `Secret {{ $labels.exported_namespace }}/{{ $labels.name }} has not been looked at for ${range.slice(0, -1)} minutes`,
      });
    });
});
