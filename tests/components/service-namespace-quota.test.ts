import { expect } from "chai";
import fc from "fast-check";
import { containerLimitsFor, quotaFor } from "../../components/service-namespace";
import { formatBytes, formatCpu, parseBytes, parseCpu } from "../../components/shared/quantities";
import { surgeReplicas } from "../../components/shared/replicas";
import type { ServiceRecord } from "../../components/shared/service-record";
import { mailer, shop, stock } from "./platform-service-fixture";

/** Any record, as far as quotas look at it. */
const anyRecord: fc.Arbitrary<ServiceRecord> = fc
  .record({
    max: fc.integer({ min: 1, max: 200 }),
    cpu: fc.integer({ min: 1, max: 64_000 }),
    moreCpu: fc.integer({ min: 0, max: 64_000 }),
    memory: fc.integer({ min: 1, max: 2 ** 39 }),
    moreMemory: fc.integer({ min: 0, max: 2 ** 39 }),
    paths: fc.integer({ min: 0, max: 5 }),
    size: fc.integer({ min: 1, max: 2 ** 36 }),
  })
  .map(({ max, cpu, moreCpu, memory, moreMemory, paths, size }) => ({
    ...stock,
    scaling: { ...stock.scaling, max },
    requests: { cpu: formatCpu(cpu), memory: formatBytes(memory) },
    limits: { cpu: formatCpu(cpu + moreCpu), memory: formatBytes(memory + moreMemory) },
    writablePaths: Array.from({ length: paths }, (_, index) => `/w${index}`),
    writableSize: formatBytes(size),
  }));

/** A rolling update at full size, step by step, in which every old pod takes longer to end than the update takes. */
function mostPodsInRollout(max: number): number {
  let [old, fresh, ending, most] = [max, 0, 0, max];
  while (fresh < max || old > 0) {
    const room = max + surgeReplicas(max) - old - fresh;
    fresh += Math.min(room, max - fresh);
    most = Math.max(most, old + fresh + ending);
    const leaving = Math.min(old, old + fresh - max);
    old -= leaving;
    ending += leaving;
  }
  return most;
}

const hard = (records: readonly ServiceRecord[], key: string) => {
  const quantity = quotaFor(records)[key] ?? "";
  return key.endsWith("cpu") ? parseCpu(quantity) : parseBytes(quantity);
};

describe("quotaFor", () => {
  it("adds up what three services need at their peak", () => {
    // Pods: 10 + 3 + 10 of the API, 2 + 1 + 2 of the stock, 4 + 1 + 4 of the mailer.
    expect(quotaFor(shop)).to.deep.equal({
      pods: "37",
      "requests.cpu": "16250m",
      "requests.memory": "29824Mi",
      "requests.ephemeral-storage": "16186Mi",
      "limits.cpu": "32500m",
      "limits.memory": "59648Mi",
      "limits.ephemeral-storage": "16186Mi",
      persistentvolumeclaims: "0",
      "services.loadbalancers": "0",
      "services.nodeports": "0",
    });
  });

  it("has room for every service in the middle of a rolling update at full size", () => {
    fc.assert(
      fc.property(fc.array(anyRecord, { minLength: 1, maxLength: 8 }), (records) => {
        const pods = records.map(({ scaling }) => mostPodsInRollout(scaling.max));
        const need = (amountOf: (record: ServiceRecord) => number) =>
          records.reduce((sum, record, index) => sum + (pods[index] ?? 0) * amountOf(record), 0);
        const disk = ({ writablePaths, writableSize = "0" }: ServiceRecord) =>
          writablePaths.length * parseBytes(writableSize);
        expect(hard(records, "pods")).to.be.at.least(need(() => 1));
        for (const side of ["requests", "limits"] as const) {
          const [cpu, memory] = [
            need((r) => parseCpu(r[side].cpu)),
            need((r) => parseBytes(r[side].memory)),
          ];
          expect(hard(records, `${side}.cpu`)).to.be.at.least(cpu);
          expect(hard(records, `${side}.memory`)).to.be.at.least(memory);
          expect(hard(records, `${side}.ephemeral-storage`)).to.be.at.least(need(disk));
        }
      }),
    );
  });

  it("has room for a second set of pods beside the first, while a third ends", () => {
    const { max } = stock.scaling;
    const before = hard([stock], "pods");
    expect(hard([{ ...stock, rollout: "blue-green" }], "pods")).to.equal(3 * max);
    expect(before).to.equal(2 * max + surgeReplicas(max));
  });

  it("gives no service room for another rolling update on top", () => {
    fc.assert(
      fc.property(anyRecord, (record) => {
        const { max } = record.scaling;
        expect(hard([record], "pods")).to.equal(2 * max + surgeReplicas(max));
      }),
    );
  });
});

describe("containerLimitsFor", () => {
  it("lets every container of the records in, and gives a foreign one the smallest share", () => {
    fc.assert(
      fc.property(fc.array(anyRecord, { minLength: 1, maxLength: 8 }), (records) => {
        const { max, default: limit, defaultRequest } = containerLimitsFor(records);
        for (const { requests, limits } of records) {
          expect(parseCpu(max["cpu"] ?? "")).to.be.at.least(parseCpu(limits.cpu));
          expect(parseBytes(max["memory"] ?? "")).to.be.at.least(parseBytes(limits.memory));
          expect(parseCpu(limit["cpu"] ?? "")).to.be.at.most(parseCpu(limits.cpu));
          expect(parseBytes(defaultRequest["memory"] ?? "")).to.be.at.most(
            parseBytes(requests.memory),
          );
        }
        // Kubernetes refuses a LimitRange whose default request is above its default limit.
        expect(parseCpu(defaultRequest["cpu"] ?? "")).to.be.at.most(parseCpu(limit["cpu"] ?? ""));
        expect(parseBytes(defaultRequest["memory"] ?? "")).to.be.at.most(
          parseBytes(limit["memory"] ?? ""),
        );
      }),
    );
  });

  it("takes each bound from whichever record has it", () => {
    expect(containerLimitsFor([mailer, stock])).to.deep.equal({
      max: { cpu: "1", memory: "2Gi", "ephemeral-storage": "562Mi" },
      default: { cpu: "500m", memory: "256Mi", "ephemeral-storage": "50Mi" },
      defaultRequest: { cpu: "250m", memory: "128Mi", "ephemeral-storage": "50Mi" },
    });
  });
});
