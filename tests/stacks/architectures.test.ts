import { expect } from "chai";
import { ArgsError } from "../../components/shared/args-error";
import { checkCatalogue } from "../../components/shared/catalogue";
import type { ServiceRecord } from "../../components/shared/service-record";
import { architectureNotices } from "../../stacks/architectures";
import { parseEnvironment, type RawEnvironment } from "../../stacks/environment";
import { definePlatform } from "../../stacks/platform";
import { services } from "../../stacks/services";
import { startOfflineEngine } from "../support/engine";
import { changed } from "../support/stack-file";

const both = ["amd64", "arm64"] as const;
const classes = "settings.cluster.nodeClasses";
const armTypes = ["m6g.large", "m7g.large", "m8g.large"];
const armNodes = { instanceTypes: ["m7g.xlarge"], minPerZone: 0, maxPerZone: 2, diskGiB: 80 };
const digest = `sha256:${"9f".repeat(32)}`;

/** The catalogue with some records changed. */
function withRecords(
  names: readonly string[] | undefined,
  change: Partial<ServiceRecord>,
): ServiceRecord[] {
  return services.map((record) =>
    names?.includes(record.name) !== false ? { ...record, ...change } : record,
  );
}

function problemsOf(raw: RawEnvironment, catalogue: readonly ServiceRecord[] = services) {
  try {
    parseEnvironment("file", raw, catalogue);
  } catch (error) {
    if (error instanceof ArgsError) return error.problems;
    throw error;
  }
  return [];
}

const prodWith = (changes: Record<string, unknown>, more: Partial<RawEnvironment> = {}) => ({
  ...changed("prod", changes),
  ...more,
});

describe("the processors of services and nodes: refused is", () => {
  const cases: [string, () => readonly string[], string[]][] = [
    [
      "a record that is built for nothing, or for what no node has, or twice for the same",
      () =>
        [[], ["riscv64"], ["amd64", "amd64"]].flatMap((architectures) =>
          checkCatalogue(withRecords(["relaycore"], { architectures: architectures as never })),
        ),
      ["none", "riscv64", "amd64, amd64"].map(
        (given) =>
          `relaycore.architectures: got ${given}, need one or more of amd64, arm64, each once`,
      ),
    ],
    [
      "a class whose nodes have a processor that its services are not built for, once each",
      () => problemsOf(prodWith({ [`${classes}.ai-processing.instanceTypes`]: ["m7g.4xlarge"] })),
      [
        "neuroweaver-training.architectures: got amd64, and the nodes of ai-processing are arm64 " +
          "(auterity:cluster.nodeClasses.ai-processing); need an image for arm64 too (architectures in the catalogue), " +
          "or instanceTypes for amd64",
      ],
    ],
    [
      "a service on Spot that could not go to the general nodes while there is no Spot capacity",
      () =>
        problemsOf(
          prodWith({
            [`${classes}.spot.instanceTypes`]: [...armTypes],
          }),
          withRecords(["automatrix-worker", "automatrix-web", "neuroweaver-web"], {
            architectures: ["arm64"],
          }),
        ),
      ["automatrix-worker", "automatrix-web", "neuroweaver-web"].map(
        (name) =>
          `${name}.architectures: got arm64, and while there is no Spot capacity it goes to general, whose nodes are amd64 ` +
          "(auterity:cluster.nodeClasses.general); need an image for amd64 too (architectures in the catalogue), or " +
          "instanceTypes for arm64",
      ),
    ],
    [
      "Arm nodes that nothing would run on",
      () => problemsOf(prodWith({ [`${classes}.general-arm64`]: armNodes })),
      [
        "auterity:cluster.nodeClasses.general-arm64: got nodes that nothing runs on, since no service of general is built " +
          'for arm64; need architectures: ["amd64", "arm64"] of one in the catalogue, or leave it out',
      ],
    ],
    [
      "a class of two processors",
      () =>
        problemsOf(prodWith({ [`${classes}.system.instanceTypes`]: ["m6i.xlarge", "m7g.xlarge"] })),
      [
        "auterity:cluster.nodeClasses.system.instanceTypes: got m6i.xlarge, m7g.xlarge, need types of one architecture",
      ],
    ],
    [
      "x86 nodes under the name of Arm ones, and Arm nodes beside Arm ones",
      () => [
        ...problemsOf(
          prodWith({
            [`${classes}.general-arm64`]: { ...armNodes, instanceTypes: ["m6i.xlarge"] },
          }),
        ),
        ...problemsOf(
          prodWith({
            [`${classes}.general-arm64`]: armNodes,
            [`${classes}.general.instanceTypes`]: ["m7g.xlarge"],
          }),
        ),
      ],
      [
        "auterity:cluster.nodeClasses.general-arm64.instanceTypes: got m6i.xlarge, need Arm types, such as m7g.large",
        "auterity:cluster.nodeClasses.general-arm64: got it beside Arm nodes of the class, need x86 types in " +
          "auterity:cluster.nodeClasses.general, or leave it out",
      ],
    ],
    [
      "nodes on which an image of the platform's own parts would not start",
      () =>
        problemsOf(
          prodWith(
            { [`${classes}.system.instanceTypes`]: ["m7g.xlarge"] },
            {
              lockedArchitectures: {
                "docker.io/grafana/loki:3.7.6": ["amd64"],
                "docker.io/grafana/grafana:13.2.0": ["amd64", "arm64"],
              },
            },
          ),
        ),
      [
        "auterity:cluster.nodeClasses.system.instanceTypes: got types for arm64, and docker.io/grafana/loki:3.7.6 is built " +
          "for amd64 alone (images.lock.json); need types for that, or an image for both",
      ],
    ],
    [
      "a release that is not built for what its record claims, where there are such nodes",
      () => {
        const release = {
          "settings.services.versions.relaycore": { tag: "v1.0.0", digest },
        };
        const locked = {
          lockedArchitectures: { [`auterity/relaycore@${digest}`]: ["amd64"] },
        };
        const catalogue = withRecords(["relaycore"], { architectures: both });
        return [
          // No Arm nodes: the claim harms nobody.
          ...problemsOf(prodWith(release, locked), catalogue),
          ...problemsOf(
            prodWith({ ...release, [`${classes}.general-arm64`]: armNodes }, locked),
            catalogue,
          ),
        ];
      },
      [
        "relaycore.architectures: got amd64, arm64, and release v1.0.0 is built for amd64 alone (images.lock.json); need a " +
          "release for arm64, or no such nodes yet",
      ],
    ],
    [
      "too few Arm nodes for what runs on no other",
      () =>
        problemsOf(
          prodWith({
            [`${classes}.general-arm64`]: { ...armNodes, maxPerZone: 1 },
          }),
          withRecords(["neuroweaver-api", "automatrix-api"], { architectures: ["arm64"] }),
        ),
      [
        "auterity:cluster.nodeClasses.general-arm64.maxPerZone: got 1, which leaves 16 of 28 pods without a node at the " +
          "peak (automatrix-api 12, neuroweaver-api 16), need 3 or more in production, larger instanceTypes, or a smaller " +
          "scaling.max in the catalogue",
      ],
    ],
  ];
  for (const [sentence, problems, expected] of cases)
    it(sentence, () => {
      expect(problems()).to.deep.equal(expected);
    });
});

describe("the processors of services and nodes", () => {
  it("may move class by class, once every service of it is built for both", () => {
    const raw = prodWith({
      [`${classes}.general.instanceTypes`]: ["m7g.xlarge"],
      [`${classes}.spot.instanceTypes`]: armTypes,
      [`${classes}.ai-processing.instanceTypes`]: ["m7g.4xlarge"],
    });
    expect(problemsOf(raw, withRecords(undefined, { architectures: both }))).to.deep.equal([]);
  });

  it("may move service by service, onto Arm nodes beside the others", async () => {
    const catalogue = withRecords(["relaycore", "automatrix-web"], { architectures: both });
    const raw = prodWith({
      [`${classes}.general-arm64`]: armNodes,
      [`${classes}.spot-arm64`]: { ...armNodes, instanceTypes: armTypes },
      "aws.allowedAccountIds": ["123456789012"],
    });
    const engine = await startOfflineEngine({ mode: "known", stack: "prod" });
    definePlatform(parseEnvironment("prod", raw, catalogue), catalogue);
    await engine.settle();
    const groups = engine.registrations.filter(({ type }) => type === "eks:index:ManagedNodeGroup");
    const arm = groups.filter(({ inputs }) => inputs["amiType"] === "AL2023_ARM_64_STANDARD");
    expect(
      arm.map(({ name, inputs }) => [name, (inputs["labels"] as { workload: string }).workload]),
    ).to.include.deep.members([
      ["auterity-prod-general-arm64-us-west-2a", "general"],
      ["auterity-prod-spot-arm64-us-west-2c", "spot"],
    ]);
    const autoscaler = engine.registrations.find(
      ({ type, name }) => type.endsWith(":Release") && name === "auterity-prod-cluster-autoscaler",
    );
    const { expanderPriorities } = autoscaler?.inputs["values"] as Record<string, unknown>;
    const order = ["spot-arm64", "spot", "general-arm64", "general"].map((pool) =>
      JSON.stringify(expanderPriorities).indexOf(`^eks-auterity-prod-${pool}-`),
    );
    expect(order.every((at) => at > 0)).to.equal(true);
    const selectors = new Map(
      engine.registrations
        .filter(({ type }) => /:(Deployment|Rollout)$/.test(type))
        .map(({ name, inputs }) => [name, JSON.stringify(inputs)]),
    );
    const text = (name: string) =>
      [...selectors].find(([key]) => key.endsWith(name))?.[1] ?? "nothing";
    expect(text("relaycore")).to.contain('"values":["amd64","arm64"]');
    expect(text("automatrix-api")).to.contain('"kubernetes.io/arch":"amd64"');
    // Room is held where every service of the class can take it.
    expect(text("headroom-general")).to.contain('"values":["amd64"]');
  });

  it("are told of where a release that may start on Arm was never looked at", () => {
    const catalogue = withRecords(["relaycore"], { architectures: both });
    const told = (changes: Record<string, unknown>, more: Partial<RawEnvironment> = {}) => {
      const raw = prodWith(
        { "settings.services.versions.relaycore": { tag: "v1.0.0", digest }, ...changes },
        more,
      );
      return architectureNotices(parseEnvironment("prod", raw, catalogue), catalogue);
    };
    const nodes = { [`${classes}.general-arm64`]: armNodes };
    expect(told(nodes)).to.deep.equal([
      "nobody has asked the registry whether the releases of relaycore are built for arm64, on which they may run: " +
        "npm run images -- lock --releases prod",
    ]);
    expect(told({})).to.deep.equal([]);
    const lockedArchitectures = { [`auterity/relaycore@${digest}`]: both };
    expect(told(nodes, { lockedArchitectures })).to.deep.equal([]);
  });
});
