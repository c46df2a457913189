import { expect } from "chai";
import fc from "fast-check";
import { expand, referencesIn } from "../../../tools/secrets/interpolation";

const values: Readonly<Record<string, string>> = { SET: "s", EMPTY: "" };
const lookup = (name: string): string | undefined => values[name];

describe("interpolation", () => {
  const cases: readonly (readonly [string, string, readonly string[]])[] = [
    ["$SET-x", "s-x", []],
    ["${SET}", "s", []],
    ["${NONE}", "", ["NONE"]],
    ["${NONE:-d}", "d", []],
    ["${EMPTY:-d}", "d", []],
    ["${EMPTY-d}", "", []],
    ["${NONE-d}", "d", []],
    ["${SET:+d}", "d", []],
    ["${NONE:+d}", "", []],
    ["${NONE:?say so}", "", ["NONE"]],
    ["${NONE:-${SET}-${OTHER:-x}}", "s-x", []],
    ["${NONE:-${OTHER}}", "", ["OTHER"]],
    ["$$SET $5 $", "$SET $5 $", []],
    ["${unclosed", "${unclosed", []],
  ];
  for (const [text, expected, unset] of cases)
    it(`reads ${text} as Compose does`, () => {
      expect(expand(text, lookup)).to.deep.equal({ text: expected, unset });
    });

  it("finds references inside defaults", () => {
    expect(referencesIn("${A:-${B-c}}$D").map(({ name }) => name)).to.deep.equal(["A", "B", "D"]);
  });

  it("gives back a text whose dollars are doubled, and never throws", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom("$", "{", "}", ":", "-", "?", "+", "A", "B", " ") }),
        (text) => {
          expand(text, lookup);
          expect(expand(text.replaceAll("$", "$$$$"), lookup)).to.deep.equal({ text, unset: [] });
        },
      ),
      { numRuns: 1000 },
    );
  });
});
