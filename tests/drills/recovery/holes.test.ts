import { expect } from "chai";
import { holes, missing } from "../../../tools/drill/recovery/holes";
import { type Disaster, needsOf } from "../../../tools/drill/recovery/needs";
import { referencesTo } from "../../../tools/drill/recovery/references";
import { services } from "../../../stacks/services";
import { planned } from "../../support/planned";

const accountId = "123456789012";

describe("what is left when the home region is gone", () => {
  let disaster: Disaster;
  before(async () => {
    disaster = {
      home: {
        ...{ name: "prod", region: "us-west-2", accountId },
        registrations: await planned("prod", "known"),
      },
      standby: {
        ...{ name: "recovery", region: "us-east-2", accountId },
        registrations: await planned("recovery", "known"),
      },
      services,
    };
  });

  it("is everything that critical services need", () => {
    expect(missing(disaster)).to.deep.equal([]);
  });

  it("is looked for by each critical service, and by each of its secrets", () => {
    const needs = needsOf(disaster).map(({ what }) => what);
    const critical = services.filter(({ tier }) => tier === "critical");
    expect(critical).not.to.be.empty;
    for (const { name, secrets } of critical) {
      expect(needs).to.include.members([`workload of ${name}`, `image of ${name}`]);
      for (const secret of secrets)
        expect(needs).to.include(`secret auterity/prod/${name}/${secret.name}`);
    }
  });

  for (const { what, dig, expected } of holes)
    it(`is not enough with ${what}`, () => {
      expect(missing(dig(disaster)).join("\n")).to.match(expected);
    });

  it("mentions the lost region where that is harmless, each with a reason", () => {
    const mentions = referencesTo("us-west-2", disaster.standby);
    expect(mentions.filter(({ harmless }) => harmless === undefined)).to.deep.equal([]);
    expect(mentions.map(({ path }) => path)).to.include("sourceRegion");
  });

  it("excuses a mention by what it is, not by where it stands", () => {
    const code = disaster.standby.registrations.map((one) =>
      one.type === "aws:lambda/function:Function"
        ? { ...one, inputs: { code: { text: "https://sqs.us-west-2.amazonaws.com" } } }
        : one,
    );
    const found = missing({ ...disaster, standby: { ...disaster.standby, registrations: code } });
    expect(found.join("\n")).to.include("asks the lost region").and.include("sqs.us-west-2");
  });
});
