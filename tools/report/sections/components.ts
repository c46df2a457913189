import { type ComponentNode, plural, shortType, type TypeCount } from "../../plan/tree";
import { html, type Html } from "../html";

/** The tree as nested disclosures: the top level open, so that the page is a table of contents. */
export function renderComponents(root: ComponentNode): Html {
  return html`<p>
      ${plural(root.resources, "resource")} in ${plural(root.components.length, "component")}.
      Packaged components (awsx, eks) create more, which only their own providers know.
    </p>
    <ul class="tree">
      ${[...leaves(root), ...root.components.map((node) => branch(node))]}
    </ul>`;
}

function branch(node: ComponentNode): Html {
  const title = html`<span class="name">${node.name}</span> <code>${shortType(node.type)}</code>`;
  return html`<li>
    <details>
      <summary>${title} <span class="count">${plural(node.resources, "resource")}</span></summary>
      <ul>
        ${[...leaves(node), ...node.components.map((child) => branch(child))]}
      </ul>
    </details>
  </li>`;
}

function leaves({ byType, packaged }: ComponentNode): Html[] {
  return [
    ...byType.map((entry) => leaf(entry, "")),
    ...packaged.map((entry) => leaf(entry, ", packaged")),
  ];
}

function leaf({ type, count }: TypeCount, note: string): Html {
  return html`<li class="leaf">
    <code>${shortType(type)}</code> <span class="count">× ${count}${note}</span>
  </li>`;
}
