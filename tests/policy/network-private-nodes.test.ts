import { expect } from "chai";
import { networkPrivateNodes } from "../../policy/rules/network-private-nodes";
import { resource, unknownText } from "../support/check-policy";
import { excusing, existing, finder } from "../support/stack-rule";

const routeType = "aws:ec2/route:Route";
const subnet = existing("aws:ec2/subnet:Subnet", "subnet-1");
const table = (inputs: Record<string, unknown> = {}) =>
  existing("aws:ec2/routeTable:RouteTable", "rtb-1", inputs);
const association = existing("aws:ec2/routeTableAssociation:RouteTableAssociation", "both", {
  subnetId: "subnet-1",
  routeTableId: "rtb-1",
});
const nodes = (inputs: Record<string, unknown> = {}) =>
  existing("aws:eks/nodeGroup:NodeGroup", "nodes", { subnetIds: ["subnet-1"], ...inputs });
const route = (inputs: Record<string, unknown>) =>
  existing(routeType, "route", { routeTableId: "rtb-1", ...inputs });
const exposed = ["nodes", "subnetIds: one of them routes to an internet gateway"];

describe("network-private-nodes", () => {
  const found = finder(networkPrivateNodes);
  const inSubnet = [subnet, association, nodes()];

  it("takes nodes whose subnets route to a NAT gateway", async () => {
    const out = route({ destinationCidrBlock: "0.0.0.0/0", natGatewayId: "nat-1" });
    expect(await found([...inSubnet, table(), out])).to.deep.equal([]);
  });
  it("reports a route to an internet gateway, of either family", async () => {
    for (const destination of [
      { destinationCidrBlock: "0.0.0.0/0" },
      { destinationIpv6CidrBlock: "::/0" },
    ]) {
      const out = route({ ...destination, gatewayId: "igw-1" });
      expect(await found([...inSubnet, table(), out])).to.deep.equal([exposed]);
    }
  });
  it("reports one inside of the table", async () => {
    const open = table({ routes: [{ cidrBlock: "0.0.0.0/0", gatewayId: "igw-1" }] });
    expect(await found([...inSubnet, open])).to.deep.equal([exposed]);
  });
  it("takes a route to a gateway for one range of others", async () => {
    const out = route({ destinationCidrBlock: "192.0.2.0/24", gatewayId: "igw-1" });
    expect(await found([...inSubnet, table(), out])).to.deep.equal([]);
  });
  it("takes public subnets that no nodes stand in", async () => {
    const out = route({ destinationCidrBlock: "0.0.0.0/0", gatewayId: "igw-1" });
    const elsewhere = nodes({ subnetIds: ["subnet-2"] });
    expect(await found([subnet, association, elsewhere, table(), out])).to.deep.equal([]);
  });
  it("finds all of them by what they were built from, in a preview", async () => {
    const made = {
      subnet: resource("aws:ec2/subnet:Subnet", {}),
      table: resource("aws:ec2/routeTable:RouteTable", {}),
      gateway: resource("aws:ec2/internetGateway:InternetGateway", {}),
    };
    const from = (type: string, inputs: object, propertyDependencies: Record<string, string[]>) =>
      resource(
        type,
        {
          ...Object.fromEntries(Object.keys(propertyDependencies).map((key) => [key, unknownText])),
          ...inputs,
        },
        { propertyDependencies },
      );
    const seen = await found([
      ...Object.values(made),
      from(
        "aws:ec2/routeTableAssociation:RouteTableAssociation",
        {},
        {
          subnetId: [made.subnet.urn],
          routeTableId: [made.table.urn],
        },
      ),
      from(
        routeType,
        { destinationCidrBlock: "0.0.0.0/0" },
        { routeTableId: [made.table.urn], gatewayId: [made.gateway.urn] },
      ),
      from(
        "aws:eks/nodeGroup:NodeGroup",
        { subnetIds: [unknownText] },
        { subnetIds: [made.subnet.urn] },
      ),
    ]);
    expect(seen).to.deep.equal([["subject", exposed[1]]]);
  });
  it("reports a way to log in", async () => {
    const open = nodes({ remoteAccess: { ec2SshKey: "key" } });
    expect(await found([open])).to.deep.equal([["nodes", "remoteAccess: opens SSH on the nodes"]]);
    expect(await found([open], excusing("nodes"))).to.deep.equal([]);
  });
});
