import { expect } from "chai";
import {
  ServiceNamespace,
  serviceNamespaceDefaults,
  type ServiceNamespaceArgs,
} from "../../components/service-namespace";
import { resolveServiceNamespaceArgs } from "../../components/service-namespace/args";
import type { Mode } from "../../tools/offline/engine";
import { startOfflineEngine, valueOf, type Registration } from "../support/engine";
import { api, mailer, shop, stock } from "./platform-service-fixture";

const args: ServiceNamespaceArgs = { product: "shop", records: shop, kubernetesVersion: "1.36" };

async function register(
  change: Partial<ServiceNamespaceArgs> = {},
  mode: Mode = "known",
): Promise<Registration[]> {
  const engine = await startOfflineEngine({ mode });
  new ServiceNamespace("shop", { ...args, ...change });
  await engine.settle();
  return engine.registrations;
}

const inputsOf = (registrations: readonly Registration[], name: string) =>
  registrations.find((registration) => registration.custom && registration.name === name)?.inputs;

const labels = { "app.kubernetes.io/part-of": "shop", "app.kubernetes.io/managed-by": "pulumi" };
const podSecurity = {
  "pod-security.kubernetes.io/enforce": "restricted",
  "pod-security.kubernetes.io/enforce-version": "v1.36",
  "pod-security.kubernetes.io/audit": "restricted",
  "pod-security.kubernetes.io/audit-version": "v1.36",
  "pod-security.kubernetes.io/warn": "restricted",
  "pod-security.kubernetes.io/warn-version": "v1.36",
};

describe("ServiceNamespace", () => {
  for (const mode of ["known", "unknown"] as const) {
    it(`creates exactly these, and protects the namespace alone, with computed values ${mode}`, async () => {
      const registrations = await register({}, mode);
      expect(
        registrations.map(({ type, name, protect }) => `${type} ${name} ${protect}`).sort(),
      ).to.deep.equal([
        "kubernetes:core/v1:LimitRange shop-limits false",
        "kubernetes:core/v1:Namespace shop true",
        "kubernetes:core/v1:ResourceQuota shop-quota false",
        "kubernetes:core/v1:ResourceQuota shop-quota-critical false",
        "kubernetes:core/v1:ResourceQuota shop-quota-system false",
        "kubernetes:networking.k8s.io/v1:NetworkPolicy shop-allow-dns false",
        "kubernetes:networking.k8s.io/v1:NetworkPolicy shop-default-deny false",
        "platform:services:ServiceNamespace shop false",
      ]);
      const [component, ...children] = registrations;
      expect(children.map(({ parent }) => parent)).to.deep.equal(
        children.map(() => component?.urn),
      );
    });
  }

  it("protects nothing where told not to", async () => {
    const registrations = await register({ protect: false });
    expect(registrations.filter(({ protect }) => protect)).to.deep.equal([]);
  });

  it("keeps its pods restricted, and opens to the public ingress where a service is public", async () => {
    const registrations = await register({ labels: { environment: "test" } });
    expect(inputsOf(registrations, "shop")?.["metadata"]).to.deep.equal({
      name: "shop",
      labels: {
        environment: "test",
        ...labels,
        ...podSecurity,
        "auterity.io/team": "checkout",
        "auterity.io/public-ingress": "enabled",
        "elbv2.k8s.aws/pod-readiness-gate-inject": "enabled",
      },
    });
  });

  it("names no team where there are several, and stays closed where no service is public", async () => {
    const registrations = await register({ records: [stock, { ...mailer, team: "post" }] });
    expect(inputsOf(registrations, "shop")?.["metadata"]).to.deep.equal({
      name: "shop",
      labels: { ...labels, ...podSecurity },
    });
  });

  it("bounds the namespace and every container of it", async () => {
    const registrations = await register({ labels: { environment: "test" } });
    const metadata = { namespace: "shop", labels: { environment: "test", ...labels } };
    expect(inputsOf(registrations, "shop-limits")).to.deep.equal({
      apiVersion: "v1",
      kind: "LimitRange",
      metadata: { name: "limits", ...metadata },
      spec: {
        limits: [
          {
            type: "Container",
            max: { cpu: "1", memory: "2Gi", "ephemeral-storage": "562Mi" },
            default: { cpu: "500m", memory: "256Mi", "ephemeral-storage": "50Mi" },
            defaultRequest: { cpu: "250m", memory: "128Mi", "ephemeral-storage": "50Mi" },
          },
        ],
      },
    });
    const [quota, critical, system] = ["quota", "quota-critical", "quota-system"].map(
      (role) => inputsOf(registrations, `shop-${role}`) ?? {},
    );
    expect(quota?.["metadata"]).to.deep.equal({
      name: "quota",
      ...metadata,
      annotations: { "pulumi.com/skipAwait": "true" },
    });
    expect(quota?.["spec"]).to.have.property("hard").with.property("pods", "37");
    const ofClasses = (...values: string[]) => ({
      matchExpressions: [{ scopeName: "PriorityClass", operator: "In", values }],
    });
    expect(critical?.["spec"]).to.deep.equal({
      hard: { pods: "23" },
      scopeSelector: ofClasses("auterity-critical"),
    });
    expect(system?.["spec"]).to.deep.equal({
      hard: { pods: "0" },
      scopeSelector: ofClasses("system-cluster-critical", "system-node-critical"),
    });
  });

  it("forbids the priority of critical services where there are none", async () => {
    const registrations = await register({ records: [stock] });
    expect(inputsOf(registrations, "shop-quota-critical")?.["spec"])
      .to.have.property("hard")
      .that.deep.equals({ pods: "0" });
  });

  it("lets nothing in and nothing out but questions to DNS", async () => {
    const registrations = await register();
    expect(inputsOf(registrations, "shop-default-deny")?.["spec"]).to.deep.equal({
      podSelector: {},
      policyTypes: ["Ingress", "Egress"],
    });
    expect(inputsOf(registrations, "shop-allow-dns")?.["spec"]).to.deep.equal({
      podSelector: {},
      policyTypes: ["Egress"],
      egress: [
        {
          to: [
            {
              namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "kube-system" } },
              podSelector: { matchLabels: { "k8s-app": "kube-dns" } },
            },
          ],
          ports: [
            { protocol: "UDP", port: 53 },
            { protocol: "TCP", port: 53 },
          ],
        },
      ],
    });
  });

  it("tells the namespace's name", async () => {
    const engine = await startOfflineEngine();
    const namespace = new ServiceNamespace("unit", args);
    expect(await valueOf(namespace.namespaceName)).to.equal("shop");
    await engine.settle();
  });
});

describe("ServiceNamespaceArgs", () => {
  it("are filled up with the documented defaults", () => {
    const { labels: ours, protect } = resolveServiceNamespaceArgs("shop", args);
    expect({ labels: ours, protect }).to.deep.equal({ labels: {}, protect: true });
    expect({ labels: ours, protect }).to.deep.equal(serviceNamespaceDefaults);
  });

  const cases: [string, Partial<ServiceNamespaceArgs>, string[]][] = [
    [
      "a product that is no name of a namespace",
      { product: "Shop", records: [{ ...stock, product: "shop" }] },
      [
        'product: got "Shop", need a DNS label',
        'records.shop-stock: got a record of the product "shop", need those of "Shop"',
      ],
    ],
    ["no records", { records: [] }, ["records: got none, need at least one"]],
    [
      "a record that breaks the catalogue's rules",
      { records: [{ ...api, port: 80 }] },
      ["records.shop-api.port: got 80, need 1024 to 65535; the container runs as non-root"],
    ],
    [
      "a patch version",
      { kubernetesVersion: "1.36.2" },
      ['kubernetesVersion: got "1.36.2", need a minor version such as "1.36"'],
    ],
    [
      "labels of our own",
      { labels: { "pod-security.kubernetes.io/enforce": "privileged" } },
      [
        "labels.pod-security.kubernetes.io/enforce: got a label that this component sets, need another key",
      ],
    ],
    [
      "everything wrong at once",
      { product: "", records: [], kubernetesVersion: "36" },
      [
        'product: got "", need a DNS label',
        "records: got none, need at least one",
        'kubernetesVersion: got "36", need a minor version such as "1.36"',
      ],
    ],
  ];
  for (const [title, change, problems] of cases) {
    it(`refuse ${title}, and register nothing`, async () => {
      const engine = await startOfflineEngine();
      expect(() => new ServiceNamespace("shop", { ...args, ...change }))
        .to.throw('ServiceNamespace "shop" was refused:')
        .with.property("problems")
        .that.deep.equals(problems);
      await engine.settle();
      expect(engine.registrations).to.deep.equal([]);
    });
  }
});
