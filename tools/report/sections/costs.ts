import { change, dollars, headline, nodesByDay } from "../../costs/text";
import type { CostComparison } from "../../costs/compare";
import type { CostShare, Estimate } from "../../costs/estimate";
import type { EnvironmentPlan } from "../../plan/environment-plan";
import { html, type Html } from "../html";

/** What the environment costs a month, by component, team and environment, and what that does not say. */
export function renderCosts(plan: EnvironmentPlan): Html {
  const { estimate, comparison, costVariants = [], environment, others } = plan;
  if (estimate === undefined) return html`<p>The project says nothing of usage and prices.</p>`;
  const environments = [
    { name: environment, monthlyUsd: estimate.monthlyUsd },
    ...costVariants.map(({ name, monthlyUsd }) => ({
      ...{ name: `${environment} with ${name}`, monthlyUsd },
    })),
    ...others.flatMap(({ environment: name, monthlyUsd }) =>
      monthlyUsd === undefined ? [] : [{ name, monthlyUsd }],
    ),
  ];
  return html`<p><strong>${headline(estimate)}.</strong></p>
    ${estimate.warnings.map((warning) => html`<p class="bad">${warning}</p>`)}
    ${comparison === undefined ? undefined : renderComparison(comparison)}
    ${table("By component", estimate.components, dollars)}
    ${table("By team; of the nodes, by the CPU that its services ask for at their floor", estimate.teams, dollars)}
    ${table("By environment", environments, dollars)} ${renderNotKnown(estimate)}
    ${renderSources(estimate)}`;
}

function renderComparison({ source, changeUsd, components, notes }: CostComparison): Html {
  return html`<p>Against <code>${source}</code>: ${change(changeUsd)} a month.</p>
    ${components.length === 0 ? undefined : table("What changes", components, change)}
    ${notes.map((note) => html`<p>${note}</p>`)}`;
}

function table(
  caption: string,
  rows: readonly CostShare[],
  show: (amount: number) => string,
): Html {
  return html`<div class="scroll" role="region" aria-label="${caption}" tabindex="0">
    <table>
      <caption>
        ${caption}
      </caption>
      <thead>
        <tr>
          <td></td>
          <th scope="col">a month</th>
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          ({ name, monthlyUsd }) =>
            html`<tr>
              <th scope="row">${name}</th>
              <td class="number">${show(monthlyUsd)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

function renderNotKnown({ notKnown }: Estimate): Html {
  if (notKnown.length === 0) return html`<p>Everything that costs something has a price.</p>`;
  return html`<h3>What it does not know</h3>
    <ul class="open-points">
      ${notKnown.map(
        ({ what, count, reason }) => html`<li><code>${what}</code> × ${count}: ${reason}</li>`,
      )}
    </ul>`;
}

function renderSources(estimate: Estimate): Html {
  const { prices, usage } = estimate;
  return html`<details>
    <summary>Prices and assumptions</summary>
    <ul>
      ${prices.sources.map(
        ({ title, date, url }) => html`<li>${date}: ${title} (<code>${url}</code>)</li>`,
      )}
      <li>
        Usage a month:
        ${Object.entries(usage)
          .map(([name, value]) => `${name} ${value}`)
          .join(", ")}
      </li>
      ${nodesByDay(estimate).map((line) => html`<li>Assumed: ${line}</li>`)}
    </ul>
  </details>`;
}
