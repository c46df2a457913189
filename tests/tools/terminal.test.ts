import { expect } from "chai";
import { createStyle, isColoured } from "../../tools/terminal/style";
import { drawTable } from "../../tools/terminal/table";

describe("the terminal", () => {
  const cases: [
    sentence: string,
    isTTY: boolean,
    environment: Record<string, string>,
    expected: boolean,
  ][] = [
    ["a terminal is coloured", true, {}, true],
    ["a pipe is not", false, {}, false],
    ["nor a terminal where NO_COLOR is set", true, { NO_COLOR: "1" }, false],
    ["an empty NO_COLOR says nothing", true, { NO_COLOR: "" }, true],
    ["nor a dumb terminal", true, { TERM: "dumb" }, false],
  ];
  for (const [sentence, isTTY, environment, expected] of cases) {
    it(sentence, () => {
      expect(isColoured({ isTTY }, environment)).to.equal(expected);
    });
  }

  it("paints only where it is coloured", () => {
    expect(createStyle(true).red("no")).to.equal("\u001b[31mno\u001b[39m");
    expect(createStyle(false).red("no")).to.equal("no");
  });

  it("draws tables with numbers to the right", () => {
    expect(
      drawTable([
        ["what", "count"],
        ["a", 1],
        ["longer", 1000],
      ]),
    ).to.deep.equal(["what    count", "a           1", "longer   1000"]);
  });
});
