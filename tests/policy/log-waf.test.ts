import { expect } from "chai";
import { logWaf } from "../../policy/rules/log-waf";
import { resource, unknownText } from "../support/check-policy";
import { excusing, existing, finder } from "../support/stack-rule";

const acl = existing("aws:wafv2/webAcl:WebAcl", "acl", { arn: "arn:acl" });
const logging = (resourceArn: string) =>
  existing("aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration", "log", {
    resourceArn,
  });
const silent = "nothing logs what it decides";

describe("log-waf", () => {
  const found = finder(logWaf);

  it("takes an ACL that is logged", async () => {
    expect(await found([acl, logging("arn:acl")])).to.deep.equal([]);
  });
  it("reports one that is not, or whose log is another's", async () => {
    expect(await found([acl])).to.deep.equal([["acl", silent]]);
    expect(await found([acl, logging("arn:other")])).to.deep.equal([["acl", silent]]);
  });
  it("finds it by what the log was built from, in a preview", async () => {
    const made = resource("aws:wafv2/webAcl:WebAcl", {});
    const attached = resource(
      "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration",
      { resourceArn: unknownText },
      { propertyDependencies: { resourceArn: [made.urn] } },
    );
    expect(await found([made, attached])).to.deep.equal([]);
  });
  it("excuses what a waiver names", async () => {
    expect(await found([acl], excusing("acl"))).to.deep.equal([]);
  });
});
