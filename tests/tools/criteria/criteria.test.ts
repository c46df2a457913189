import { expect } from "chai";
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { drills } from "../../../tools/drill/registry";
import { writeDrillResult } from "../../../tools/drill/result";
import { criteria } from "../../../tools/criteria";
import { gatherEvidence } from "../../../tools/criteria/evidence";
import type { Criterion, Proof } from "../../../tools/criteria/criterion";
import { loadProgram, runProgram } from "../../../tools/plan/program";
import { readStackFile } from "../../../tools/plan/stack-files";
import { withFolder } from "../run-cli";

const projectDirectory = resolve(__dirname, "../../..");
const all: readonly Criterion[] = criteria.flatMap((section) => section.criteria);

function named(kind: Proof["kind"]): string[] {
  const proofs = all.flatMap(({ proofs: own }) => own).filter((proof) => proof.kind === kind);
  return [...new Set(proofs.map((proof) => ("file" in proof ? proof.file : proof.name)))];
}

describe("the success criteria of the report page", () => {
  it("are those of the implementation plan and its summary, each in its own words and order", () => {
    const asked = readFileSync(join(__dirname, "plan-criteria.txt"), "utf8").trim().split("\n");
    expect(all.map(({ text }) => text)).to.deep.equal(asked);
  });

  it("name at least one proof each, and tests, drills, policies and files that exist", () => {
    expect(all.filter(({ proofs }) => proofs.length === 0)).to.deep.equal([]);
    const missing = [...named("test"), ...named("file")].filter(
      (path) => !existsSync(join(projectDirectory, path)),
    );
    expect(missing).to.deep.equal([]);
    expect(drills.map(({ name }) => name)).to.include.members(named("drill"));
    // A rule's file carries its name.
    expect(
      named("policy").filter(
        (name) => !existsSync(join(projectDirectory, `policy/rules/${name}.ts`)),
      ),
    ).to.deep.equal([]);
  });

  it("name alerts that production has", async function () {
    this.timeout(60_000);
    const run = await runProgram({
      program: loadProgram(projectDirectory),
      stack: readStackFile(projectDirectory, "prod"),
      mode: "known",
    });
    const documents = JSON.stringify(run.documents.map(({ content }) => content));
    const missing = named("alert").filter((name) => !documents.includes(`"alert":"${name}`));
    expect(missing).to.deep.equal([]);
  });

  it("have a figure where one is named, from the drill's page while the drill has not run here", () =>
    withFolder((drillFolder) => {
      const evidence = gatherEvidence(criteria, { projectDirectory, drillFolder });
      const without = evidence
        .flatMap((section) => section.criteria)
        .filter(({ figure, text }) => figure === "" && criterion(text).figure !== undefined);
      expect(without.map(({ text }) => text)).to.deep.equal([]);
    }));

  it("show the figure of the drill's last run before the page's, and say when it failed", () =>
    withFolder((drillFolder) => {
      const text = "Resource utilization improved by at least 20%";
      const result = {
        format: 1,
        drill: "day",
        at: "2026-12-02T10:00:00.000Z",
        seconds: 1,
      } as const;
      const show = (): [string, string][] =>
        gatherEvidence(criteria, { projectDirectory, drillFolder })
          .flatMap((section) => section.criteria)
          .filter((entry) => entry.text === text)
          .map(({ figure, source }) => [figure, source]);
      const held = ["CPU utilisation of nodes 30.0 % (asked +20 %); cost -50.0 % (asked -15 %)"];
      writeDrillResult(drillFolder, { ...result, outcome: "passed", held, said: [] });
      expect(show()).to.deep.equal([
        ["CPU utilisation of nodes 30.0 % (asked +20 %)", "drill day, 2026-12-02"],
      ]);
      writeDrillResult(drillFolder, { ...result, outcome: "failed", held: [], said: [] });
      expect(show()).to.deep.equal([["the last run failed", "drill day, 2026-12-02"]]);
    }));
});

function criterion(text: string): Criterion {
  const found = all.find((entry) => entry.text === text);
  if (found === undefined) throw new Error(text);
  return found;
}
