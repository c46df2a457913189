import { expect } from "chai";
import { resilienceNatPerZone } from "../../policy/rules/resilience-nat-per-zone";
import { excusing, existing, finder } from "../support/stack-rule";

const find = finder(resilienceNatPerZone);
const subnet = (id: string, letter: string) =>
  existing("aws:ec2/subnet:Subnet", id, { availabilityZone: `us-west-2${letter}` });
const nat = (letter: string, more: object = {}) =>
  existing("aws:ec2/natGateway:NatGateway", `nat-${letter}`, {
    subnetId: `public-${letter}`,
    ...more,
  });
/** A private subnet whose way out is a NAT gateway. */
const wayOut = (letter: string, through: string) => [
  subnet(`private-${letter}`, letter),
  existing("aws:ec2/routeTable:RouteTable", `table-${letter}`),
  existing("aws:ec2/routeTableAssociation:RouteTableAssociation", `association-${letter}`, {
    subnetId: `private-${letter}`,
    routeTableId: `table-${letter}`,
  }),
  existing("aws:ec2/route:Route", `route-${letter}`, {
    routeTableId: `table-${letter}`,
    natGatewayId: `nat-${through}`,
  }),
];
const publicSubnets = [subnet("public-a", "a"), subnet("public-b", "b")];
const message = "subnets in us-west-2b go out through the NAT gateway in us-west-2a";

describe("resilience-nat-per-zone", () => {
  it("is silent where each zone has its own", async () => {
    const all = [nat("a"), nat("b"), ...wayOut("a", "a"), ...wayOut("b", "b")];
    expect(await find([...publicSubnets, ...all])).to.deep.equal([]);
  });
  it("reports a way out through another zone", async () => {
    const all = [nat("a"), ...wayOut("a", "a"), ...wayOut("b", "a")];
    expect(await find([...publicSubnets, ...all])).to.deep.equal([["route-b", message]]);
  });
  it("lets a regional gateway serve every zone", async () => {
    const all = [nat("a", { availabilityMode: "regional" }), ...wayOut("b", "a")];
    expect(await find([...publicSubnets, ...all])).to.deep.equal([]);
  });
  it("lets other routes be", async () => {
    const route = existing("aws:ec2/route:Route", "public", { gatewayId: "igw" });
    expect(await find([...publicSubnets, route])).to.deep.equal([]);
  });
  it("excuses what a waiver names", async () => {
    const all = [nat("a"), ...wayOut("b", "a")];
    expect(await find([...publicSubnets, ...all], excusing("route-b"))).to.deep.equal([]);
  });
});
