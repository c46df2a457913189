import type { Dashboard } from "../../../components/observability-dashboards";
import type { EnvironmentPlan } from "../../plan/environment-plan";
import { drawDashboard } from "../dashboards/picture";
import { type Html, html } from "../html";

/** Those that the plan writes, in its order. */
export function plannedDashboards({ known }: Pick<EnvironmentPlan, "known">): Dashboard[] {
  return known.documents
    .filter(({ path }) => path.startsWith("dashboards/"))
    .map(({ content }) => content as Dashboard);
}

/** Each dashboard by name, folded open to where its panels stand. */
export function renderDashboards(plan: EnvironmentPlan): Html {
  return html`<p>
      What people see in Grafana, drawn from the definitions of the panels: curves and dashes stand
      for what is measured.
    </p>
    ${plannedDashboards(plan).map(
      (dashboard) =>
        html`<details>
          <summary>${dashboard.title ?? ""}</summary>
          <figure>
            <div class="scroll" role="region" aria-label="${dashboard.title ?? ""}" tabindex="0">
              ${drawDashboard(dashboard)}
            </div>
            <figcaption>${dashboard.description ?? ""}</figcaption>
          </figure>
        </details>`,
    )}`;
}
