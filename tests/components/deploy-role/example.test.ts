import { expect } from "chai";
import { platformBoundaryPolicy } from "../../../examples/deploy-role/platform-boundary";
import { startOfflineEngine } from "../../support/engine";
import { environmentNames, planned } from "../../support/planned";

interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
}

/** What the roles of an environment are allowed by policies of their own. */
async function actionsOf(environment: (typeof environmentNames)[number]): Promise<string[]> {
  const registrations = await planned(environment, "known");
  return registrations
    .filter(({ type }) => /^aws:iam\/(rolePolicy:RolePolicy|policy:Policy)$/u.test(type))
    .flatMap(({ inputs }) => {
      const { Statement } = JSON.parse(inputs["policy"] as string) as { Statement: Statement[] };
      return Statement.filter(({ Effect }) => Effect === "Allow").flatMap(({ Action }) => Action);
    });
}

describe("the example of DeployRole", () => {
  it("makes boundaries, provider and roles with the provider of its account", async () => {
    const config = {
      "auterity:accountId": "123456789012",
      "auterity:owner": "auterity",
      "auterity:repository": "platform",
      "auterity:stateBucket": "auterity-state",
      "auterity:stateKeyArn": "arn:aws:kms:us-west-2:123456789012:key/state",
      "auterity:secretsPeopleRoleArns": '["arn:aws:iam::123456789012:role/keepers"]',
    };
    const engine = await startOfflineEngine({ config });
    await import("../../../examples/deploy-role/index.js");
    await engine.settle();
    const made = engine.registrations.filter(({ type }) => type.startsWith("aws:"));
    expect(made).to.have.length(9);
    expect(new Set(made.map(({ provider }) => provider.split("::")[3]))).to.deep.equal(
      new Set(["account"]),
    );
  });

  for (const environment of environmentNames)
    it(`bounds every role of ${environment} by what its own policies allow`, async () => {
      const allowed = platformBoundaryPolicy([]).Statement.flatMap(({ Action }) => Action);
      const actions = await actionsOf(environment);
      expect(actions.length).to.be.above(50);
      const outside = actions.filter(
        (action) => !allowed.includes(action) && !allowed.includes(`${action.split(":")[0]}:*`),
      );
      expect(outside).to.deep.equal([]);
    });

  it("lets no role of the platform into identities or the organization", () => {
    const allowed = platformBoundaryPolicy([]).Statement.flatMap(({ Action }) => Action);
    expect(allowed).to.not.include("*");
    expect(allowed.filter((action) => /^(iam|organizations|account):\*$/u.test(action))).to.be
      .empty;
  });
});
