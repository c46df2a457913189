import type { ServiceRecord } from "../../../components/shared/service-record";
import { compareText } from "../../plan/graph";
import { html, type Html } from "../html";

/** Who may open connections to whom: everything else is refused. */
export function renderConversations(services: readonly ServiceRecord[]): Html {
  const group = (title: string, allowed: Allowed): Group => ({
    ...{ title, allowed },
    targets: [...new Set(services.flatMap(allowed))].sort(compareText),
  });
  const groups = [
    group("Services", ({ talksTo }) => talksTo.services),
    group("Stores", ({ talksTo }) => talksTo.stores),
    group("Hosts outside", ({ talksTo }) => talksTo.hosts),
  ].filter(({ targets }) => targets.length > 0);
  const callers = [...services].sort((a, b) => compareText(a.name, b.name));
  return html`<p>
      From the catalogue. A row is a caller, a mark a conversation that it declares; namespaces
      refuse everything by default. Hosts are reached on port 443 unless another is named.
    </p>
    <div class="scroll" role="region" aria-label="Who may talk to whom" tabindex="0">
      <table class="matrix">
        <caption>
          Who may open connections to whom
        </caption>
        <thead>
          <tr>
            <th scope="col" rowspan="2">Caller</th>
            ${groups.map(
              ({ title, targets }) =>
                html`<th scope="colgroup" class="group-start" colspan="${targets.length}">
                  ${title}
                </th>`,
            )}
          </tr>
          <tr>
            ${groups.flatMap(({ targets }) => targets.map((target, index) => columnHead(target, index === 0)))}
          </tr>
        </thead>
        <tbody>
          ${callers.map((caller) => row(caller, groups))}
        </tbody>
      </table>
    </div>`;
}

type Allowed = (caller: ServiceRecord) => readonly string[];

interface Group {
  readonly title: string;
  readonly targets: readonly string[];
  readonly allowed: Allowed;
}

function columnHead(target: string, first: boolean): Html {
  return html`<th scope="col" class="upright${first ? " group-start" : ""}">
    <span>${target.replace(/:443$/, "")}</span>
  </th>`;
}

function row(caller: ServiceRecord, groups: readonly Group[]): Html {
  const cells = groups.flatMap(({ targets, allowed }) => {
    const allowedTargets = new Set(allowed(caller));
    return targets.map((target, index) => {
      const start = index === 0 ? " group-start" : "";
      if (target === caller.name) return html`<td class="self${start}"></td>`;
      if (!allowedTargets.has(target)) return html`<td class="no${start}"></td>`;
      return html`<td class="yes${start}" title="${caller.name} → ${target}">
        <span class="visually-hidden">may talk to ${target}</span>
      </td>`;
    });
  });
  return html`<tr>
    <th scope="row">${caller.name}</th>
    ${cells}
  </tr>`;
}
