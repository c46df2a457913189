import { expect } from "chai";
import { networkWafAttached } from "../../policy/rules/network-waf-attached";
import { resource, unknownText } from "../support/check-policy";
import { excusing, existing, finder } from "../support/stack-rule";

const balancer = (inputs: Record<string, unknown> = {}) =>
  existing("aws:lb/loadBalancer:LoadBalancer", "lb", { arn: "arn:lb", ...inputs });
const pool = existing("aws:cognito/userPool:UserPool", "pool", { arn: "arn:pool" });
const association = (resourceArn: string) =>
  existing("aws:wafv2/webAclAssociation:WebAclAssociation", `acl-${resourceArn}`, { resourceArn });
const bare = "it has no web ACL";

describe("network-waf-attached", () => {
  const found = finder(networkWafAttached);

  it("takes what has one", async () => {
    const all = [balancer(), pool, association("arn:lb"), association("arn:pool")];
    expect(await found(all)).to.deep.equal([]);
  });
  it("reports a public load balancer and a user pool without one", async () => {
    expect(await found([balancer(), pool])).to.deep.equal([
      ["lb", bare],
      ["pool", bare],
    ]);
    expect(await found([balancer(), pool, association("arn:lb")])).to.deep.equal([["pool", bare]]);
  });
  it("takes internal load balancers, and kinds that no web ACL is for", async () => {
    expect(await found([balancer({ internal: true })])).to.deep.equal([]);
    expect(await found([balancer({ internal: unknownText })])).to.deep.equal([]);
    expect(await found([balancer({ loadBalancerType: "network" })])).to.deep.equal([]);
  });
  it("finds it by what the association was built from, in a preview", async () => {
    const made = resource("aws:alb/loadBalancer:LoadBalancer", { internal: false });
    const attached = resource(
      "aws:wafv2/webAclAssociation:WebAclAssociation",
      { resourceArn: unknownText },
      { propertyDependencies: { resourceArn: [made.urn] } },
    );
    expect(await found([made, attached])).to.deep.equal([]);
    expect(await found([made])).to.deep.equal([["subject", bare]]);
  });
  it("excuses what a waiver names", async () => {
    expect(await found([pool], excusing("pool"))).to.deep.equal([]);
  });
});
