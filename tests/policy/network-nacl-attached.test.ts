import { expect } from "chai";
import { networkNaclAttached } from "../../policy/rules/network-nacl-attached";
import { resource, unknownText } from "../support/check-policy";
import { excusing, existing, finder } from "../support/stack-rule";

const subnet = existing("aws:ec2/subnet:Subnet", "subnet-1");
const acl = existing("aws:ec2/networkAcl:NetworkAcl", "acl-1");
const association = existing("aws:ec2/networkAclAssociation:NetworkAclAssociation", "both", {
  subnetId: "subnet-1",
  networkAclId: "acl-1",
});
const bare = "no network ACL of the program has this subnet";

describe("network-nacl-attached", () => {
  const found = finder(networkNaclAttached);

  it("takes an ACL that is associated, or that lists its subnets", async () => {
    expect(await found([subnet, acl, association])).to.deep.equal([]);
    const listing = existing("aws:ec2/networkAcl:NetworkAcl", "acl-1", { subnetIds: ["subnet-1"] });
    expect(await found([subnet, listing])).to.deep.equal([]);
  });
  it("reports a subnet without an ACL, next to another's", async () => {
    const other = existing("aws:ec2/subnet:Subnet", "subnet-2");
    expect(await found([subnet, other, acl, association])).to.deep.equal([["subnet-2", bare]]);
  });
  it("takes the default ACL for all subnets that have no other", async () => {
    const standard = existing("aws:ec2/defaultNetworkAcl:DefaultNetworkAcl", "default");
    expect(await found([subnet, standard])).to.deep.equal([]);
  });
  it("reports an ACL that serves nothing", async () => {
    const unused = existing("aws:ec2/networkAcl:NetworkAcl", "acl-2");
    expect(await found([subnet, acl, unused, association])).to.deep.equal([
      ["acl-2", "it has no subnet"],
    ]);
  });
  it("finds both by what the association was built from, in a preview", async () => {
    const [madeSubnet, madeAcl] = ["aws:ec2/subnet:Subnet", "aws:ec2/networkAcl:NetworkAcl"].map(
      (type) => resource(type, {}),
    );
    const between = resource(
      "aws:ec2/networkAclAssociation:NetworkAclAssociation",
      { subnetId: unknownText, networkAclId: unknownText },
      {
        propertyDependencies: {
          subnetId: [madeSubnet?.urn ?? ""],
          networkAclId: [madeAcl?.urn ?? ""],
        },
      },
    );
    expect(await found([madeSubnet!, madeAcl!, between])).to.deep.equal([]);
  });
  it("excuses what a waiver names", async () => {
    expect(await found([subnet])).to.deep.equal([["subnet-1", bare]]);
    expect(await found([subnet], excusing("subnet-1"))).to.deep.equal([]);
  });
});
