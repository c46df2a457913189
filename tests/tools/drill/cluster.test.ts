import { expect } from "chai";
import { inOrder } from "../../../tools/drill/cluster/apply-plan";
import { nodesOfGroup } from "../../../tools/drill/cluster/nodes";
import { drawPicture } from "../../../tools/drill/cluster/picture";
import type { NodeGroup } from "../../../tools/drill/cluster/planned";

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
    expect(node?.status.allocatable).to.include({ cpu: "1630m", pods: "23" });
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
