import { html, type Html } from "../html";
import { columns, drawBox, drawText, wrapList, type Box, type Drawn } from "./canvas";
import type { Cluster, Entrance, Namespace, StoreInUse, Workload } from "./model";

type Row = Pick<Box, "x" | "y" | "width">;

const padding = 12;
const lineHeight = 18;
const gap = 12;

/** A bar over all zones: a headline and lines of text. */
export function drawTextBar(
  row: Row,
  kind: string,
  [headline = "", ...lines]: readonly string[],
): Drawn {
  const height = padding * 2 + lineHeight * (1 + lines.length) - 6;
  const text = { x: row.x + padding, width: row.width - 2 * padding };
  return {
    height,
    markup: html`${drawBox({ ...row, height }, kind)}
    ${drawText(headline, { ...text, y: row.y + padding + 11 })}
    ${lines.map((line, index) =>
      drawText(line, { ...text, y: row.y + padding + 11 + (index + 1) * lineHeight }, "small"),
    )}`,
  };
}

export function drawEntrance(entrance: Entrance, row: Row): Drawn {
  const scheme = entrance.scheme === "" ? "" : `, ${entrance.scheme}`;
  return drawTextBar(row, "bar entrance", [
    `Load balancer ${entrance.name}${scheme}, in every zone`,
    ...wrapList(entrance.hosts, row.width - 2 * padding, "small"),
  ]);
}

export function drawControlPlane(cluster: Cluster, row: Row): Drawn {
  const width = row.width - 2 * padding;
  return drawTextBar(row, "bar control", [
    `EKS control plane ${cluster.name}: Kubernetes ${cluster.version || "latest"}, ${cluster.access}`,
    ...prefixed("Add-ons: ", cluster.addons, width),
    ...prefixed("Controllers: ", cluster.controllers, width),
  ]);
}

/** Lines of a list with what it lists in front; none if the list is empty. */
export function prefixed(prefix: string, entries: readonly string[], width: number): string[] {
  const [first, ...others] = entries;
  return first === undefined ? [] : wrapList([`${prefix}${first}`, ...others], width, "small");
}

/** Namespaces side by side, three in a row, each with its workloads. */
export function drawNamespaces(namespaces: readonly Namespace[], row: Row): Drawn {
  const head = padding + lineHeight;
  const inner = { x: row.x + padding, width: row.width - 2 * padding };
  const panels: Html[] = [];
  let y = row.y + head + 4;
  for (let start = 0; start < namespaces.length; start += perRow) {
    const group = namespaces.slice(start, start + perRow);
    const height = Math.max(...group.map(panelHeight));
    columns(inner, Math.min(perRow, namespaces.length), gap).forEach((column, index) => {
      const namespace = group[index];
      if (namespace !== undefined) panels.push(drawNamespace(namespace, { ...column, y, height }));
    });
    y += height + gap;
  }
  const height = y - row.y;
  return {
    height,
    markup: html`${drawBox({ ...row, height }, "bar workloads")}
    ${drawText("Services in the cluster, pods spread over the zones", { x: inner.x, y: row.y + padding + 11, width: inner.width })}
    ${panels}`,
  };
}

const perRow = 3;
const panelHead = 30;

function panelHeight({ workloads }: Namespace): number {
  return workloads.reduce((sum, workload) => sum + chipHeight(workload) + 6, panelHead) + 6;
}

function chipHeight({ hosts }: Workload): number {
  return 46 + hosts.length * 16;
}

function drawNamespace({ name, workloads }: Namespace, box: Box): Html {
  let y = box.y + panelHead;
  const chips = workloads.map((workload) => {
    const height = chipHeight(workload);
    const chip = drawWorkload(workload, { x: box.x + 8, y, width: box.width - 16, height });
    y += height + 6;
    return chip;
  });
  return html`${drawBox(box, "panel")}
  ${drawText(`namespace ${name}`, { x: box.x + 10, y: box.y + 20, width: box.width - 20 }, "small")}
  ${chips}`;
}

function drawWorkload(workload: Workload, box: Box): Html {
  const { name, replicas, maxReplicas, tier, nodeClass, hosts } = workload;
  const range = maxReplicas > replicas ? `${replicas}–${maxReplicas}` : String(replicas);
  const facts = [tier, nodeClass === "" ? "" : `on ${nodeClass} nodes`].filter(
    (fact) => fact !== "",
  );
  const text = { x: box.x + 10, width: box.width - 20 };
  const right = { x: box.x + box.width - 10, y: box.y + 19, width: 90, anchor: "end" } as const;
  return html`${drawBox(box, tier === "critical" ? "chip critical" : "chip")}
  ${drawText(name, { ...text, y: box.y + 19, width: text.width - 80 })}
  ${drawText(`${range} pods`, right, "small")}
  ${drawText(facts.join(", "), { ...text, y: box.y + 36 }, "small")}
  ${hosts.map((host, index) =>
    drawText(`↘ ${host}`, { ...text, y: box.y + 53 + index * 16 }, "small"),
  )}`;
}

/** What services keep data in, with how many use it. */
export function drawStores(stores: readonly StoreInUse[], row: Row): Drawn {
  const inner = { x: row.x + padding, width: row.width - 2 * padding };
  const top = row.y + padding + lineHeight + 4;
  const height = padding * 2 + lineHeight + 46;
  const chips = columns(inner, stores.length, 8).map((column, index) => {
    const store = stores[index];
    if (store === undefined) return undefined;
    const text = { x: column.x + 10, width: column.width - 20 };
    const users = store.callers.length === 1 ? "1 service" : `${store.callers.length} services`;
    return html`<g
      >${drawBox({ ...column, y: top, height: 44 }, "chip")}
      ${drawText(store.name, { ...text, y: top + 18 })}
      ${drawText(users, { ...text, y: top + 35 }, "small")}<title>
        ${store.name}: ${store.callers.join(", ")}
      </title></g
    >`;
  });
  return {
    height,
    markup: html`${drawBox({ ...row, height }, "bar stores")}
    ${drawText("Stores that services talk to", { x: inner.x, y: row.y + padding + 11, width: inner.width })}
    ${chips}`,
  };
}
