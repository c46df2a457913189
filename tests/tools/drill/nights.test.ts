import { expect } from "chai";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { ScaledObject } from "../../../tools/drill/cluster/scaling";
import type { KubernetesObject } from "../../../tools/drill/kubernetes-api";
import {
  adaptNights,
  cronAt,
  nextMinute,
  rests,
  withHours,
} from "../../../tools/drill/nights/clock";
import { plantFaults } from "../../../tools/drill/nights/planted";
import { restless, wakeAnnotation } from "../../../tools/drill/nights/steps";

const label = "app.kubernetes.io/name";
const workload = {
  ...{ apiVersion: "apps/v1", kind: "Deployment" },
  metadata: { name: "relay", namespace: "relay", labels: { [label]: "relay" } },
  spec: {
    selector: { matchLabels: { [label]: "relay" } },
    template: {
      metadata: { labels: { [label]: "relay" } },
      spec: { serviceAccountName: "relay", containers: [{ name: "relay" }] },
    },
  },
} as KubernetesObject;
const scaled: ScaledObject = {
  ...{ apiVersion: "keda.sh/v1alpha1", kind: "ScaledObject" },
  metadata: { name: "relay", namespace: "relay" },
  spec: {
    scaleTargetRef: { kind: "Deployment", name: "relay" },
    ...{ minReplicaCount: 0, pollingInterval: 30, cooldownPeriod: 600 },
    triggers: [
      {
        type: "prometheus",
        metadata: {
          query: 'sum(rate(requests{namespace="relay",container="relay"}[2m]))',
          ...{ threshold: "30", activationThreshold: "30", ignoreNullValues: "true" },
        },
      },
      {
        type: "cron",
        metadata: {
          ...{ timezone: "America/Los_Angeles", start: "0 7 * * 1,2", end: "0 20 * * 1,2" },
          desiredReplicas: "1",
        },
      },
    ],
  },
};
const hours = {
  start: new Date("2026-12-01T16:59:00Z"),
  end: new Date("2026-12-01T17:05:00Z"),
};

describe("the hours of the drill nights", () => {
  it("are whole minutes of every day in the planned time zone, in summer too", () => {
    expect(cronAt(hours.end, "America/Los_Angeles")).to.equal("5 9 * * *");
    expect(cronAt(new Date("2026-07-01T07:00:00Z"), "America/Los_Angeles")).to.equal("0 0 * * *");
  });

  it("begin with a minute that is not so near that nobody hears of it", () => {
    const at = (time: string): string => nextMinute(new Date(time)).toISOString();
    expect(at("2026-12-01T05:00:20Z")).to.equal("2026-12-01T05:01:00.000Z");
    expect(at("2026-12-01T05:00:55Z")).to.equal("2026-12-01T05:02:00.000Z");
  });

  it("change the clock of what is planned, and nothing else", () => {
    const changed = withHours(scaled, hours);
    expect(changed.spec.triggers[0]).to.deep.equal(scaled.spec.triggers[0]);
    expect(changed.spec.triggers[1]?.metadata).to.deep.equal({
      ...{ timezone: "America/Los_Angeles", start: "59 8 * * *", end: "5 9 * * *" },
      desiredReplicas: "1",
    });
    const patience = { pollingSeconds: 3, cooldownSeconds: 6 };
    const [same, adapted] = adaptNights([workload, scaled], patience, hours);
    expect(same).to.equal(workload);
    expect((adapted as ScaledObject).spec).to.deep.equal({
      ...changed.spec,
      ...{ pollingInterval: 3, cooldownPeriod: 6 },
    });
  });

  it("are of what rests at night, not of what a floor or work alone keeps", () => {
    const { spec } = scaled;
    expect(rests(scaled)).to.equal(true);
    expect(rests({ ...scaled, spec: { ...spec, minReplicaCount: 1 } })).to.equal(false);
    expect(rests({ ...scaled, spec: { ...spec, triggers: spec.triggers.slice(0, 1) } })).to.equal(
      false,
    );
  });
});

describe("faults that the drill nights plants", () => {
  it("are twins of a planned service, each with one difference", () => {
    const [eager, unseen] = plantFaults([workload, scaled]);
    expect(eager?.scaled.spec.triggers[0]?.metadata).to.deep.equal({
      query: 'sum(rate(requests{namespace="relay",container="planted-eager"}[2m]))',
      ...{ threshold: "30", ignoreNullValues: "true" },
    });
    expect(unseen?.scaled.spec.triggers[0]?.metadata).to.deep.equal({
      query: 'sum(rate(requests{namespace="relay",container="planted-unseen"}[2m]))',
      ...{ threshold: "30", activationThreshold: "30", ignoreNullValues: "false" },
    });
    expect(eager?.scaled.spec.scaleTargetRef.name).to.equal("planted-eager");
    expect(eager?.workload).to.deep.equal({
      ...workload,
      metadata: {
        ...workload.metadata,
        name: "planted-eager",
        labels: { [label]: "planted-eager" },
      },
      spec: {
        selector: { matchLabels: { [label]: "planted-eager" } },
        template: {
          metadata: { labels: { [label]: "planted-eager" } },
          spec: { serviceAccountName: "relay", containers: [{ name: "planted-eager" }] },
        },
      },
    });
  });

  it("are missed by nobody who finds nothing to plant", () => {
    expect(() => plantFaults([workload])).to.throw(
      "no planned Deployment rests until there are requests: nothing to plant",
    );
  });

  it("are found by their pods", () => {
    expect(restless(["a", "b"], (name) => (name === "b" ? 1 : 0))).to.deep.equal(["b"]);
  });
});

describe("the command by which people wake a service", () => {
  it("is the one of the page", () => {
    const page = readFileSync(resolve(__dirname, "../../../docs/autoscaling.md"), "utf8");
    expect(page).to.include(`-l auterity.io/rests=at-night ${wakeAnnotation}=true\n`);
  });
});
