import { expect } from "chai";
import { rules } from "../../policy/rules";
import { checkPolicyConfiguration } from "../../policy/shared/configuration";

const check = (configuration: unknown, now?: Date) =>
  checkPolicyConfiguration(rules, configuration, now);
const waiver = { urnPattern: "*", reason: "a migration", until: "2027-01-31" };
const before = new Date("2027-01-31T12:00:00Z");

describe("checkPolicyConfiguration", () => {
  const cases: [sentence: string, configuration: unknown, problems: string[]][] = [
    [
      "accepts levels, settings and waivers",
      {
        all: "advisory",
        "image-pinned": { enforcementLevel: "mandatory", movingTags: ["x"], exempt: [waiver] },
      },
      [],
    ],
    [
      "refuses a rule that does not exist",
      { "image-pined": "mandatory" },
      ["image-pined: there is no such rule"],
    ],
    [
      "refuses a setting that the rule does not have",
      { "image-pinned": { movingTag: [] } },
      ["image-pinned.movingTag: the rule has no such setting"],
    ],
    [
      "refuses a level that does not exist",
      { all: "strict", "iam-no-users": "error", "image-pinned": { enforcementLevel: 1 } },
      [
        'all: got "strict", need one of advisory, mandatory, remediate, disabled',
        'iam-no-users: got "error", need one of advisory, mandatory, remediate, disabled',
        "image-pinned.enforcementLevel: got 1, need one of advisory, mandatory, remediate, disabled",
      ],
    ],
    [
      "refuses settings of another type",
      {
        "image-pinned": { movingTags: "latest" },
        "image-ecr-scan": { registryScanning: "yes" },
        "iam-boundary": { boundaries: [1] },
      },
      [
        "image-pinned.movingTags: got string, need array",
        "image-ecr-scan.registryScanning: got string, need boolean",
        "iam-boundary.boundaries[0]: got number, need string",
      ],
    ],
    [
      "refuses a waiver without an end, with more, or with words for a date",
      {
        "image-pinned": {
          exempt: [
            { urnPattern: "*", reason: "" },
            { ...waiver, until: "soon", by: "me" },
          ],
        },
      },
      [
        "image-pinned.exempt[0].until: is missing",
        "image-pinned.exempt[0].reason: is empty",
        'image-pinned.exempt[1].until: got "soon", need ^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$',
        "image-pinned.exempt[1].by: is unknown",
      ],
    ],
    [
      "refuses what is no object",
      ["image-pinned"],
      ["configuration: need an object with a key for each rule"],
    ],
    [
      "refuses a list for a rule",
      { "image-pinned": [] },
      ["image-pinned: got [], need one of advisory, mandatory, remediate, disabled"],
    ],
  ];
  for (const [sentence, configuration, problems] of cases)
    it(sentence, () => {
      expect(check(configuration, before)).to.deep.equal(problems);
    });

  it("refuses a waiver on the day after its last", () => {
    const configuration = { "image-pinned": { exempt: [waiver] } };
    expect(check(configuration, new Date("2027-02-01T00:00:00Z"))).to.deep.equal([
      "image-pinned.exempt[0]: ended on 2027-01-31; fix what it excused, or renew it with a reason",
    ]);
  });

  it("takes rules as the policy server describes them, by name alone", () => {
    expect(
      checkPolicyConfiguration([{ name: "a" }], { a: "disabled", b: "disabled" }),
    ).to.deep.equal(["b: there is no such rule"]);
  });
});
