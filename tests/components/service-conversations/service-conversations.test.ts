import * as k8s from "@pulumi/kubernetes";
import { expect } from "chai";
import { ServiceConversations } from "../../../components/service-conversations";
import { startOfflineEngine } from "../../support/engine";
import { api, args, desk, named, outside, pods, policyOf, range, register, tcp } from "./fixture";

describe("ServiceConversations", () => {
  for (const mode of ["known", "unknown"] as const) {
    it(`creates exactly one policy per service, with computed values ${mode}`, async () => {
      const registrations = await register({}, mode);
      expect(
        registrations.map(({ type, name, protect }) => `${type} ${name} ${protect}`).sort(),
      ).to.deep.equal([
        "kubernetes:networking.k8s.io/v1:NetworkPolicy talk-policy-desk-worker false",
        "kubernetes:networking.k8s.io/v1:NetworkPolicy talk-policy-shop-api false",
        "kubernetes:networking.k8s.io/v1:NetworkPolicy talk-policy-shop-mailer false",
        "kubernetes:networking.k8s.io/v1:NetworkPolicy talk-policy-shop-stock false",
        "platform:services:ServiceConversations talk false",
      ]);
      const [component, ...children] = registrations;
      expect(children.map(({ parent }) => parent)).to.deep.equal(
        children.map(() => component?.urn),
      );
    });
  }

  it("lets callers, the load balancer and Prometheus in, and each partner be called, on exact ports", async () => {
    const registrations = await register({ labels: { environment: "test" } });
    expect(policyOf(registrations, "shop-api")).to.deep.equal({
      apiVersion: "networking.k8s.io/v1",
      kind: "NetworkPolicy",
      metadata: {
        name: "shop-api",
        namespace: "shop",
        labels: {
          environment: "test",
          "app.kubernetes.io/name": "shop-api",
          "app.kubernetes.io/part-of": "shop",
          "app.kubernetes.io/component": "api",
          "app.kubernetes.io/managed-by": "pulumi",
          "auterity.io/team": "checkout",
          "auterity.io/tier": "critical",
        },
      },
      spec: {
        podSelector: { matchLabels: named("shop-api") },
        policyTypes: ["Ingress", "Egress"],
        ingress: [
          {
            from: [
              pods("desk-rooms", named("desk-worker")),
              range("10.0.16.0/24"),
              range("10.0.80.0/24"),
              pods("monitoring", named("prometheus")),
            ],
            ports: tcp(8000),
          },
        ],
        egress: [
          { to: [pods("shop", named("shop-stock"))], ports: tcp(8001) },
          { to: [range("10.0.17.0/24")], ports: tcp(5432) },
          { to: [outside], ports: tcp(443) },
        ],
      },
    });
  });

  it("opens stores of every kind where they answer, credentials for those of AWS, and outside ports once", async () => {
    const registrations = await register();
    expect(policyOf(registrations, "desk-worker")).to.have.deep.property("spec", {
      podSelector: { matchLabels: named("desk-worker") },
      policyTypes: ["Ingress", "Egress"],
      egress: [
        { to: [pods("shop", named("shop-api"))], ports: tcp(8000) },
        { to: [pods("shop", named("shop-stock"))], ports: tcp(8001) },
        { to: [range("10.0.17.0/24")], ports: tcp(9098) },
        { to: [pods("mlflow", named("mlflow"))], ports: tcp(5000) },
        { to: [range("10.0.17.0/24")], ports: tcp(6379) },
        { to: [range("169.254.170.23/32")], ports: tcp(80) },
        { to: [outside], ports: tcp(443, 587) },
      ],
    });
  });

  it("lets nobody out of what names nobody, and only callers in where nothing is public or measured", async () => {
    const registrations = await register();
    expect(policyOf(registrations, "shop-stock")).to.have.deep.property("spec", {
      podSelector: { matchLabels: named("shop-stock") },
      policyTypes: ["Ingress", "Egress"],
      ingress: [
        {
          from: [pods("desk-rooms", named("desk-worker")), pods("shop", named("shop-api"))],
          ports: tcp(8001),
        },
      ],
    });
    expect(policyOf(await register({ records: [api, ...args.records.slice(2)] }), "shop-stock"))
      .to.have.property("spec")
      .with.deep.property("ingress", [
        { from: [pods("shop", named("shop-api"))], ports: tcp(8001) },
      ]);
  });

  it("has no rule at all for a service that nobody calls: one without peers would let everybody in", async () => {
    const alone = { ...args.records[2]!, talksTo: { services: [], stores: [], hosts: [] } };
    const registrations = await register({ records: [alone] });
    expect(policyOf(registrations, "shop-stock")?.["spec"]).to.deep.equal({
      podSelector: { matchLabels: named("shop-stock") },
      policyTypes: ["Ingress", "Egress"],
    });
  });

  it("lets every service send to the agent that takes its traces, where there is one", async () => {
    const telemetryAgent = {
      namespace: "agents",
      podLabels: { app: "agent" },
      ports: [4317, 4318],
    };
    const registrations = await register({ telemetryAgent });
    for (const service of ["desk-worker", "shop-api", "shop-stock"])
      expect(policyOf(registrations, service))
        .to.have.nested.property("spec.egress")
        .that.deep.includes({ to: [pods("agents", { app: "agent" })], ports: tcp(4317, 4318) });
  });

  it("takes other places of stores and another reader of metrics", async () => {
    const registrations = await register({
      stores: {
        redis: { place: "pods", namespace: "cache", podLabels: { app: "redis" }, port: 6380 },
        mlflow: { place: "data-subnets", port: 5001 },
        kafka: { place: "public", port: 9198 },
        "model-bucket": { place: "public", port: 443 },
      },
      metricsReader: { namespace: "watch", podLabels: { app: "reader" } },
    });
    expect(policyOf(registrations, "desk-worker"))
      .to.have.property("spec")
      .with.deep.property("egress", [
        { to: [pods("shop", named("shop-api"))], ports: tcp(8000) },
        { to: [pods("shop", named("shop-stock"))], ports: tcp(8001) },
        { to: [range("10.0.17.0/24")], ports: tcp(5001) },
        { to: [pods("cache", { app: "redis" })], ports: tcp(6380) },
        { to: [outside], ports: tcp(443, 587, 9198) },
      ]);
    expect(policyOf(registrations, "shop-api"))
      .to.have.nested.property("spec.ingress[0].from[3]")
      .that.deep.equals(pods("watch", { app: "reader" }));
  });

  it("writes the same for a catalogue in another order", async () => {
    const specs = (registrations: Awaited<ReturnType<typeof register>>) =>
      Object.fromEntries(registrations.slice(1).map(({ name, inputs }) => [name, inputs]));
    const turned: typeof desk = {
      ...desk,
      talksTo: {
        services: [...desk.talksTo.services].reverse(),
        stores: [...desk.talksTo.stores].reverse(),
        hosts: [...desk.talksTo.hosts].reverse(),
      },
    };
    const records = [...args.records.slice(1).reverse(), turned];
    expect(specs(await register({ records }))).to.deep.equal(specs(await register()));
  });

  it("comes after what it is told to come after", async () => {
    const engine = await startOfflineEngine();
    const first = new k8s.core.v1.Namespace("first", {});
    new ServiceConversations("talk", args, { dependsOn: [first] });
    await engine.settle();
    const policies = engine.registrations.filter(({ name }) => name.startsWith("talk-policy-"));
    expect(policies.map(({ dependencies }) => dependencies.length)).to.deep.equal([1, 1, 1, 1]);
    expect(policies[0]?.dependencies[0]).to.match(/::first$/);
  });
});
