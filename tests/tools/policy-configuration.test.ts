import {
  AnalyzerInfo,
  EnforcementLevel,
  PolicyConfigSchema,
  PolicyInfo,
} from "@pulumi/pulumi/proto/analyzer_pb";
import { expect } from "chai";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { resolvePolicyConfiguration } from "../../tools/policies/configuration";

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
const info = new AnalyzerInfo().setName("pack").setPoliciesList([bounded, plain]);

function resolve(content: unknown) {
  const { request, levels } = resolvePolicyConfiguration("levels/dev.json", content, info);
  return {
    levels: Object.fromEntries(levels),
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
      },
      [
        "bound: names no rule of pack; did you mean bounded?",
        "unheard: names no rule of pack",
        "bounded.ports.0: Invalid input: expected number, received string",
        'bounded: Unrecognized key: "port"',
        'plain: got {"enforcementLevel":"often"}, need advisory, mandatory, remediate or disabled, ' +
          "alone or as enforcementLevel beside the rule's properties",
      ],
    ],
  ];
  for (const [sentence, content, problems] of refused) {
    it(`refuses ${sentence}`, () => {
      expect(() => resolve(content)).to.throw(
        `policy configuration dev.json was refused:\n  - ${problems.join("\n  - ")}`,
      );
    });
  }
});
