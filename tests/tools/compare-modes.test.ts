import { expect } from "chai";
import { specialSecretSig, specialSigKey, unknownValue } from "@pulumi/pulumi/runtime/rpc";
import type { Registration } from "../../tools/offline/registration";
import { compareModes } from "../../tools/plan/compare-modes";

const base: Registration = {
  urn: "urn:pulumi:dev::shop::aws:s3/bucket:Bucket::logs",
  type: "aws:s3/bucket:Bucket",
  name: "logs",
  parent: "",
  custom: true,
  remote: false,
  inputs: { name: "logs", rules: [{ days: 1 }], key: "arn" },
  protect: false,
  provider: "urn:pulumi:dev::shop::pulumi:providers:aws::aws::aws-id",
  providers: {},
  aliases: [],
  dependencies: [],
  propertyDependencies: {},
  ignoreChanges: [],
  deleteBeforeReplace: false,
  retainOnDelete: false,
  deletedWith: "",
};

const secret = (value: unknown) => ({ [specialSigKey]: specialSecretSig, value });

describe("preview and update are the same", () => {
  const same: [sentence: string, changes: Partial<Registration>][] = [
    ["where nothing differs", {}],
    ["where a value is unknown", { inputs: { ...base.inputs, key: unknownValue } }],
    ["where a whole object is unknown", { inputs: { ...base.inputs, rules: unknownValue } }],
    [
      "where the provider's id is unknown",
      { provider: `urn:pulumi:dev::shop::pulumi:providers:aws::aws::${unknownValue}` },
    ],
    ["where an unknown value is secret", { inputs: { ...base.inputs, key: secret(unknownValue) } }],
  ];
  for (const [sentence, changes] of same) {
    it(sentence, () => {
      expect(compareModes([base], [{ ...base, ...changes }])).to.deep.equal([]);
    });
  }
});

describe("preview and update differ", () => {
  const differing: [sentence: string, changes: Partial<Registration>, difference: string][] = [
    ["in an option", { protect: true }, "option protect: false, but true while values are unknown"],
    [
      "in the provider",
      { provider: "urn:pulumi:dev::shop::pulumi:providers:aws::other::other-id" },
      'option provider: "urn:pulumi:dev::shop::pulumi:providers:aws::aws", but ' +
        '"urn:pulumi:dev::shop::pulumi:providers:aws::other" while values are unknown',
    ],
    [
      "in a dependency",
      { dependencies: ["urn:x"] },
      "depends on urn:x only while values are unknown",
    ],
    [
      "in a known value",
      { inputs: { ...base.inputs, name: "other" } },
      "name: another value while values are unknown",
    ],
    [
      "in a missing value",
      { inputs: { name: "logs", rules: [{ days: 1 }] } },
      "key: given only once values are known",
    ],
    [
      "in an additional value",
      { inputs: { ...base.inputs, more: 1 } },
      "more: given only while values are unknown",
    ],
    [
      "in the length of a list",
      { inputs: { ...base.inputs, rules: [] } },
      "rules: 1 entries, but 0 while values are unknown",
    ],
    [
      "inside a list",
      { inputs: { ...base.inputs, rules: [{ days: 2 }] } },
      "rules[0].days: another value while values are unknown",
    ],
    [
      "in secrecy",
      { inputs: { ...base.inputs, name: secret("logs") } },
      "name: secret in only one of the modes",
    ],
  ];
  for (const [sentence, changes, difference] of differing) {
    it(sentence, () => {
      expect(compareModes([base], [{ ...base, ...changes }])).to.deep.equal([
        `${base.urn}: ${difference}`,
      ]);
    });
  }

  it("in what is registered", () => {
    expect(compareModes([base], [])).to.deep.equal([
      `${base.urn}: registered only once values are known: a preview does not show it`,
    ]);
    expect(compareModes([], [base])).to.deep.equal([
      `${base.urn}: registered only while values are unknown`,
    ]);
  });
});
