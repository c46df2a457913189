import { expect } from "chai";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Estimate } from "../../../tools/costs/estimate";
import { fixtures, listFiles, runCli, withFolder } from "../run-cli";

const costed = ["--project", join(fixtures, "costed"), "--no-policies"];

describe("plan --compare", () => {
  it("says what a change costs against an earlier estimate, in text and in JSON", () =>
    withFolder(async (out) => {
      await runCli(["plan", "one", ...costed, "--out", out]);
      const folder = join(out, "one");
      const file = join(folder, "estimate.json");
      const before = JSON.parse(readFileSync(file, "utf8")) as Estimate;
      expect([before.environment, before.monthlyUsd]).to.deep.equal(["one", 2.5]);
      // As it would have been with four keys.
      writeFileSync(
        file,
        JSON.stringify({
          ...before,
          monthlyUsd: 4.5,
          components: [{ name: "the stack", monthlyUsd: 4.5 }],
          usage: { ...before.usage, natGib: 1 },
        }),
      );
      const { code, stdout } = await runCli([
        ...["plan", "one", ...costed, "--out", out, "--compare", folder],
      ]);
      const from = stdout.indexOf("Monthly estimate");
      expect(stdout.slice(from, stdout.indexOf("\n\n", from)).split("\n")).to.deep.equal([
        "Monthly estimate: $3, of which $0 rest on assumed usage; prices of us-east-1",
        "  the stack  $3",
        "  by team: shop $2, platform $1",
        `  against ${folder} ($5): -$2.00`,
        "    the stack  -$2.00",
        "    the assumptions about usage are others",
      ]);
      expect(code).to.equal(0);
      expect(JSON.parse(readFileSync(file, "utf8"))).to.deep.equal(before);
    }));

  const refusals: [sentence: string, content: string | undefined, message: RegExp][] = [
    ["a file that is not there", undefined, /^error: --compare: \S+ cannot be read: ENOENT/],
    ["a file that is no JSON", "{", /^error: --compare: \S+ cannot be read: .*JSON/],
    [
      "a file that is something else",
      '{"format": 1}',
      /^error: --compare: \S+ is no estimate of format 1, need the estimate\.json of an earlier plan\n$/,
    ],
    [
      "an estimate of another environment",
      '{"format":1,"environment":"other","monthlyUsd":1,"components":[],"teams":[],"usage":{},"prices":{}}',
      /^error: --compare: got an estimate of "other", need one of "one"\n$/,
    ],
  ];
  for (const [sentence, content, message] of refusals)
    it(`refuses ${sentence}, and writes nothing`, () =>
      withFolder(async (folder) => {
        const file = join(folder, "estimate.json");
        if (content !== undefined) writeFileSync(file, content);
        const out = join(folder, "out");
        const { code, stderr } = await runCli([
          ...["plan", "one", ...costed, "--out", out, "--compare", file],
        ]);
        expect(stderr).to.match(message);
        expect(code).to.equal(1);
        expect(listFiles(folder)).to.deep.equal(content === undefined ? [] : ["estimate.json"]);
      }));

  it("refuses to compare several environments with one estimate", async () => {
    const { code, stderr } = await runCli(["plan", "all", ...costed, "--compare", "estimate.json"]);
    expect([code, stderr]).to.deep.equal([
      1,
      "error: --compare: got 3 environments, need one: an estimate is of one\n",
    ]);
  });

  it("refuses own prices that nothing asks for", () =>
    withFolder(async (out) => {
      const { code, stderr } = await runCli(["plan", "misspelt", ...costed, "--out", out]);
      expect([code, stderr, listFiles(out)]).to.deep.equal([
        1,
        "error: Pulumi.misspelt.yaml was refused:\n" +
          '  - auterity:costs.ownPricesUsd: got a price of "kms/kye", which nothing here asks for, need one of dns/zone, kms/key\n',
        [],
      ]);
    }));
});
