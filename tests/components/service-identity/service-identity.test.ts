import { expect } from "chai";
import { ServiceIdentity, type ServiceIdentityArgs } from "../../../components/service-identity";
import { childrenOf, inputsOf, problemsOf, registrationsOf } from "../../support/store-fixture";

const args: ServiceIdentityArgs = {
  region: "us-west-2",
  accountId: "123456789012",
  clusterName: "prod",
  namespace: "shop",
  serviceAccount: "shop-api",
  statements: [{ Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::models/*" }],
};

describe("ServiceIdentity", () => {
  for (const mode of ["known", "unknown"] as const)
    it(`registers a role that one service account gets (${mode} values)`, async () => {
      const registrations = await registrationsOf(() => new ServiceIdentity("shop", args), mode);
      expect(childrenOf(registrations)).to.have.deep.members([
        ["platform:services:ServiceIdentity", "shop", false],
        ["aws:iam/role:Role", "shop", false],
        ["aws:iam/rolePolicy:RolePolicy", "shop", false],
        ["aws:eks/podIdentityAssociation:PodIdentityAssociation", "shop", false],
      ]);
      expect(inputsOf(registrations, "PodIdentityAssociation", "shop")).to.include({
        clusterName: "prod",
        namespace: "shop",
        serviceAccount: "shop-api",
      });
      const trust = JSON.parse(
        inputsOf(registrations, "Role", "shop")["assumeRolePolicy"] as string,
      ) as { Statement: [{ Condition: unknown }] };
      expect(trust.Statement[0].Condition).to.deep.equal({
        StringEquals: { "aws:SourceAccount": "123456789012" },
        ArnLike: { "aws:SourceArn": "arn:aws:eks:us-west-2:123456789012:cluster/*" },
      });
    });

  it("refuses an identity for nothing, and names that Kubernetes does not take", async () => {
    expect(
      await problemsOf(
        () => new ServiceIdentity("shop", { ...args, serviceAccount: "Shop API", statements: [] }),
      ),
    ).to.deep.equal([
      'serviceAccount: got "Shop API", need the name of one, a DNS label',
      "statements: got none, need at least one; who may do nothing needs no identity",
    ]);
  });
});
