import { expect } from "chai";
import type { ServiceRecord } from "../../components/shared/service-record";
import { type Environment, parseEnvironment } from "../../stacks/environment";
import { workingWeek } from "../../stacks/nights";
import { minimumReplicas } from "../../stacks/scaling";
import { services } from "../../stacks/services";
import { definitionOf } from "../support/crd-schema";
import { environmentNames, planned, type EnvironmentName } from "../support/planned";
import { rawOf } from "../support/stack-file";

interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace: string;
    readonly labels: Readonly<Record<string, string>>;
  };
  readonly spec: {
    readonly minReplicaCount: number;
    readonly maxReplicaCount: number;
    readonly scaleTargetRef: { readonly kind: string; readonly name: string };
    readonly triggers: readonly {
      readonly type: string;
      readonly metadata: Readonly<Record<string, string>>;
    }[];
    readonly fallback?: { readonly replicas: number };
  };
}

async function manifests(name: EnvironmentName, kind: string): Promise<Manifest[]> {
  return (await planned(name, "known"))
    .filter(({ type }) => type === `kubernetes:keda.sh/v1alpha1:${kind}`)
    .map(({ inputs }) => inputs as unknown as Manifest);
}

/** The other one keeps room on nodes. */
async function scaledServices(name: EnvironmentName): Promise<Manifest[]> {
  return (await manifests(name, "ScaledObject")).filter(
    ({ metadata }) => metadata.namespace !== "node-headroom",
  );
}

function floor(environment: Environment, record: ServiceRecord): number {
  return workingWeek(environment) === undefined ? minimumReplicas(environment, record) : 0;
}

describe("the scaling of every environment", () => {
  for (const name of environmentNames) {
    const environment = parseEnvironment(name, rawOf(name));

    it(`of ${name} is one ScaledObject a service, from its floor to its maximum`, async () => {
      const bounds = (await scaledServices(name)).map(({ metadata, spec }) => [
        ...[metadata.name, spec.scaleTargetRef.name],
        ...[spec.minReplicaCount, spec.maxReplicaCount],
      ]);
      expect(bounds).to.have.deep.members(
        services.map((record) => [
          ...[record.name, record.name],
          ...[floor(environment, record), record.scaling.max],
        ]),
      );
    });

    it(`of ${name} never asks for fewer replicas than the floor, nor for more than the maximum`, async () => {
      for (const { metadata, spec } of await manifests(name, "ScaledObject")) {
        const asked = [
          ...spec.triggers.flatMap((trigger) => trigger.metadata["desiredReplicas"] ?? []),
          ...(spec.fallback === undefined ? [] : [spec.fallback.replicas]),
        ].map(Number);
        for (const replicas of asked)
          expect(replicas, metadata.name).to.be.within(spec.minReplicaCount, spec.maxReplicaCount);
      }
    });

    it(`of ${name} is what KEDA's definitions accept`, async function () {
      const scaledObject = definitionOf("keda", "scaledobjects.keda.sh");
      const authentication = definitionOf("keda", "triggerauthentications.keda.sh");
      if (scaledObject === undefined || authentication === undefined) this.skip();
      const objects = await manifests(name, "ScaledObject");
      for (const object of objects) expect(scaledObject(object), object.metadata.name).to.be.empty;
      for (const object of await manifests(name, "TriggerAuthentication"))
        expect(authentication(object), object.metadata.name).to.be.empty;
      const [first] = objects;
      expect(scaledObject({ ...first, spec: { ...first?.spec, triggrs: [] } })).to.have.lengthOf(1);
      expect(scaledObject({ ...first, spec: { triggers: 3 } })).not.to.be.empty;
    });
  }

  it("follows the hours of people in prod, and in dev rests outside of them", async () => {
    const scheduled = async (name: EnvironmentName) =>
      (await scaledServices(name))
        .filter(({ spec }) => spec.triggers.some(({ type }) => type === "cron"))
        .map(({ metadata }) => metadata.name);
    expect(await scheduled("prod")).to.have.members([
      ...["automatrix-api", "automatrix-web", "relaycore", "neuroweaver-web"],
    ]);
    const resting = services.filter(({ scaling }) => scaling.min > 0).map(({ name }) => name);
    expect(await scheduled("dev")).to.have.members(resting);
    const labelled = async (name: EnvironmentName) =>
      (await scaledServices(name))
        .filter(({ metadata }) => metadata.labels["auterity.io/rests"] === "at-night")
        .map(({ metadata }) => metadata.name);
    expect(await labelled("dev")).to.have.members(resting);
    for (const name of ["prod", "recovery"] as const)
      expect(await labelled(name), name).to.deep.equal([]);
  });

  it("puts nothing to rest in prod and recovery: floors, no answer for no series, fallbacks", async () => {
    for (const name of ["prod", "recovery"] as const)
      for (const { metadata, spec } of await scaledServices(name)) {
        const record = services.find((each) => each.name === metadata.name);
        expect(spec.minReplicaCount, metadata.name).to.equal(record?.scaling.min);
        for (const { metadata: given, type } of spec.triggers)
          if (type === "prometheus") {
            expect(given["ignoreNullValues"], metadata.name).to.equal("false");
            expect(given, metadata.name).not.to.have.property("activationThreshold");
          }
      }
  });

  it("keeps more room on nodes in the same hours, once KEDA watches where", async () => {
    const registrations = await planned("prod", "known");
    const room = registrations.filter(({ name }) => /-headroom-\w+-day$/.test(name));
    expect(room.map(({ name }) => name)).to.deep.equal([
      "auterity-prod-headroom-general-day",
      "auterity-prod-headroom-spot-day",
    ]);
    const keda = registrations.find(
      ({ name, type }) => type.endsWith(":Release") && name === "auterity-prod-keda",
    );
    for (const { dependencies } of room) expect(dependencies).to.include(keda?.urn);
    expect(JSON.stringify(keda?.inputs["values"])).to.include("node-headroom");
  });

  it("signs in at the broker with the worker's own Secret alone", async () => {
    expect(await manifests("prod", "TriggerAuthentication")).to.have.lengthOf(1);
    const [authentication] = await manifests("prod", "TriggerAuthentication");
    expect(authentication).to.deep.include({
      spec: {
        secretTargetRef: [
          { parameter: "host", name: "automatrix-worker-broker", key: "CELERY_BROKER_URL" },
        ],
      },
    });
  });

  it("comes after the controller that knows its kinds, and after the service", async () => {
    const registrations = await planned("prod", "known");
    const urnOf = (type: string, name: string) =>
      registrations.find((each) => each.type === type && each.name === name)?.urn;
    const scaled = registrations.find(
      ({ type, name }) => type.endsWith(":ScaledObject") && name === "auterity-prod-relaycore",
    );
    expect(scaled?.dependencies).to.include.members([
      urnOf("kubernetes:helm.sh/v3:Release", "auterity-prod-keda"),
      urnOf("kubernetes:apps/v1:Deployment", "auterity-prod-relaycore"),
    ]);
  });
});
