import {
  AnalyzerInfo,
  EnforcementLevel,
  PolicyConfigSchema,
  PolicyInfo,
} from "@pulumi/pulumi/proto/analyzer_pb";
import { expect } from "chai";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { readPolicyLevels, resolvePolicyConfiguration } from "../../tools/policies/configuration";

const ports = { type: "array", items: { type: "integer" }, default: [443] };
const bounded = new PolicyInfo()
  .setName("bounded")
  .setEnforcementlevel(EnforcementLevel.MANDATORY)
  .setConfigschema(
    new PolicyConfigSchema().setProperties(
      Struct.fromJavaScript({ ports, reason: { type: "string" } }),
    ),
  );
const plain = new PolicyInfo().setName("plain").setEnforcementlevel(EnforcementLevel.ADVISORY);
const waivable = new PolicyInfo()
  .setName("waivable")
  .setEnforcementlevel(EnforcementLevel.DISABLED)
  .setConfigschema(
    new PolicyConfigSchema().setProperties(
      Struct.fromJavaScript({ exempt: { type: "array", default: [] } }),
    ),
  );
const info = new AnalyzerInfo().setName("pack").setPoliciesList([bounded, plain, waivable]);

function resolve(content: unknown) {
  const { request, levels } = resolvePolicyConfiguration("levels/dev.json", content, info);
  return {
    levels: Object.fromEntries([...levels].filter(([name]) => name !== "waivable")),
    bounded: request.getPolicyconfigMap().get("bounded")?.getProperties()?.toJavaScript(),
  };
}

describe("policy configuration", () => {
  const accepted: [sentence: string, content: unknown, levels: object, properties: object][] = [
    [
      "nothing said: the pack's own levels and defaults",
      {},
      { bounded: "mandatory", plain: "advisory" },
      { ports: [443] },
    ],
    [
      "all, and one of its own",
      { all: "disabled", plain: "mandatory" },
      { bounded: "disabled", plain: "mandatory" },
      { ports: [443] },
    ],
    [
      "properties, with the defaults of the others",
      { bounded: { enforcementLevel: "advisory", reason: "new" } },
      { bounded: "advisory", plain: "advisory" },
      { ports: [443], reason: "new" },
    ],
  ];
  for (const [sentence, content, levels, properties] of accepted) {
    it(`takes ${sentence}`, () => {
      expect(resolve(content)).to.deep.equal({ levels, bounded: properties });
    });
  }

  const refused: [sentence: string, content: unknown, problems: string[]][] = [
    ["what is no object", [], ["need an object: a level, or properties, by rule"]],
    [
      "every entry that its rule does not accept",
      {
        bound: "advisory",
        unheard: {},
        bounded: { ports: ["all"], port: 1 },
        plain: { enforcementLevel: "often" },
        all: { enforcementLevel: "advisory", ports: [80] },
      },
      [
        "bound: names no rule of pack; did you mean bounded?",
        "unheard: names no rule of pack",
        "all: got ports, need a level alone",
        "bounded.ports.0: Invalid input: expected number, received string",
        'bounded: Unrecognized key: "port"',
        'plain: got {"enforcementLevel":"often"}, need advisory, mandatory, remediate or disabled, ' +
          "alone or as enforcementLevel beside the rule's properties",
      ],
    ],
  ];
  it("is not needed: without a file every rule keeps its own level", () => {
    expect(readPolicyLevels("/nowhere/levels/stage.json")).to.deep.equal({});
  });

  it("refuses a waiver that has ended, whether or not its resource is still there", () => {
    const exempt = [{ urnPattern: "*", reason: "once", until: "2020-01-31" }];
    expect(() => resolve({ waivable: { exempt } })).to.throw(
      "waivable.exempt[0]: ended on 2020-01-31; fix what it excused, or renew it with a reason",
    );
  });

  for (const [sentence, content, problems] of refused) {
    it(`refuses ${sentence}`, () => {
      expect(() => resolve(content)).to.throw(
        `policy configuration dev.json was refused:\n  - ${problems.join("\n  - ")}`,
      );
    });
  }
});
