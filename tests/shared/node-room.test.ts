import { expect } from "chai";
import { instanceTypeProblem, instanceTypes } from "../../components/shared/instance-types";
import { homelessPods, nodeRoom } from "../../components/shared/node-room";

const mib = 2 ** 20;
const gib = 2 ** 30;

describe("the facts of instance types", () => {
  it("are those of EC2", () => {
    expect(
      ["m5.large", "m6i.xlarge", "c7i.4xlarge", "r6g.2xlarge"].map((name) => instanceTypes[name]),
    ).to.deep.equal([
      { vcpus: 2, memoryGiB: 8, pods: 29, architecture: "amd64" },
      { vcpus: 4, memoryGiB: 16, pods: 58, architecture: "amd64" },
      { vcpus: 16, memoryGiB: 32, pods: 234, architecture: "amd64" },
      { vcpus: 8, memoryGiB: 64, pods: 58, architecture: "arm64" },
    ]);
  });

  it("do not take a property of every object for a type", () => {
    expect(instanceTypeProblem("toString")).to.match(/^got toString, need a type/);
  });
});

describe("the room of a node", () => {
  it("is what nodeadm, the evictions and the DaemonSets leave", () => {
    const room = nodeRoom({ vcpus: 16, memoryGiB: 64, pods: 234, architecture: "amd64" }, 200);
    expect(room).to.deep.equal({
      // 16 cores less 110m for the system and 350m for the DaemonSets.
      cpu: 15540,
      memory: Math.floor(64 * gib * 0.95) - (255 + 11 * 234 + 100 + 576) * mib,
      ephemeralStorage: 179 * gib,
      pods: 227,
    });
  });

  const pod = { cpu: 1000, memory: gib, ephemeralStorage: gib };
  const node = { cpu: 2000, memory: 4 * gib, ephemeralStorage: 4 * gib, pods: 3 };
  it("ends with each of CPU, memory, disk and addresses", () => {
    const homeless = (change: object) => homelessPods([pod, pod], [{ ...node, ...change }]);
    expect(homeless({})).to.equal(0);
    expect(homeless({ cpu: 1999 })).to.equal(1);
    expect(homeless({ memory: 2 * gib - 1 })).to.equal(1);
    expect(homeless({ ephemeralStorage: 2 * gib - 1 })).to.equal(1);
    expect(homeless({ pods: 1 })).to.equal(1);
  });

  it("is filled with the largest pods first", () => {
    const small = { ...pod, cpu: 500 };
    const nodes = [node, { ...node, cpu: 1000 }];
    expect(homelessPods([small, small, pod, pod], nodes)).to.equal(0);
  });
});
