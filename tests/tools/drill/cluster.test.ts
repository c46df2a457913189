import { secretsNamedBy } from "../../../tools/drill/cluster/secrets";
import { expect } from "chai";
import { inOrder } from "../../../tools/drill/cluster/apply-plan";
import { nodesOfGroup } from "../../../tools/drill/cluster/nodes";
import { drawPicture } from "../../../tools/drill/cluster/picture";
import type { NodeGroup } from "../../../tools/drill/cluster/planned";
import { adaptScaling, type ScaledObject } from "../../../tools/drill/cluster/scaling";

const group: NodeGroup = {
  nodeClass: "spot",
  zone: "us-west-2a",
  instanceTypes: ["m6i.large", "m5a.large"],
  capacityType: "SPOT",
  labels: { workload: "spot" },
  taints: [{ key: "workload", value: "spot", effect: "NoSchedule" }],
  diskGiB: 80,
  least: 2,
  most: 4,
};

function object(kind: string, name: string) {
  return { apiVersion: "v1", kind, metadata: { name } };
}

describe("simulated nodes", () => {
  it("are as many as a group has at least, with its labels, its taints and what the type leaves to pods", () => {
    const nodes = nodesOfGroup(group) as unknown as {
      metadata: { name: string; labels: Record<string, string> };
      spec: { taints: unknown };
      status: { allocatable: Record<string, string> };
    }[];
    expect(nodes.map(({ metadata }) => metadata.name)).to.deep.equal([
      "spot-us-west-2a-1",
      "spot-us-west-2a-2",
    ]);
    const [node] = nodes;
    expect(node?.metadata.labels).to.include({
      workload: "spot",
      "topology.kubernetes.io/zone": "us-west-2a",
      "topology.kubernetes.io/region": "us-west-2",
      "node.kubernetes.io/instance-type": "m6i.large",
    });
    expect(node?.spec.taints).to.deep.equal(group.taints);
    expect(node?.status.allocatable).to.include({ cpu: "1580m", pods: "22" });
  });
});

describe("the order in which planned objects are applied", () => {
  it("begins with what others are made in or name", () => {
    const kinds = ["Deployment", "ResourceQuota", "Namespace", "ServiceAccount", "PriorityClass"];
    const ordered = inOrder(kinds.map((kind) => object(kind, "x")));
    expect(ordered.map(({ kind }) => kind)).to.deep.equal([
      ...["Namespace", "PriorityClass", "ServiceAccount", "ResourceQuota", "Deployment"],
    ]);
  });
});

describe("scaling that is adapted to a drill", () => {
  const planned: ScaledObject = {
    ...object("ScaledObject", "relaycore"),
    spec: {
      scaleTargetRef: { name: "relaycore" },
      pollingInterval: 30,
      triggers: [
        { type: "cpu", metadata: { value: "70" } },
        { type: "cron", metadata: { desiredReplicas: "4" } },
      ],
      advanced: {
        horizontalPodAutoscalerConfig: {
          behavior: {
            scaleUp: { stabilizationWindowSeconds: 0 },
            scaleDown: {
              stabilizationWindowSeconds: 300,
              policies: [{ periodSeconds: 60 }],
            },
          },
        },
      },
    },
  };

  it("waits less, knows no hour, keeps all else and says so", () => {
    const { objects, changes } = adaptScaling([planned], { scaleDownSeconds: 60 });
    expect(changes).to.deep.equal([
      "pods look back before there are fewer: 60 s instead of 300 s",
      "time-of-day floors are left out: the drill runs at any hour",
    ]);
    const { spec } = objects[0] as ScaledObject;
    expect(spec.triggers).to.deep.equal([{ type: "cpu", metadata: { value: "70" } }]);
    expect(spec.pollingInterval).to.equal(30);
    expect(spec.advanced?.horizontalPodAutoscalerConfig?.behavior).to.deep.equal({
      scaleUp: { stabilizationWindowSeconds: 0 },
      scaleDown: { stabilizationWindowSeconds: 60, policies: [{ periodSeconds: 60 }] },
    });
  });

  it("hurries more pods and the last one too, where it is told to", () => {
    const hurried = {
      scaleUpSeconds: 1,
      scaleDownSeconds: 2,
      pollingSeconds: 1,
      cooldownSeconds: 5,
    };
    const behavior = {
      scaleUp: { stabilizationWindowSeconds: 30, policies: [{ periodSeconds: 60 }] },
    };
    const slow = {
      ...planned,
      spec: { ...planned.spec, advanced: { horizontalPodAutoscalerConfig: { behavior } } },
    };
    const { objects, changes } = adaptScaling([slow], hurried);
    const { spec } = objects[0] as ScaledObject;
    expect(spec).to.include({ pollingInterval: 1, cooldownPeriod: 5 });
    expect(spec.advanced?.horizontalPodAutoscalerConfig?.behavior).to.deep.equal({
      scaleUp: { stabilizationWindowSeconds: 1, policies: [{ periodSeconds: 1 }] },
      scaleDown: { stabilizationWindowSeconds: 2 },
    });
    expect(changes).to.have.length(6);
  });

  it("leaves out what the hour alone scales", () => {
    const triggers = [{ type: "cron", metadata: {} }];
    const hourly = { ...planned, spec: { ...planned.spec, triggers } };
    const { objects, changes } = adaptScaling([hourly, planned], { scaleDownSeconds: 600 });
    expect(objects).to.have.length(1);
    expect(changes).to.include("time-of-day floors are left out: the drill runs at any hour");
  });

  it("is refused where the plan scales nothing", () => {
    expect(() => adaptScaling([object("Deployment", "x")], { scaleDownSeconds: 60 })).to.throw(
      "the plan has no ScaledObject: nothing scales",
    );
  });
});

describe("Secrets that pods name", () => {
  it("are there with every key that is named, once", () => {
    const container = (...keys: readonly string[]) => ({
      env: keys.map((key) => ({ name: key, valueFrom: { secretKeyRef: { name: "s", key } } })),
    });
    const template = {
      spec: { initContainers: [container("A")], containers: [container("A", "B")] },
    };
    const deployment = {
      ...{ apiVersion: "apps/v1", kind: "Deployment", metadata: { name: "x", namespace: "n" } },
      spec: { template },
    };
    expect(secretsNamedBy([deployment, object("Service", "x")])).to.deep.equal([
      {
        ...{ apiVersion: "v1", kind: "Secret", metadata: { name: "s", namespace: "n" } },
        stringData: { A: "drill", B: "drill" },
      },
    ]);
  });
});

describe("the picture of a drill", () => {
  const svg = drawPicture({
    title: "a < b",
    seconds: 10,
    panels: [
      {
        title: "pods",
        series: [
          {
            name: "relaycore",
            points: [
              [0, 1],
              [5, 3],
            ],
          },
        ],
      },
    ],
    events: [{ seconds: 5, text: "more & more" }],
  });

  it("steps from value to value and holds the last", () => {
    expect(svg).to.match(/<path d="M48 [\d.]+H429V[\d.]+H810"/);
  });

  it("is safe whatever the words are", () => {
    expect(svg).to.include("a &lt; b").and.to.include("more &amp; more");
    expect(svg).not.to.include("a < b");
  });
});
