import { expect } from "chai";
import { join } from "node:path";
import { loadWorkspace } from "../../../tools/secrets/workspace";
import { withFolder } from "../run-cli";
import { writeFiles } from "./compose-fixture";

async function refusal(texts: Readonly<Record<string, string>>): Promise<string[]> {
  return withFolder((folder) => {
    writeFiles(folder, texts);
    try {
      loadWorkspace(Object.keys(texts).map((name) => join(folder, name)));
    } catch (error) {
      const message = (error as Error).message.replaceAll(`${folder}/`, "");
      return message.split("\n").slice(1);
    }
    throw new Error("nothing was refused");
  });
}

describe("files that cannot be migrated", () => {
  const laughs = `x-0: &a0 [x, x, x, x, x, x, x, x, x, x]\n${[1, 2, 3, 4, 5, 6]
    .map(
      (level) =>
        `x-${level}: &a${level} [${Array(10)
          .fill(`*a${level - 1}`)
          .join(", ")}]`,
    )
    .join("\n")}\nservices: {}\n`;
  const cases: readonly (readonly [string, Readonly<Record<string, string>>, readonly string[]])[] =
    [
      [
        "YAML that is none",
        { "c.yaml": 'services:\n  a: "canary\n' },
        ["  - c.yaml:3:1: a closing quote, bracket or colon is missing"],
      ],
      [
        "a key that stands twice",
        { "c.yaml": "services:\n  a: {}\n  a: {}\n" },
        ["  - c.yaml:3:3: the key stands twice in one map"],
      ],
      [
        "two documents",
        { "c.yaml": "services: {}\n---\na: 1\n" },
        ["  - c.yaml:2:1: a second document begins, need one document"],
      ],
      [
        "a cycle",
        { "c.yaml": "services: &s\n  a: {b: *s}\n" },
        ["  - c.yaml:2:10: the alias stands inside its own anchor: a cycle"],
      ],
      [
        "services that extend each other",
        {
          "c.yaml":
            "services:\n  web: {extends: a}\n  a: {extends: {service: b}}\n  b: {extends: {file: c.yaml, service: a}}\n",
        },
        ["  - c.yaml:3:16: extends runs in a circle: a → b → a"],
      ],
      [
        "a service that extends itself",
        { "c.yaml": "services: {a: {extends: a}}" },
        ["  - c.yaml:1:25: extends runs in a circle: a → a"],
      ],
      [
        "services of two files that extend each other",
        {
          "c.yaml": "services: {a: {extends: {file: d.yaml, service: b}}}",
          "d.yaml": "services: {b: {extends: {file: ./c.yaml, service: a}}}",
        },
        ["  - c.yaml:1:25: extends runs in a circle: c.yaml a → d.yaml b → c.yaml a"],
      ],
      [
        "an alias without its anchor",
        { "c.yaml": "services: *s\n" },
        ["  - c.yaml:1:11: the alias names an anchor that is not set before it"],
      ],
      [
        "aliases that expand without measure",
        { "c.yaml": laughs },
        ["  - c.yaml:1:1: the aliases expand to more than 100000 nodes"],
      ],
      [
        "YAML that is no Compose file",
        { "c.yaml": "a: 1\n" },
        ["  - c.yaml: is no Compose file, need a map with services"],
      ],
      [
        "a file that nests too deeply",
        { "c.yaml": `services: ${"[".repeat(20_000)}${"]".repeat(20_000)}` },
        ["  - c.yaml: is nested too deeply to be read"],
      ],
      [
        "a bracket that is never closed, once",
        { "c.yaml": "services: {x: [\n" },
        ["  - c.yaml:2:1: the indentation does not fit, or a bracket is never closed"],
      ],
      ["a binary file", { "c.yaml": "services\0" }, ["  - c.yaml: is binary, need text"]],
      [
        "a file that is too large",
        { "c.yaml": "#".repeat(1024 * 1024 + 1) },
        ["  - c.yaml: got 1048577 bytes, need at most 1048576"],
      ],
      [
        "a quote missing in an env file",
        { "a.env": "A=b\nB='canary\n" },
        ["  - a.env: line 2: B: a single quote opens and never closes"],
      ],
      [
        "an env_file that is missing",
        { "c.yaml": "services: {a: {env_file: no.env}}" },
        ["  - no.env: does not exist"],
      ],
    ];
  for (const [what, texts, expected] of cases)
    it(`refuses ${what}`, async () => {
      expect(await refusal(texts)).to.deep.equal(expected);
    });

  it("lists the problems of all files at once", async () => {
    expect(await refusal({ "a.yaml": "a: 1", "b.env": "-", "c.yaml": "[" })).to.have.length(3);
  });
});
