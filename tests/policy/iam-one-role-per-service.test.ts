import { expect } from "chai";
import { iamOneRolePerService } from "../../policy/rules/iam-one-role-per-service";
import { type AnalyzedResource, analyzeAll, resource, unknownText } from "../support/check-policy";
import { release } from "./fixtures";

const associationType = "aws:eks/podIdentityAssociation:PodIdentityAssociation";
const accountType = "kubernetes:core/v1:ServiceAccount";
const roleArn = "arn:aws:iam::111122223333:role/shared";

function association(name: string, inputs: Record<string, unknown>, roleUrn?: string) {
  return resource(
    associationType,
    { clusterName: "c", namespace: "app", serviceAccount: name, roleArn, ...inputs },
    { name, ...(roleUrn !== undefined && { propertyDependencies: { roleArn: [roleUrn] } }) },
  );
}
function account(name: string, namespace = "app", annotations = {}) {
  return resource(accountType, { metadata: { name, namespace, annotations } }, { name });
}

describe("iam-one-role-per-service", () => {
  const found = async (resources: AnalyzedResource[], settings = {}) => {
    const config = { "iam-one-role-per-service": settings };
    const violations = await analyzeAll(resources, config, [iamOneRolePerService]);
    return violations.map(({ urn, message }) => [urn.split("::").at(-1), message]);
  };
  const shared = (...accounts: string[]) =>
    `its role serves ${accounts.length} service accounts: ${accounts.join(", ")}`;

  it("accepts a role of its own for an account that exists", async () => {
    expect(await found([account("api"), association("api", {})])).to.deep.equal([]);
  });
  it("reports every holder of a shared role", async () => {
    const resources = [account("a"), account("b"), association("a", {}), association("b", {})];
    expect(await found(resources)).to.deep.equal([
      ["a", shared("app/a", "app/b")],
      ["b", shared("app/a", "app/b")],
    ]);
  });
  it("knows a role by what the associations depend on, in a preview too", async () => {
    const shareable = resource("aws:iam/role:Role", { name: "r" }, { name: "r" });
    const unknownRole = { roleArn: unknownText };
    const resources = [
      account("a"),
      account("b"),
      shareable,
      association("a", unknownRole, shareable.urn),
      association("b", unknownRole, shareable.urn),
    ];
    expect((await found(resources)).map(([name]) => name)).to.deep.equal(["a", "b"]);
  });
  it("says nothing of roles that a preview does not know and nothing records", async () => {
    const unknownRole = { roleArn: unknownText };
    const resources = [
      account("a"),
      account("b"),
      association("a", unknownRole),
      association("b", unknownRole),
    ];
    expect(await found(resources)).to.deep.equal([]);
  });
  it("does not count one account twice", async () => {
    const again = { ...association("api", {}), name: "again", urn: "urn:pulumi:t::p::x::again" };
    expect(await found([account("api"), association("api", {}), again])).to.deep.equal([]);
  });
  it("counts the accounts of add-ons and of role annotations", async () => {
    const addon = resource(
      "aws:eks/addon:Addon",
      { addonName: "csi", podIdentityAssociations: [{ serviceAccount: "driver", roleArn }] },
      { name: "addon" },
    );
    const annotated = account("irsa", "app", { "eks.amazonaws.com/role-arn": roleArn });
    expect(await found([addon, annotated])).to.deep.equal([
      ["addon", shared("app/irsa", "csi/driver")],
      ["irsa", shared("app/irsa", "csi/driver")],
    ]);
  });

  const missing = "names service account app/api, which nothing in the stack creates";
  it("reports an account that nothing creates", async () => {
    expect(await found([association("api", {})])).to.deep.equal([["api", missing]]);
  });
  it("reports an account of the same name in another namespace", async () => {
    expect(await found([account("api", "other"), association("api", {})])).to.deep.equal([
      ["api", missing],
    ]);
  });
  it("finds the account that a chart of the same namespace makes", async () => {
    const chart = (values: object) =>
      resource(release, { namespace: "app", values }, { name: "chart" });
    expect(
      await found([chart({ sub: { serviceAccount: { name: "api" } } }), association("api", {})]),
    ).to.deep.equal([]);
    expect(
      await found([chart({ serviceAccountName: "api" }), association("api", {})]),
    ).to.deep.equal([]);
    expect(
      await found([chart({ serviceAccount: { name: "other" } }), association("api", {})]),
    ).to.deep.equal([["api", missing]]);
  });
  it("waits for an account whose name or namespace a preview does not know", async () => {
    expect(await found([account("api", unknownText), association("api", {})])).to.deep.equal([]);
  });
  it("waits for accounts of which a preview without a cluster tells nothing at all", async () => {
    const silent = resource(accountType, {}, { name: "other" });
    expect(await found([silent, association("api", {})])).to.deep.equal([]);
  });
  it("accepts what an add-on brings along, and what is listed", async () => {
    const driver = association("d", {
      namespace: "kube-system",
      serviceAccount: "ebs-csi-controller-sa",
    });
    expect(await found([driver])).to.deep.equal([]);
    expect(await found([association("api", {})], { providedElsewhere: ["app/api"] })).to.deep.equal(
      [],
    );
  });
});
