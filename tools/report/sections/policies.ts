import { plural } from "../../plan/tree";
import { shortUrn } from "../../plan/text-summary";
import { isReleaseGate, type Rule, type Verdict, type Violation } from "../../policies/verdict";
import { html, type Html } from "../html";

export function renderPolicies(verdict: Verdict | undefined): Html {
  if (verdict === undefined) return html`<p>Policies were left out of this plan.</p>`;
  const { pack, rules, violations, blind, remediated } = verdict;
  const gates = new Set(rules.filter(isReleaseGate).map(({ name }) => name));
  const found = violations.filter(({ rule }) => !gates.has(rule));
  const refused = violations.filter(({ rule }) => gates.has(rule));
  const active = rules.filter(({ level }) => level !== "disabled");
  return html`<p>
      ${plural(active.length, "rule")} of ${pack.name} ${pack.version} judged every resource, with
      its values known and as a first preview sees them.
    </p>
    <h3>Violations</h3>
    ${found.length === 0 ? html`<p class="good">None.</p>` : findings(found)}
    ${
      refused.length === 0
        ? undefined
        : html`<h3>Refused until released</h3>
            <p>
              A deployment stops at these; the plan itself is sound. See
              <a href="#deployment">what keeps it from being deployed</a>.
            </p>
            ${findings(refused)}`
    }
    ${remediated.length === 0 ? undefined : html`<p>${plural(remediated.length, "resource")} would be changed by rules of level remediate.</p>`}
    ${blind.length === 0 ? undefined : blindDetails(blind)} ${ruleDetails(rules)}`;
}

/** A block per rule: what it asks, how to satisfy it, and where it is not satisfied. */
function findings(violations: readonly Violation[]): Html[] {
  const byRule = new Map<string, Violation[]>();
  for (const violation of violations) {
    byRule.set(violation.rule, [...(byRule.get(violation.rule) ?? []), violation]);
  }
  return [...byRule.values()].map((group) => {
    const [{ rule, url, level, severity, fix } = undefinedRule] = group;
    return html`<article class="finding ${level}">
      <h4>
        ${ruleLink(rule, url)} <span class="badge ${level}">${level}</span>
        <span class="count">${severity} severity</span>
      </h4>
      ${fix === "" ? undefined : html`<p>${fix}</p>`}
      <ul>
        ${group.map(
          ({ urn, message }) =>
            html`<li title="${urn}"><code>${shortUrn(urn)}</code><br />${message}</li>`,
        )}
      </ul>
    </article>`;
  });
}

const undefinedRule = { rule: "", url: "", level: "advisory", severity: "unspecified", fix: "" };

function blindDetails(blind: Verdict["blind"]): Html {
  return html`<details>
    <summary>
      Where rules cannot judge a first preview <span class="count">${blind.length}</span>
    </summary>
    <p>
      The values are known only once something is deployed; with answers in their place the rules
      have judged them above.
    </p>
    <ul>
      ${blind.map(({ rule, urn, reason }) => html`<li><code>${rule}</code> ${shortUrn(urn)}: ${reason}</li>`)}
    </ul>
  </details>`;
}

function ruleDetails(rules: readonly Rule[]): Html {
  return html`<details>
    <summary>All rules and their levels here <span class="count">${rules.length}</span></summary>
    <div class="scroll" role="region" aria-label="All rules" tabindex="0">
      <table>
        <caption>
          All rules and their levels in this environment
        </caption>
        <thead>
          <tr>
            <th scope="col">Rule</th>
            <th scope="col">Level</th>
            <th scope="col">Severity</th>
            <th scope="col">What it asks</th>
          </tr>
        </thead>
        <tbody>
          ${rules.map(
            ({ name, url, level, severity, description }) =>
              html`<tr>
                <th scope="row">${ruleLink(name, url)}</th>
                <td><span class="badge ${level}">${level}</span></td>
                <td>${severity}</td>
                <td>${description}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </details>`;
}

function ruleLink(name: string, url: string): Html {
  return url.startsWith("https://")
    ? html`<a href="${url}" rel="noreferrer">${name}</a>`
    : html`${name}`;
}
