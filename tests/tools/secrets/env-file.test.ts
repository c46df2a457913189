import { expect } from "chai";
import fc from "fast-check";
import { parseEnvFile, resolveEnvEntries } from "../../../tools/secrets/env-file";

function valuesOf(source: string, outer: Readonly<Record<string, string>> = {}): object {
  const { entries, problems } = parseEnvFile(source);
  expect(problems).to.deep.equal([]);
  const resolved = resolveEnvEntries(entries, (name) => outer[name]);
  return Object.fromEntries([...resolved].map(([entry, text]) => [entry.name, text]));
}

describe("env file", () => {
  const cases: readonly (readonly [string, string, Record<string, string>])[] = [
    ["a plain value", "A=b", { A: "b" }],
    ["export", "export A=b", { A: "b" }],
    ["an empty value", "A=", { A: "" }],
    ["blanks around", "  A = b c  ", { A: "b c" }],
    ["a comment behind a value", "A=b # c", { A: "b" }],
    ["a # inside a value", "A=b#c", { A: "b#c" }],
    ["an equals sign in the value", "A=b=c==", { A: "b=c==" }],
    ["single quotes as they are", "A='b$C #\\n'", { A: "b$C #\\n" }],
    ["escapes between double quotes", 'A="b\\nc\\"d\\\\e\\$f"', { A: 'b\nc"d\\e$f' }],
    ["quotes over several lines", 'A="b\nc"\nD=e', { A: "b\nc", D: "e" }],
    ["a comment behind a quote", 'A="b" # c', { A: "b" }],
    ["a reference to an earlier line", "A=b\nC=${A}/$A", { A: "b", C: "b/b" }],
    ["a default", "A=${NONE:-b}", { A: "b" }],
    ["no reference between single quotes", "A=b\nC='${A}'", { A: "b", C: "${A}" }],
    ["line ends of Windows", "A=b\r\nC=d\r\n", { A: "b", C: "d" }],
    ["a colon as in YAML", "A: b", { A: "b" }],
    ["comments and empty lines", "# x\n\nA=b\n  # y", { A: "b" }],
    ["a byte order mark", "\uFEFFA=b", { A: "b" }],
  ];
  for (const [what, source, expected] of cases)
    it(`reads ${what}`, () => {
      expect(valuesOf(source)).to.deep.equal(expected);
    });

  it("tells where each entry stands", () => {
    const { entries } = parseEnvFile('# c\nA="b\nc"\n  export D=e');
    expect(entries.map(({ name, line, column }) => [name, line, column])).to.deep.equal([
      ["A", 2, 1],
      ["D", 4, 3],
    ]);
  });

  it("keeps everything behind the equals sign in the raw format", () => {
    const { entries } = parseEnvFile("A='b' # $C", "raw");
    expect(entries.map(({ text }) => text)).to.deep.equal(["'b' # $C"]);
  });

  it("names every wrong line, and no value", () => {
    const { problems } = parseEnvFile('A=b\nB="canary\nnonsense line\nC="d" e\nD=\'canary');
    expect(problems).to.deep.equal([
      "line 2: B: text stands behind the closing quote",
      "line 5: D: a single quote opens and never closes",
    ]);
  });

  it("goes on behind the line of a quote that never closes", () => {
    const { problems, entries } = parseEnvFile('A="canary\nB=c\n-\n');
    expect(problems).to.deep.equal([
      "line 1: A: a double quote opens and never closes",
      "line 3: need NAME=value",
    ]);
    expect(entries.map(({ name }) => name)).to.deep.equal(["B"]);
  });

  it("gives back any value that was written between double quotes", () => {
    const quote = (value: string): string =>
      `"${value.replace(/[\\"$]/g, (character) => `\\${character}`)}"`;
    const value = fc.string({ unit: "grapheme" }).filter((text) => !text.includes("\r"));
    fc.assert(
      fc.property(value, (text) => {
        expect(valuesOf(`A=${quote(text)}`)).to.deep.equal({ A: text });
      }),
      { numRuns: 1000 },
    );
  });

  it("gives back any value without a quote that was written between single quotes", () => {
    const value = fc.string({ unit: "grapheme" }).filter((text) => !/['\r\\]/.test(text));
    fc.assert(
      fc.property(value, value, (one, other) => {
        expect(valuesOf(`A='${one}'\nB='${other}'`)).to.deep.equal({ A: one, B: other });
      }),
      { numRuns: 1000 },
    );
  });

  it("never throws, whatever the file holds", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 200 }), (source) => {
        resolveEnvEntries(parseEnvFile(source).entries, () => undefined);
      }),
      { numRuns: 1000 },
    );
  });
});
