import * as k8s from "@pulumi/kubernetes";
import { expect } from "chai";
import { NodeHeadroom, type NodeHeadroomArgs } from "../../../components/node-headroom";
import { ArgsError } from "../../../components/shared/args-error";
import { images } from "../../../components/shared/versions";
import { startOfflineEngine } from "../../support/engine";

const day = { timeZone: "America/Los_Angeles", start: "0 7 * * 1-5", end: "0 19 * * 1-5" };
const args: NodeHeadroomArgs = {
  zones: 3,
  classes: {
    general: { cpu: "1", memory: "2Gi", perZone: 1 },
    spot: { cpu: "500m", memory: "1Gi", perZone: 0, dayPerZone: 2 },
    "ai-processing": { cpu: "4", memory: "8Gi", perZone: 0 },
  },
  image: images.pause,
  day,
};

interface Registering {
  readonly mode?: "known" | "unknown";
  readonly follows?: boolean;
}

async function register(
  given: NodeHeadroomArgs,
  { mode = "known", follows = true }: Registering = {},
) {
  const engine = await startOfflineEngine({ mode });
  const provider = new k8s.Provider("cluster", { kubeconfig: "{}" });
  const headroom = new NodeHeadroom("nodes", given, { providers: [provider] });
  // Anything that is there before.
  if (follows) headroom.followDay(provider);
  await engine.settle();
  return engine.registrations.filter(({ type }) => !type.startsWith("pulumi:providers:"));
}

interface Room {
  readonly spec: {
    readonly replicas?: number;
    readonly template: {
      readonly spec: {
        readonly priorityClassName: string;
        readonly terminationGracePeriodSeconds: number;
        readonly nodeSelector: object;
        readonly tolerations: object[];
      };
    };
  };
}

describe("NodeHeadroom", () => {
  for (const mode of ["known", "unknown"] as const)
    it(`registers room for the classes that hold some, and a schedule where the day holds more (${mode} values)`, async () => {
      const policy = "kubernetes:networking.k8s.io/v1:NetworkPolicy";
      const quota = "kubernetes:core/v1:ResourceQuota";
      expect(
        (await register(args, { mode })).map(({ type, name }) => [type, name]),
      ).to.have.deep.members([
        ["platform:cluster:NodeHeadroom", "nodes"],
        ["kubernetes:scheduling.k8s.io/v1:PriorityClass", "nodes-headroom"],
        ["kubernetes:core/v1:Namespace", "nodes-node-headroom"],
        ["kubernetes:core/v1:ServiceAccount", "nodes-headroom"],
        [policy, "nodes-node-headroom-default-deny"],
        [policy, "nodes-node-headroom-allow-dns"],
        [quota, "nodes-headroom-quota"],
        [quota, "nodes-headroom-quota-other-priorities"],
        ["kubernetes:apps/v1:Deployment", "nodes-headroom-general"],
        ["kubernetes:apps/v1:Deployment", "nodes-headroom-spot"],
        ["kubernetes:keda.sh/v1alpha1:ScaledObject", "nodes-headroom-spot-day"],
      ]);
    });

  it("holds room that goes at once, on nodes of the class, in every zone", async () => {
    const registrations = await register(args);
    const room = (name: string) =>
      registrations.find((each) => each.name === `nodes-headroom-${name}`)
        ?.inputs as unknown as Room;
    const { replicas, template } = room("general").spec;
    expect(replicas).to.equal(3);
    expect(template.spec).to.deep.include({
      priorityClassName: "auterity-headroom",
      terminationGracePeriodSeconds: 0,
      nodeSelector: { workload: "general" },
      tolerations: [],
    });
    expect(room("spot").spec.template.spec.tolerations).to.deep.equal([
      { key: "workload", value: "spot", effect: "NoSchedule", operator: "Equal" },
    ]);
  });

  it("holds room where it is of use, if that is said", async () => {
    const { general } = args.classes;
    if (general === undefined) throw new Error("no class general");
    const registrations = await register({
      ...args,
      classes: { general: { ...general, architectures: ["arm64"] } },
    });
    const room = registrations.find(({ name }) => name === "nodes-headroom-general");
    expect((room?.inputs as unknown as Room).spec.template.spec).to.deep.include({
      affinity: {
        nodeAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: {
            nodeSelectorTerms: [
              {
                matchExpressions: [
                  { key: "kubernetes.io/arch", operator: "In", values: ["arm64"] },
                ],
              },
            ],
          },
        },
      },
    });
  });

  it("leaves the number to the schedule where there is one, which never goes below any time's", async () => {
    const registrations = await register(args);
    const inputs = (name: string) => registrations.find((each) => each.name === name)?.inputs;
    const deployment = registrations.find(({ name }) => name === "nodes-headroom-spot");
    expect((deployment?.inputs as unknown as Room).spec.replicas).to.equal(0);
    expect(deployment?.ignoreChanges).to.deep.equal(["spec.replicas"]);
    expect(inputs("nodes-headroom-spot-day")?.["spec"]).to.deep.equal({
      scaleTargetRef: { name: "spot" },
      minReplicaCount: 0,
      maxReplicaCount: 6,
      triggers: [
        {
          type: "cron",
          metadata: {
            timezone: "America/Los_Angeles",
            start: "0 7 * * 1-5",
            end: "0 19 * * 1-5",
            desiredReplicas: "6",
          },
        },
      ],
    });
  });

  it("asks nothing of the autoscaler before it is there", async () => {
    const registrations = await register(args, { follows: false });
    expect(registrations.map(({ type }) => type)).not.to.include(
      "kubernetes:keda.sh/v1alpha1:ScaledObject",
    );
  });

  it("bounds its namespace to what it holds, and to its own priority", async () => {
    const registrations = await register(args);
    const hard = (name: string) =>
      (
        registrations.find((each) => each.name === name)?.inputs["spec"] as {
          hard: Record<string, string>;
        }
      ).hard;
    expect(hard("nodes-headroom-quota")).to.include({
      pods: "9",
      "requests.cpu": "6",
      "requests.memory": "12Gi",
    });
    expect(hard("nodes-headroom-quota-other-priorities")).to.deep.equal({ pods: "0" });
  });

  it("refuses every problem at once, and registers nothing", async () => {
    const engine = await startOfflineEngine({ mode: "known" });
    const problemsOf = (given: NodeHeadroomArgs): readonly string[] => {
      try {
        new NodeHeadroom("nodes", given);
        return [];
      } catch (error) {
        return error instanceof ArgsError ? error.problems : [];
      }
    };
    expect(
      problemsOf({
        zones: 0,
        classes: {
          general: { cpu: "x", memory: "2", perZone: -1 },
          spot: { cpu: "1", memory: "?", perZone: 2, dayPerZone: 1 },
        },
        image: { repository: "registry.k8s.io/pause", tag: "latest" },
        day: { timeZone: "+01:00", start: "0 7", end: "0 7" },
      }),
    ).to.deep.equal([
      'classes.general.cpu: got "x", need a quantity such as 500m',
      "classes.general.perZone: got -1, need a whole number of 0 or more",
      'classes.spot.memory: got "?", need a quantity such as 1Gi',
      "classes.spot.dayPerZone: got 1, need at least perZone, 2: a day never takes room away",
      'day.timeZone: got "+01:00", need an IANA time zone such as "America/Los_Angeles"',
      'day.start: got "0 7", need five cron fields with one space between them',
      'day.end: got "0 7", need five cron fields with one space between them',
      'day.end: got "0 7", need another time than start',
      "zones: got 0, need 1 to 6",
      "image.tag: got latest, need the tag of one version",
    ]);
    const { classes, image, zones } = args;
    expect(problemsOf({ classes, image, zones })).to.deep.equal([
      "classes.spot.dayPerZone: got 2, need a day too, or leave it out",
    ]);
    await engine.settle();
    expect(engine.registrations).to.deep.equal([]);
  });
});

describe("the example of NodeHeadroom", () => {
  it("runs by itself, with its own provider", async () => {
    const engine = await startOfflineEngine({ config: { "auterity:kubeconfig": "{}" } });
    await import("../../../examples/node-headroom/index.js");
    await engine.settle();
    const without = engine.registrations
      .filter(({ type }) => type.startsWith("kubernetes:"))
      .filter(({ provider }) => provider.split("::")[3] !== "cluster");
    expect(without).to.deep.equal([]);
  });
});
