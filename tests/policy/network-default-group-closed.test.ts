import { expect } from "chai";
import { networkDefaultGroupClosed } from "../../policy/rules/network-default-group-closed";
import { resource, unknownText } from "../support/check-policy";
import { excusing, existing, finder } from "../support/stack-rule";

const groupType = "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup";
const vpc = existing("aws:ec2/vpc:Vpc", "vpc-1");
const group = (inputs: Record<string, unknown> = {}) =>
  existing(groupType, "default", { vpcId: "vpc-1", ...inputs });
const untaken = "no DefaultSecurityGroup takes over this VPC's default group";

describe("network-default-group-closed", () => {
  const found = finder(networkDefaultGroupClosed);

  it("takes a closed group of the VPC", async () => {
    expect(await found([vpc, group()])).to.deep.equal([]);
    expect(await found([vpc, group({ ingress: [], egress: [] })])).to.deep.equal([]);
  });
  it("reports a VPC whose group nobody takes over, next to another's", async () => {
    expect(await found([vpc])).to.deep.equal([["vpc-1", untaken]]);
    const other = existing("aws:ec2/vpc:Vpc", "vpc-2");
    expect(await found([vpc, other, group()])).to.deep.equal([["vpc-2", untaken]]);
  });
  it("reports rules of either direction", async () => {
    const open = group({ ingress: [{ protocol: "-1" }], egress: [{ protocol: "-1" }] });
    expect(await found([vpc, open])).to.deep.equal([
      ["default", "ingress: has rules"],
      ["default", "egress: has rules"],
    ]);
  });
  it("finds the VPC by what the group was built from, in a preview", async () => {
    const made = resource("aws:ec2/vpc:Vpc", {});
    const closed = resource(
      groupType,
      { vpcId: unknownText },
      { propertyDependencies: { vpcId: [made.urn] } },
    );
    expect(await found([made, closed])).to.deep.equal([]);
  });
  it("excuses what a waiver names", async () => {
    expect(await found([vpc], excusing("vpc-1"))).to.deep.equal([]);
  });
});
