import { expect } from "chai";
import { ArgsError } from "../../components/shared/args-error";
import { homelessPods } from "../../components/shared/node-room";
import type { ServiceRecord } from "../../components/shared/service-record";
import { nodesOf, podsOf, systemPods } from "../../stacks/capacity";
import { parseEnvironment } from "../../stacks/environment";
import { workingWeek } from "../../stacks/nights";
import { services } from "../../stacks/services";
import { environmentNames } from "../support/planned";
import { changed, rawOf } from "../support/stack-file";

describe("the nodes of each environment", () => {
  for (const name of environmentNames) {
    const environment = parseEnvironment(name, rawOf(name));
    const { cluster, network, services: settings, stage } = environment;
    const zones = network.availabilityZones.length;
    const floor = ({ scaling }: ServiceRecord) =>
      settings.minimumReplicas === "one" ? Math.min(1, scaling.min) : scaling.min;
    for (const nodeClass of ["general", "spot", "ai-processing"] as const) {
      const records = services.filter((record) => record.nodeClass === nodeClass);
      const { minPerZone, maxPerZone } = cluster.nodeClasses[nodeClass];
      const nodes = (perZone: number) => nodesOf(cluster.nodeClasses[nodeClass], perZone * zones);
      const fewest = workingWeek(environment) === undefined ? minPerZone : maxPerZone;
      it(`of ${name} carry the floors of the services on ${nodeClass} when there are fewest, or by day`, () => {
        expect(homelessPods(podsOf(records, floor), nodes(fewest))).to.equal(0);
      });
      if (stage !== "development")
        it(`of ${name} carry the peak of the services on ${nodeClass} when there are most`, () => {
          const pods = podsOf(records, ({ scaling }) => scaling.max);
          expect(homelessPods(pods, nodes(maxPerZone))).to.equal(0);
        });
    }
  }

  for (const name of environmentNames)
    it(`of ${name} carry what watches the platform, and its controllers, when there are fewest`, () => {
      const { cluster, costs, network, observability } = parseEnvironment(name, rawOf(name));
      const { system } = cluster.nodeClasses;
      const nodes = nodesOf(system, system.minPerZone * network.availabilityZones.length);
      expect(homelessPods(systemPods(observability, costs), nodes)).to.equal(0);
    });

  it("would not do at half the size", () => {
    const { cluster } = parseEnvironment("prod", rawOf("prod"));
    const half = { ...cluster.nodeClasses.general, instanceTypes: ["m6i.large"] };
    const records = services.filter((record) => record.nodeClass === "general");
    const floors = podsOf(records, ({ scaling }) => scaling.min);
    expect(homelessPods(floors, nodesOf(half, 3))).to.be.greaterThan(0);
  });
});

function problemsOf(
  name: string,
  changes: Record<string, unknown>,
  catalogue: readonly ServiceRecord[] = services,
): readonly string[] {
  try {
    parseEnvironment("file", changed(name, changes), catalogue);
  } catch (error) {
    if (error instanceof ArgsError) return error.problems;
    throw error;
  }
  return [];
}

/** The catalogue with one record changed. */
function withRecord(name: string, change: Partial<ServiceRecord>): ServiceRecord[] {
  return services.map((record) => (record.name === name ? { ...record, ...change } : record));
}

const general = "settings.cluster.nodeClasses.general";
const known =
  "need a type whose size is known: m5, m5a, m5n, m6a, m6i, m6in, m7a, m7i, m7i-flex, c6a, c6i, c6in, c7a, c7i, " +
  "r5, r5a, r6a, r6i, r6in, r7a, r7i, m6g, m7g, m8g, c6g, c7g, c8g, r6g, r7g, r8g in large, xlarge, 2xlarge, " +
  "4xlarge, 8xlarge, 12xlarge, 16xlarge (components/shared/instance-types.ts)";
const largeNode =
  "15540m CPU, 57.3 GiB of memory and 179 GiB of disk (m6i.4xlarge with 200 GiB of disk)";

describe("an environment is refused", () => {
  const cases: [string, () => readonly string[], string[]][] = [
    [
      "with an instance type of which nothing is known, in every class",
      () =>
        problemsOf("dev", {
          [`${general}.instanceTypes`]: ["m6i.nano"],
          "settings.cluster.nodeClasses.system.instanceTypes": ["g5.xlarge"],
        }),
      [
        `auterity:cluster.nodeClasses.system.instanceTypes: got g5.xlarge, ${known}`,
        `auterity:cluster.nodeClasses.general.instanceTypes: got m6i.nano, ${known}`,
      ],
    ],
    [
      "if what watches the platform does not fit the platform's own nodes with a zone less",
      () =>
        problemsOf("prod", {
          "settings.cluster.nodeClasses.system.instanceTypes": ["m6i.large"],
          "settings.cluster.nodeClasses.system.maxPerZone": 1,
        }),
      [
        "auterity:cluster.nodeClasses.system.maxPerZone: got 1, which leaves 40 of the 48 pods of the platform's own parts " +
          "without a node when a zone is lost, need 3 or more in production, larger instanceTypes, or smaller requests in " +
          "auterity:observability",
      ],
    ],
    [
      "if a Prometheus is larger than the largest node of the platform's own parts, also in dev",
      () =>
        problemsOf("dev", {
          "settings.observability.metrics.requests": { cpu: "1", memory: "16Gi" },
        }),
      [
        "auterity:cluster.nodeClasses.system.instanceTypes: got m7g.large, which has no room for 1 of the 38 pods of the " +
          "platform's own parts; need larger instanceTypes, or smaller requests in auterity:observability",
      ],
    ],
    [
      "if a pod is larger than the largest node of its class, also in dev",
      () =>
        problemsOf(
          "dev",
          {},
          withRecord("relaycore", {
            requests: { cpu: "2", memory: "1Gi" },
            limits: { cpu: "2", memory: "2Gi" },
          }),
        ),
      [
        "relaycore.requests: got 2 CPU, 1 GiB of memory and 0.3 GiB of disk a pod, for which no node of general has room; " +
          "need at most 1580m CPU, 6.3 GiB of memory and 71 GiB of disk (m6i.large with 80 GiB of disk), " +
          "or m6i.xlarge in auterity:cluster.nodeClasses.general",
      ],
    ],
    [
      "if a pod asks for more disk than its nodes have",
      () => problemsOf("prod", {}, withRecord("neuroweaver-training", { writableSize: "100Gi" })),
      [
        "neuroweaver-training.requests: got 4 CPU, 16 GiB of memory and 200.1 GiB of disk a pod, " +
          `for which no node of ai-processing has room; need at most ${largeNode}, ` +
          "or m6i.4xlarge with 230 GiB of disk in auterity:cluster.nodeClasses.ai-processing",
      ],
    ],
    [
      "if a pod fits no node of the family",
      () =>
        problemsOf(
          "prod",
          {},
          withRecord("neuroweaver-training", {
            requests: { cpu: "100", memory: "16Gi" },
            limits: { cpu: "100", memory: "16Gi" },
          }),
        ),
      [
        "neuroweaver-training.requests: got 100 CPU, 16 GiB of memory and 100.1 GiB of disk a pod, " +
          `for which no node of ai-processing has room; need at most ${largeNode}, ` +
          "or a family with more than m6i.16xlarge in auterity:cluster.nodeClasses.ai-processing",
      ],
    ],
    [
      "if the peak does not fit the most nodes in production",
      () => problemsOf("prod", { [`${general}.maxPerZone`]: 1 }),
      [
        "auterity:cluster.nodeClasses.general.maxPerZone: got 1, which leaves 28 of 40 pods without a node at the peak " +
          "(automatrix-api 12, relaycore 12, neuroweaver-api 16), need 3 or more in production, larger instanceTypes, " +
          "or a smaller scaling.max in the catalogue",
      ],
    ],
    [
      "if a record's maximum outgrows the nodes",
      () =>
        problemsOf(
          "recovery",
          {},
          withRecord("relaycore", {
            scaling: { min: 3, max: 60, signals: [{ kind: "cpu", targetPercent: 70 }] },
          }),
        ),
      [
        "auterity:cluster.nodeClasses.general.maxPerZone: got 3, which leaves 41 of 88 pods without a node at the peak " +
          "(automatrix-api 12, relaycore 60, neuroweaver-api 16), need 5 or more in recovery, larger instanceTypes, " +
          "or a smaller scaling.max in the catalogue",
      ],
    ],
  ];
  for (const [title, problems, expected] of cases)
    it(title, () => {
      expect(problems()).to.deep.equal(expected);
    });

  it("not for the peak in development, whose services wait their turn", () => {
    expect(problemsOf("dev", { [`${general}.maxPerZone`]: 1 })).to.deep.equal([]);
  });

  it("not for a record that is malformed: the catalogue's check tells of it", () => {
    const records = withRecord("relaycore", { requests: { cpu: "lots", memory: "1Gi" } });
    expect(problemsOf("prod", {}, records)).to.deep.equal([]);
  });

  it("not for a class that is malformed: its shape is told first", () => {
    expect(problemsOf("prod", { [`${general}.maxPerZone`]: "3" })).to.deep.equal([
      'auterity:cluster.nodeClasses.general.maxPerZone: got "3", need a number',
    ]);
  });
});
