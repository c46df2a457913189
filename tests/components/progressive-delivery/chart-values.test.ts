import { expect } from "chai";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { args, valuesOf } from "./fixture";

function isMap(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

describe("ProgressiveDelivery", () => {
  it("sets only values that the chart has", async function () {
    const file = join(process.env["AUTERITY_CHARTS"] ?? "", "argo-rollouts", "values.yaml");
    if (process.env["AUTERITY_CHARTS"] === undefined || !existsSync(file)) {
      console.warn(
        "      NOT CHECKED against the chart: AUTERITY_CHARTS names no folder of charts",
      );
      this.skip();
    }
    const known: unknown = parse(readFileSync(file, "utf8"));
    const unknown = (given: object, at: unknown, path: string): string[] =>
      Object.entries(given).flatMap(([key, value]) => {
        const here = `${path}${key}`;
        if (typeof at !== "object" || at === null || !(key in at)) return [here];
        const below = (at as Record<string, unknown>)[key];
        const free = typeof below !== "object" || below === null || Object.keys(below).length === 0;
        return isMap(value) && !free ? unknown(value, below, `${here}.`) : [];
      });
    // Both contexts are handed on whole; what else they may hold is Kubernetes' to say.
    const handedOn = /^(pod|container)SecurityContext\./;
    const given = unknown(await valuesOf(args), known, "").filter((path) => !handedOn.test(path));
    expect(given).to.deep.equal([]);
    expect(unknown({ dashboard: { enabld: true } }, known, "")).to.deep.equal(["dashboard.enabld"]);
  });
});
