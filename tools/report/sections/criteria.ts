import type { Proof } from "../../criteria/criterion";
import type { Evidence, EvidenceSection } from "../../criteria/evidence";
import { html, type Html } from "../html";

/** Every success criterion of the plan: what shows it, the last figure, and what that does not show. */
export function renderCriteria(sections: readonly EvidenceSection[]): Html {
  return html`<p>
      What the implementation plan asks for, in its words. A figure is of the drill's last run here,
      or as its page documents it.
    </p>
    ${sections.map(
      ({ title, criteria }) =>
        html`<div class="scroll" role="region" aria-label="${title}" tabindex="0">
          <table>
            <caption>
              ${title}
            </caption>
            <thead>
              <tr>
                <th scope="col">criterion</th>
                <th scope="col">shown by</th>
                <th scope="col">last figure</th>
                <th scope="col">limit</th>
              </tr>
            </thead>
            <tbody>
              ${criteria.map(row)}
            </tbody>
          </table>
        </div>`,
    )}`;
}

function row({ text, proofs, figure, source, limit }: Evidence): Html {
  return html`<tr>
    <th scope="row">${text}</th>
    <td class="value">
      ${proofs.map((proof, index) => html`${index === 0 ? "" : ", "}${named(proof)}`)}
    </td>
    <td class="value">${figure === "" ? "–" : `${figure} (${source})`}</td>
    <td class="value">${limit === "" ? "–" : limit}</td>
  </tr>`;
}

function named(proof: Proof): Html {
  return proof.kind === "test" || proof.kind === "file"
    ? html`<code>${proof.file}</code>`
    : html`${proof.kind} <code>${proof.name}</code>`;
}
