import { expect } from "chai";
import { networkOneRuleStyle } from "../../policy/rules/network-one-rule-style";
import { resource, unknownText } from "../support/check-policy";
import { excusing, existing, finder } from "../support/stack-rule";

const https = { protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["10.0.0.0/8"] };
const group = (inputs: Record<string, unknown> = {}) =>
  existing("aws:ec2/securityGroup:SecurityGroup", "sg-1", inputs);
const separate = existing("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", "sgr-1", {
  securityGroupId: "sg-1",
  ...{ ipProtocol: "tcp", fromPort: 443, toPort: 443, cidrIpv4: "10.0.0.0/8" },
});
const older = existing("aws:ec2/securityGroupRule:SecurityGroupRule", "sgr-2", {
  type: "egress",
  securityGroupId: "sg-1",
  ...{ protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["10.0.0.0/8"] },
});
const both = (direction: string) =>
  `${direction}: has rules, beside rules that are resources, and each undoes the other`;

describe("network-one-rule-style", () => {
  const found = finder(networkOneRuleStyle);

  it("takes rules inside of a group alone, and rules that are resources alone", async () => {
    expect(await found([group({ ingress: [https], egress: [https] })])).to.deep.equal([]);
    expect(await found([group(), separate])).to.deep.equal([]);
  });
  it("reports both, by direction", async () => {
    const other = { ...https, fromPort: 80, toPort: 80 };
    expect(await found([group({ ingress: [other] }), separate])).to.deep.equal([
      ["sg-1", both("ingress")],
    ]);
    expect(await found([group({ egress: [other] }), separate])).to.deep.equal([
      ["sg-1", both("egress")],
    ]);
  });
  it("does not take what a refresh read into the group for the group's own", async () => {
    expect(await found([group({ ingress: [https] }), separate])).to.deep.equal([]);
  });
  it("reports rules of the older and the newer kind for one group", async () => {
    expect(await found([group(), separate, older])).to.deep.equal([
      ["sg-1", "its rules are SecurityGroupRule and the newer kinds, which undo each other"],
    ]);
  });
  it("leaves the rules of another group alone", async () => {
    const other = { ...separate, inputs: { ...separate.inputs, securityGroupId: "sg-2" } };
    expect(await found([group({ ingress: [https] }), other])).to.deep.equal([]);
  });
  it("finds the group by what the rule was built from, in a preview", async () => {
    const made = resource("aws:ec2/securityGroup:SecurityGroup", { ingress: [https] });
    const rule = {
      ...separate,
      inputs: { ...separate.inputs, securityGroupId: unknownText, fromPort: 80, toPort: 80 },
      propertyDependencies: { securityGroupId: [made.urn] },
    };
    expect(await found([made, rule])).to.deep.equal([["subject", both("ingress")]]);
  });
  it("excuses what a waiver names", async () => {
    const mixed = [group({ egress: [https] }), separate];
    expect(await found(mixed)).to.have.length(1);
    expect(await found(mixed, excusing("sg-1"))).to.deep.equal([]);
  });
});
