import { expect } from "chai";
import { homelessPods } from "../../components/shared/node-room";

const both = ["amd64", "arm64"] as const;

describe("the processors of nodes", () => {
  it("decide where a pod finds room", () => {
    const room = { cpu: 1000, memory: 1000, ephemeralStorage: 0, pods: 10 };
    const pod = { cpu: 600, memory: 0, ephemeralStorage: 0 };
    const nodes = [
      { ...room, architecture: "amd64" as const },
      { ...room, architecture: "arm64" as const },
    ];
    const amd64 = { ...pod, architectures: ["amd64"] as const };
    const arm64 = { ...pod, architectures: ["arm64"] as const };
    const either = { ...pod, architectures: both };
    expect(homelessPods([amd64, amd64], nodes)).to.equal(1);
    expect(homelessPods([either, arm64], nodes)).to.equal(0);
    expect(homelessPods([either, amd64], nodes)).to.equal(0);
    expect(homelessPods([pod, amd64], nodes)).to.equal(0);
    expect(homelessPods([either, amd64, arm64], nodes)).to.equal(1);
    expect(homelessPods([pod, pod], [room, room])).to.equal(0);
  });
});
