import { html, type Html } from "../html";
import { columns, drawBox, drawText, wrapList, type Box, type Drawn } from "./canvas";
import type { NodeGroup, Subnet, Zone } from "./model";

type Row = Pick<Box, "x" | "y" | "width">;

const lineHeight = 18;
const chipGap = 6;
const padding = 10;
/** Between the columns of two zones. */
export const zoneGap = 20;

/** One tier: the subnet of each zone side by side, with what stands in it. */
export function drawTier(zones: readonly Zone[], tier: string, row: Row): Drawn {
  const places = columns(row, zones.length, zoneGap).map(({ x, width }) => ({
    ...{ x: x + padding, width: width - 2 * padding },
    y: row.y,
  }));
  const cells = zones.map((zone, index) => {
    const place = places[index];
    const subnet = zone.subnets.find((candidate) => candidate.tier === tier);
    if (place === undefined || subnet === undefined) return undefined;
    return { place, subnet, content: drawContent(zone, subnet, place) };
  });
  const height = Math.max(...cells.map((cell) => cell?.content.height ?? 0));
  return {
    height,
    markup: html`${cells.map((cell) =>
      cell === undefined
        ? undefined
        : html`${drawBox({ ...cell.place, height }, `subnet ${cell.subnet.exposure}`)}
          ${drawHead(cell.subnet, cell.place)}${cell.content.markup}`,
    )}`,
  };
}

function drawHead({ tier, cidrBlock }: Subnet, { x, y, width }: Row): Html {
  const text = { y: y + lineHeight, width: width / 2 - padding };
  return html`${drawText(`${tier} subnet`, { ...text, x: x + padding })}
  ${drawText(cidrBlock, { ...text, x: x + width - padding, anchor: "end" }, "small")}`;
}

const headHeight = lineHeight + padding + 4;

/** What stands in a subnet, below its headline; the height is that of the whole. */
function drawContent(zone: Zone, subnet: Subnet, { x, y, width }: Row): Drawn {
  const chips: Chip[] = [];
  if (subnet.exposure === "public" && zone.hasNat) chips.push({ title: "NAT gateway" });
  if (subnet.exposure === "private") chips.push(...zone.nodeGroups.map(toChip));
  let below = y + headHeight;
  const markup = chips.map((chip) => {
    const drawn = drawChip(chip, { x: x + padding, y: below, width: width - 2 * padding });
    below += drawn.height + chipGap;
    return drawn.markup;
  });
  const end = chips.length === 0 ? 0 : padding - chipGap;
  return { markup: html`${markup}`, height: below + end - y };
}

interface Chip {
  readonly title: string;
  readonly aside?: string;
  readonly details?: readonly string[];
}

function toChip({ nodeClass, min, max, spot, tainted, instanceTypes }: NodeGroup): Chip {
  const [first, ...others] = instanceTypes;
  return {
    title: nodeClass,
    aside: `${min}–${max} nodes${tainted ? ", tainted" : ""}`,
    details: [`${spot ? "Spot" : "On-Demand"}: ${first ?? "any type"}`, ...others],
  };
}

function drawChip({ title, aside, details = [] }: Chip, row: Row): Drawn {
  const lines = wrapList(details, row.width - 20, "small");
  const box = { ...row, height: 26 + lines.length * 17 + (lines.length > 0 ? 2 : 0) };
  const text = { x: row.x + 10, width: row.width - 20 };
  const right = { x: row.x + row.width - 10, y: row.y + 18, width: 150, anchor: "end" } as const;
  return {
    height: box.height,
    markup: html`${drawBox(box, "chip")}
    ${drawText(title, { ...text, y: row.y + 18, width: text.width - 120 })}
    ${aside === undefined ? undefined : drawText(aside, right, "small")}
    ${lines.map((line, index) => drawText(line, { ...text, y: row.y + 36 + index * 17 }, "small"))}`,
  };
}
