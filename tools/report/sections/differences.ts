import { compareCounts, compareSettings } from "../../plan/compare-environments";
import { countByType, type EnvironmentPlan } from "../../plan/environment-plan";
import { shortType } from "../../plan/tree";
import { html, type Html } from "../html";

/** What this environment has that the others have differently: settings, and resources by type. */
export function renderDifferences(plan: EnvironmentPlan): Html {
  const { environment, known, others } = plan;
  if (others.length === 0) return html`<p>There is no other environment.</p>`;
  const settings = compareSettings([
    known.stack.settings,
    ...others.map((other) => other.settings),
  ]);
  const planned = others.flatMap(({ environment: name, counts }) =>
    counts === undefined ? [] : [{ name, counts }],
  );
  const counts = compareCounts([countByType(known), ...planned.map((other) => other.counts)]);
  const broken = others.filter(({ problem }) => problem !== "");
  return html`${table(
    `Settings that differ (${settings.length})`,
    [environment, ...others.map((other) => other.environment)],
    settings.map(({ setting, values }) => ({ head: setting, values })),
  )}
  ${table(
    `Resources by type where the number differs (${counts.length})`,
    [environment, ...planned.map(({ name }) => name)],
    counts.map(({ type, counts: values }) => ({ head: shortType(type), values })),
  )}
  ${broken.map(({ environment: name, problem }) => html`<p class="bad">${name} cannot be planned: ${problem}</p>`)}`;
}

interface DifferenceRow {
  readonly head: string;
  readonly values: readonly (string | number)[];
}

function table(
  caption: string,
  environments: readonly string[],
  rows: readonly DifferenceRow[],
): Html {
  if (rows.length === 0) return html`<p>${caption}: none.</p>`;
  return html`<div class="scroll" role="region" aria-label="${caption}" tabindex="0">
    <table>
      <caption>
        ${caption}
      </caption>
      <thead>
        <tr>
          <td></td>
          ${environments.map((name) => html`<th scope="col">${name}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          ({ head, values }) =>
            html`<tr>
              <th scope="row">${head}</th>
              ${values.map((value) => html`<td class="${typeof value === "number" ? "number" : "value"}">${value === "" ? "–" : value}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}
