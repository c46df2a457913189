import { expect } from "chai";
import type { ResourceRule } from "../../policy/shared/rule";
import { type AnalyzedResource, resource, unknownText, violations } from "../support/check-policy";

type Inputs = Readonly<Record<string, unknown>>;

/** A sentence on behaviour, a type token, inputs, the exact messages expected, and the rule's settings if any. */
export type Case = readonly [
  sentence: string,
  type: string,
  inputs: Inputs,
  expected: readonly string[],
  options?: { settings?: Inputs; provider?: Inputs },
];

/** The table of one rule, with what holds for every rule: other types, unknown values, waivers. */
export function describeRule(rule: ResourceRule, cases: readonly Case[]): void {
  describe(rule.name, () => {
    for (const [sentence, type, inputs, expected, options = {}] of cases)
      it(sentence, async () => {
        expect(await judge(rule, { type, inputs, ...options })).to.deep.equal(expected);
      });

    const failing = cases.find(([, , , expected, options]) => expected.length > 0 && !options);
    if (failing === undefined) throw new Error(`${rule.name} has no failing case without settings`);
    const [, type, inputs, expected] = failing;

    it("leaves other types alone", async () => {
      expect(await judge(rule, { type: "aws:ec2/vpc:Vpc", inputs })).to.deep.equal([]);
    });

    it("survives any one value that a preview does not know", async () => {
      for (const [, caseType, caseInputs] of cases)
        for (const open of withOneUnknown(caseInputs))
          await judge(rule, { type: caseType, inputs: open });
    });

    it("excuses what a waiver names until its last day, and reports the waiver afterwards", async () => {
      const waiver = { urnPattern: "*::subject", reason: "a test" };
      const exempt = (until: string, urnPattern = waiver.urnPattern) => ({
        settings: { exempt: [{ ...waiver, urnPattern, until }] },
      });
      expect(await judge(rule, { type, inputs, ...exempt("9999-12-31") })).to.deep.equal([]);
      expect(
        await judge(rule, { type, inputs, ...exempt("9999-12-31", "*::other") }),
      ).to.deep.equal(expected);
      expect(await judge(rule, { type, inputs, ...exempt("2020-02-29") })).to.deep.equal([
        "the waiver for *::subject ended on 2020-02-29: fix what it excused, or renew it with a reason",
        ...expected,
      ]);
    });
  });
}

interface Judged {
  readonly type: string;
  readonly inputs: Inputs;
  readonly settings?: Inputs;
  readonly provider?: Inputs;
}

function judge(rule: ResourceRule, { type, inputs, settings = {}, provider }: Judged) {
  const around: AnalyzedResource[] = [];
  if (provider) around.push(resource("pulumi:providers:aws", provider, { name: "provider" }));
  const subject = resource(type, inputs, { provider: `${around[0]?.urn ?? ""}::id` });
  return violations(rule, subject, { settings, around });
}

/** Every variant of a structure with one of its values unknown. */
function withOneUnknown<T>(value: T): T[] {
  return [...variants(value)] as T[];
}

function* variants(value: unknown): Generator {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      yield value.with(index, unknownText);
      for (const variant of variants(item)) yield value.with(index, variant);
    }
  } else if (typeof value === "object" && value !== null)
    for (const [key, item] of Object.entries(value)) {
      yield { ...value, [key]: unknownText };
      for (const variant of variants(item)) yield { ...value, [key]: variant };
    }
}
