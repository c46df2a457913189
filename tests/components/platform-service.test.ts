import * as k8s from "@pulumi/kubernetes";
import { expect } from "chai";
import { PlatformService, PriorityClasses } from "../../components/platform-service";
import type { ServiceRecord } from "../../components/shared/service-record";
import type { Mode } from "../../tools/offline/engine";
import { startOfflineEngine, valueOf, type Registration } from "../support/engine";
import { api, mailer, stock } from "./platform-service-fixture";

const image = `registry.example.com/shop/app:1.4.2@sha256:${"0a".repeat(32)}`;

async function register(
  record: ServiceRecord,
  args: { minimumReplicas?: number; mode?: Mode } = {},
): Promise<Registration[]> {
  const { mode = "known", ...more } = args;
  const engine = await startOfflineEngine({ mode });
  const namespace = new k8s.core.v1.Namespace("namespace", { metadata: { name: "shop" } });
  new PlatformService(
    "unit",
    { record, image, namespace: namespace.metadata.name, zones: 3, ...more },
    { dependsOn: [namespace] },
  );
  await engine.settle();
  return engine.registrations.filter(({ name }) => name.startsWith("unit"));
}

const identities = (registrations: readonly Registration[]) =>
  registrations.map(({ type, name }) => `${type} ${name}`).sort();

const account = "kubernetes:core/v1:ServiceAccount unit-account";
const budget = "kubernetes:policy/v1:PodDisruptionBudget unit-disruption-budget";
const component = "platform:services:PlatformService unit";
const deployment = "kubernetes:apps/v1:Deployment unit";
const service = "kubernetes:core/v1:Service unit-service";

describe("PlatformService", () => {
  for (const mode of ["known", "unknown"] as const) {
    describe(`with computed values ${mode}`, () => {
      it("runs a service with a port and two or more replicas as exactly these", async () => {
        expect(identities(await register(api, { mode }))).to.deep.equal([
          deployment,
          service,
          account,
          budget,
          component,
        ]);
      });

      it("gives a single replica no disruption budget, which could only block a drain", async () => {
        expect(identities(await register(stock, { mode }))).to.deep.equal([
          deployment,
          service,
          account,
          component,
        ]);
      });

      it("gives workers without a port no Service", async () => {
        expect(identities(await register(mailer, { mode }))).to.deep.equal([
          deployment,
          account,
          component,
        ]);
      });

      it("drops the disruption budget where an environment runs one replica", async () => {
        expect(identities(await register(api, { mode, minimumReplicas: 1 }))).to.deep.equal([
          deployment,
          service,
          account,
          component,
        ]);
      });
    });
  }

  it("is the parent of all it creates, and protects nothing: services have no state", async () => {
    const [first, ...children] = await register(api);
    expect(first?.type).to.equal("platform:services:PlatformService");
    expect(children.map(({ parent }) => parent)).to.deep.equal(children.map(() => first?.urn));
    expect(children.map((child) => child.protect)).to.deep.equal(children.map(() => false));
  });

  it("creates the pods after the account and the Service that they are found by", async () => {
    const registrations = await register(api);
    const pods = registrations.find(({ type }) => type.endsWith(":Deployment"));
    const names = pods?.dependencies.map((urn) => urn.split("::").at(-1)).sort();
    expect(names).to.deep.equal(["namespace", "unit-account", "unit-service"]);
  });

  it("leaves the replicas to the autoscaler after the first update", async () => {
    const ignored = async (minimumReplicas: number) =>
      (await register(api, { minimumReplicas })).flatMap(({ ignoreChanges }) => ignoreChanges);
    expect(await ignored(3)).to.deep.equal(["spec.replicas"]);
    expect(await ignored(10)).to.deep.equal([]);
  });

  it("tells the names and the address that others need", async () => {
    const engine = await startOfflineEngine();
    const web = new PlatformService("unit", { record: api, image, namespace: "shop", zones: 3 });
    const worker = new PlatformService("other", {
      record: mailer,
      image,
      namespace: "shop",
      zones: 3,
    });
    const read = [web.workloadName, web.serviceAccountName].map(valueOf);
    expect(await Promise.all(read)).to.deep.equal(["shop-api", "shop-api"]);
    expect(web.url && (await valueOf(web.url))).to.equal(
      "http://shop-api.shop.svc.cluster.local:8000",
    );
    expect([worker.serviceName, worker.url]).to.deep.equal([undefined, undefined]);
    await engine.settle();
  });
});

describe("PriorityClasses", () => {
  for (const mode of ["known", "unknown"] as const) {
    it(`creates exactly one class per tier with computed values ${mode}`, async () => {
      const engine = await startOfflineEngine({ mode });
      const { names } = new PriorityClasses("priorities", { labels: { stage: "test" } });
      await engine.settle();
      const classes = engine.registrations.map(({ type, name, inputs }) => [
        type,
        name,
        inputs["value"],
        inputs["preemptionPolicy"],
        inputs["globalDefault"],
      ]);
      const type = "kubernetes:scheduling.k8s.io/v1:PriorityClass";
      expect(classes).to.deep.equal([
        ["platform:services:PriorityClasses", "priorities", undefined, undefined, undefined],
        [type, "priorities-critical", 1_000_000, "PreemptLowerPriority", false],
        [type, "priorities-standard", 100_000, "PreemptLowerPriority", false],
        [type, "priorities-batch", -1, "Never", false],
      ]);
      expect(engine.registrations[1]?.inputs["metadata"]).to.deep.equal({
        name: "auterity-critical",
        labels: { stage: "test", "app.kubernetes.io/managed-by": "pulumi" },
      });
      if (mode === "known") expect(await valueOf(names.batch)).to.equal("auterity-batch");
    });
  }

  it("refuses labels that are none or ours, and registers nothing", async () => {
    const engine = await startOfflineEngine();
    const labels = { "app.kubernetes.io/managed-by": "me", "a/b/c": "x", ok: "not ok" };
    expect(() => new PriorityClasses("priorities", { labels })).to.throw(
      [
        'PriorityClasses "priorities" was refused:',
        "labels.app.kubernetes.io/managed-by: got a label that this component sets, need another key",
        'labels: got key "a/b/c", need a label key',
        'labels.ok: got "not ok", need a label value',
      ].join("\n  - "),
    );
    await engine.settle();
    expect(engine.registrations).to.deep.equal([]);
  });
});
