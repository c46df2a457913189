import { readdirSync, readFileSync } from "node:fs";
import { expect } from "chai";

const readme = readFileSync("README.md", "utf8");
const linked = (pattern: RegExp): string[] =>
  [...readme.matchAll(pattern)].map(([, name = ""]) => name).sort();

describe("The README", () => {
  it("names every component once", () => {
    const folders = readdirSync("components", { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && entry.name !== "shared")
      .map(({ name }) => name);
    expect(linked(/^\| \[`\w+`\]\(components\/([\w-]+)\)/gm)).to.deep.equal(folders.sort());
  });

  it("leads to every page of the documentation", () => {
    const pages = readdirSync("docs").filter((file) => file.endsWith(".md"));
    expect(linked(/\(docs\/([\w-]+\.md)\)/g)).to.include.members(pages);
  });
});
