import { expect } from "chai";
import { drFailoverHealth } from "../../policy/rules/dr-failover-health";
import { excusing, existing, finder } from "../support/stack-rule";

const find = finder(drFailoverHealth);
const record = (id: string, type: string, inputs: object = {}) =>
  existing("aws:route53/record:Record", id, {
    ...{ zoneId: "Z1", name: "api.example.com", type: "A" },
    failoverRoutingPolicies: [{ type }],
    ...inputs,
  });
const primary = record("primary", "PRIMARY", { healthCheckId: "check" });
const secondary = record("secondary", "SECONDARY");

describe("dr-failover-health", () => {
  it("is silent about a watched primary with its secondary, and about other records", async () => {
    const plain = existing("aws:route53/record:Record", "plain", { zoneId: "Z1", name: "x" });
    expect(await find([primary, secondary, plain])).to.deep.equal([]);
  });
  it("takes an alias that evaluates the health of its target", async () => {
    const alias = record("primary", "PRIMARY", { aliases: [{ evaluateTargetHealth: true }] });
    expect(await find([alias, secondary])).to.deep.equal([]);
  });
  it("reports a primary that nobody watches", async () => {
    expect(await find([record("primary", "PRIMARY"), secondary])).to.deep.equal([
      ["primary", "healthCheckId: is missing, so that nobody ever leaves it"],
    ]);
  });
  it("reports one without the other, also if that has another name", async () => {
    expect(await find([primary])).to.deep.equal([
      ["primary", "there is no secondary record of its name"],
    ]);
    expect(
      await find([secondary, record("other", "PRIMARY", { name: "app", healthCheckId: "c" })]),
    ).to.deep.equal([
      ["secondary", "there is no primary record of its name"],
      ["other", "there is no secondary record of its name"],
    ]);
  });
  it("takes a half whose other stands in another program, if it is watched itself", async () => {
    const elsewhere = { pairedElsewhere: ["*ary"] };
    expect(await find([primary], elsewhere)).to.deep.equal([]);
    expect(
      await find([record("secondary", "SECONDARY", { healthCheckId: "c" })], elsewhere),
    ).to.deep.equal([]);
    expect(await find([secondary], elsewhere)).to.deep.equal([
      ["secondary", "healthCheckId: is missing, so that people are sent to it whatever it serves"],
    ]);
    expect(await find([primary], { pairedElsewhere: ["other-*"] })).to.have.length(1);
  });
  it("excuses what a waiver names", async () => {
    expect(await find([primary], excusing("primary"))).to.deep.equal([]);
  });
});
