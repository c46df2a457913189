import { expect } from "chai";
import { resilienceThreeZones } from "../../policy/rules/resilience-three-zones";
import { unknownText } from "../support/check-policy";
import { excusing, existing, finder } from "../support/stack-rule";

const find = finder(resilienceThreeZones);
const subnet = (letter: string) =>
  existing("aws:ec2/subnet:Subnet", `subnet-${letter}`, { availabilityZone: `us-west-2${letter}` });
const three = ["a", "b", "c"].map(subnet);
const group = (...letters: string[]) =>
  existing("aws:rds/subnetGroup:SubnetGroup", "data", {
    subnetIds: letters.map((letter) => `subnet-${letter}`),
  });
const nodes = (letter: string) =>
  existing("aws:eks/nodeGroup:NodeGroup", `nodes-${letter}`, { subnetIds: [`subnet-${letter}`] });

describe("resilience-three-zones", () => {
  it("is silent where everything stands in three zones", async () => {
    const all = [...three, group("a", "b", "c"), nodes("a"), nodes("b"), nodes("c")];
    expect(await find([existing("aws:ec2/vpc:Vpc", "vpc"), ...all])).to.deep.equal([]);
  });
  it("reports a group of subnets in two, or twice in one", async () => {
    expect(await find([...three, group("a", "b")])).to.deep.equal([
      ["data", "stands in 2 zone(s), need 3 or more"],
    ]);
    const twice = existing("aws:ec2/subnet:Subnet", "subnet-d", { availabilityZone: "us-west-2a" });
    expect(await find([...three, twice, group("a", "b", "d")])).to.deep.equal([
      ["data", "stands in 2 zone(s), need 3 or more"],
    ]);
  });
  it("counts the nodes of all groups together", async () => {
    expect(await find([...three, nodes("a"), nodes("b")])).to.deep.equal([
      ["nodes-a", "stands in 2 zone(s), need 3 or more"],
    ]);
  });
  it("reports a network in two zones", async () => {
    const two = three.slice(1);
    expect(await find([existing("aws:ec2/vpc:Vpc", "vpc"), ...two])).to.deep.equal([
      ["vpc", "stands in 2 zone(s), need 3 or more"],
    ]);
  });
  it("reports a load balancer in one", async () => {
    const balancer = existing("aws:lb/loadBalancer:LoadBalancer", "public", {
      subnets: ["subnet-a"],
    });
    expect(await find([...three, balancer])).to.deep.equal([
      ["public", "stands in 1 zone(s), need 3 or more"],
    ]);
  });
  it("does not judge subnets of another stack, nor what a preview does not know", async () => {
    expect(await find([group("x", "y")])).to.deep.equal([]);
    const open = existing("aws:rds/subnetGroup:SubnetGroup", "data", { subnetIds: unknownText });
    expect(await find([...three, open])).to.deep.equal([]);
  });
  it("takes the number of zones from its settings", async () => {
    expect(await find([...three, group("a", "b")], { fewestZones: 2 })).to.deep.equal([]);
  });
  it("excuses what a waiver names", async () => {
    expect(await find([...three, group("a")], excusing("data"))).to.deep.equal([]);
  });
});
