import { expect } from "chai";
import { readdirSync, readFileSync } from "node:fs";
import { isAlert } from "../components/observability-rules";
import { environmentRules } from "../tools/drill/rules/environments";

const pages = readdirSync("docs/runbooks").map((file) => file.replace(/\.md$/, ""));
const textOf = (page: string): string => readFileSync(`docs/runbooks/${page}.md`, "utf8");
const sections = [
  ...["What it means", "How bad", "First five minutes", "Causes", "Commands"],
  "When to escalate",
];

/** Every alert of production, under either node autoscaler, with its page. */
const alerts = (["cluster-autoscaler", "karpenter"] as const).flatMap((autoscaler) =>
  environmentRules(
    ".",
    "prod",
    autoscaler === "karpenter" ? { nodeAutoscaler: autoscaler } : {},
  ).groups.flatMap(({ rules }) => rules.filter(isAlert)),
);

describe("Runbooks", () => {
  it("exist for every alert, and name it", () => {
    const lost = alerts.filter(
      ({ name, runbook }) => !pages.includes(runbook) || !textOf(runbook).includes(`\`${name}\``),
    );
    expect(lost.map(({ name, runbook }) => `${name} ${runbook}`)).to.deep.equal([]);
  });

  it("name no alert that does not lead to them, and there is none that nothing leads to", () => {
    const named = pages.flatMap((page) => {
      const line = /^Alerts: (.*)$/m.exec(textOf(page))?.[1] ?? "";
      return [...line.matchAll(/`(\w+)`/g)].map(([, name]) => `${name ?? ""} ${page}`);
    });
    const leading = new Set(alerts.map(({ name, runbook }) => `${name} ${runbook}`));
    expect(named.filter((pair) => !leading.has(pair))).to.deep.equal([]);
    const unasked = pages.filter((page) => !alerts.some(({ runbook }) => runbook === page));
    // Disasters are told by people and by many alerts at once: tests/docs-disasters.test.ts.
    expect(unasked.filter((page) => !page.startsWith("disaster-"))).to.deep.equal([]);
  });

  for (const page of pages)
    it(`have one shape: ${page}`, () => {
      const headings = [...textOf(page).matchAll(/^## (.*)$/gm)].map(([, heading]) => heading);
      expect(headings).to.deep.equal(sections);
      expect(textOf(page)).to.match(/\n1\. \S/);
      expect(textOf(page)).to.match(/```(sh|sql)\n\S/);
    });
});
