import type { EvidenceSection } from "../criteria/evidence";
import { type EnvironmentPlan, refusesRelease } from "../plan/environment-plan";
import { stops } from "../policies/verdict";
import { drawArchitecture } from "./architecture/picture";
import { readArchitecture } from "./architecture/read";
import { Html, html } from "./html";
import { script } from "./script";
import { renderComponents } from "./sections/components";
import { renderConversations } from "./sections/conversations";
import { renderCosts } from "./sections/costs";
import { renderCriteria } from "./sections/criteria";
import { plannedDashboards, renderDashboards } from "./sections/dashboards";
import { renderDeployment, renderProblems } from "./sections/deployment";
import { renderDifferences } from "./sections/differences";
import { renderPolicies } from "./sections/policies";
import { styles } from "./styles";

/** One page with everything in it: no request leaves it, and it reads the same without JavaScript. */
export function renderReport(
  plan: EnvironmentPlan,
  criteria: readonly EvidenceSection[] = [],
): string {
  const { environment, project } = plan;
  const title = `${project} ${environment}: the plan`;
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta
          http-equiv="Content-Security-Policy"
          content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:"
        />
        <link rel="icon" href="data:," />
        <title>${title}</title>
        <style>
          ${new Html(styles)}
        </style>
      </head>
      <body>
        <header>
          <h1>${project} <span class="muted">/</span> ${environment}</h1>
          <p>What this environment would be, before anything is created.</p>
          <ul class="facts">
            ${facts(plan)}
          </ul>
          <nav aria-label="Sections">
            <ul>
              ${sections(plan, criteria).map(({ id, title: text }) => html`<li><a href="#${id}">${text}</a></li>`)}
            </ul>
          </nav>
        </header>
        <main>
          ${renderProblems(plan)}
          ${sections(plan, criteria).map(
            ({ id, title: text, body }) =>
              html`<section id="${id}">
                <h2>${text}</h2>
                ${body()}
              </section>`,
          )}
        </main>
        <footer>
          <p>
            Written by <code>npm run plan -- ${environment}</code>. Identifiers that only a
            deployment knows do not appear.
          </p>
        </footer>
        <script>
          ${new Html(script)};
        </script>
      </body>
    </html> `;
  return page.markup;
}

interface Section {
  readonly id: string;
  readonly title: string;
  readonly body: () => Html;
}

function sections(plan: EnvironmentPlan, criteria: readonly EvidenceSection[]): readonly Section[] {
  const section = (id: string, title: string, body: () => Html): Section => ({ id, title, body });
  return [
    section("architecture", "Architecture by zone", () => renderArchitecture(plan)),
    section("components", "Components", () => renderComponents(plan.tree)),
    section("conversations", "Who may talk to whom", () => renderConversations(plan.services)),
    ...(plannedDashboards(plan).length === 0
      ? []
      : [section("dashboards", "Dashboards", () => renderDashboards(plan))]),
    section("costs", "Monthly estimate", () => renderCosts(plan)),
    section("policies", "Policies", () => renderPolicies(plan.verdict)),
    section("deployment", "What keeps it from being deployed", () => renderDeployment(plan)),
    section("differences", "Differences from the other environments", () =>
      renderDifferences(plan),
    ),
    ...(criteria.length === 0
      ? []
      : [section("criteria", "Success criteria", () => renderCriteria(criteria))]),
  ];
}

function renderArchitecture(plan: EnvironmentPlan): Html {
  const picture = drawArchitecture(
    readArchitecture(plan),
    `Architecture of ${plan.environment} by zone`,
  );
  return html`<figure>
    <div class="scroll" role="region" aria-label="Architecture picture" tabindex="0">
      ${picture}
    </div>
    <figcaption>
      Columns are availability zones, rows are subnet tiers from the outside inwards; bars across
      stand in every zone. Services with a strong border are critical.
    </figcaption>
  </figure>`;
}

function facts(plan: EnvironmentPlan): Html[] {
  const { tree, verdict, undeployable, services } = plan;
  const violations = (verdict?.violations ?? []).filter((entry) => !refusesRelease(plan, entry));
  const mandatory = violations.filter(stops).length;
  return [
    fact(tree.resources, "resources", ""),
    fact(services.length, "services", ""),
    verdict === undefined
      ? fact("–", "policies left out", "")
      : fact(mandatory, "mandatory violations", mandatory === 0 ? "good" : "bad"),
    fact(violations.length - mandatory, "advisory violations", ""),
    fact(
      undeployable.length,
      "values left to give before a deployment",
      undeployable.length === 0 ? "good" : "warn",
    ),
  ];
}

function fact(value: string | number, what: string, state: "" | "good" | "warn" | "bad"): Html {
  return html`<li><strong class="${state}">${value}</strong><span>${what}</span></li>`;
}
