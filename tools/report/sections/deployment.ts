import type { EnvironmentPlan } from "../../plan/environment-plan";
import { html, type Html } from "../html";

export function renderDeployment(plan: EnvironmentPlan): Html {
  const { notices } = plan;
  return html`${renderOpenValues(plan)}
  ${
    notices.length === 0
      ? undefined
      : html`<h3>To know</h3>
          <ul class="open-points">
            ${notices.map((notice) => html`<li>${notice}</li>`)}
          </ul>`
  }`;
}

function renderOpenValues({ undeployable, environment }: EnvironmentPlan): Html {
  if (undeployable.length === 0)
    return html`<p class="good">Nothing: ${environment} could be deployed as it stands.</p>`;
  return html`<p>
      Values that only an account, a registry or a person can give, in
      <code>Pulumi.${environment}.yaml</code>:
    </p>
    <ul class="open-points">
      ${undeployable.map((reason) => html`<li>${reason}</li>`)}
    </ul>`;
}

/** Differences between the two runs, and objects that two resources claim; nothing in a sound program. */
export function renderProblems({ modeDifferences, problems }: EnvironmentPlan): Html | undefined {
  if (modeDifferences.length + problems.length === 0) return undefined;
  return html`<section id="problems">
    <h2>Problems</h2>
    ${modeDifferences.length === 0 ? undefined : html`<p>A first preview would not show what is then done:</p>`}
    <ul class="open-points">
      ${[...modeDifferences, ...problems].map((problem) => html`<li>${problem}</li>`)}
    </ul>
  </section>`;
}
