import { html, type Html } from "../html";
import {
  drawControlPlane,
  drawEntrance,
  drawNamespaces,
  drawStores,
  drawTextBar,
  prefixed,
} from "./bars";
import { columns, drawBox, drawText, type Box, type Drawn } from "./canvas";
import type { Architecture, Network } from "./model";
import { drawTier, zoneGap } from "./zone-rows";

const width = 1200;
const margin = 16;
const rowGap = 12;
/** Below the last bar, so that the zones are seen to go on under it. */
const zoneFoot = 10;

type Place = Pick<Box, "x" | "width">;
type Part = (row: Pick<Box, "x" | "y" | "width">) => Drawn;

/** The architecture by zone: columns are zones, rows are tiers, bars across are what spans the zones. */
export function drawArchitecture(architecture: Architecture, title: string): Html {
  const { region, network, entrance, outsideHosts, otherRegions } = architecture;
  const inner = { x: margin * 2, width: width - margin * 4 };
  const top = entrance === undefined ? 8 : 56;
  const regionTop = top + 34;
  const body =
    network === undefined
      ? stack(spanningParts(architecture), inner, regionTop)
      : drawNetwork(network, architecture, { ...inner, y: regionTop });
  const outside = outsideHosts === 0 ? "" : `, allowed: ${outsideHosts} hosts outside`;
  const regionHeight = 34 + body.height + margin;
  const others = stack(
    otherRegions.map(
      (other): Part =>
        (row) =>
          drawTextBar(row, "bar other-region", [
            other.recovery ? `Recovery region ${other.region}` : `Region ${other.region}`,
            ...prefixed("", other.contents, row.width - 24),
          ]),
    ),
    { x: margin, width: width - margin * 2 },
    top + regionHeight + rowGap,
  );
  const height = top + regionHeight + (otherRegions.length > 0 ? rowGap + others.height : 0) + 8;
  return html`<svg
    class="architecture"
    viewBox="0 0 ${width} ${height}"
    role="img"
    aria-labelledby="architecture-title architecture-description"
  >
    <title id="architecture-title">${title}</title>
    <desc id="architecture-description">${describe(architecture)}</desc>
    ${entrance === undefined ? undefined : drawInternet(outside)}
    ${drawBox({ x: margin, y: top, width: width - margin * 2, height: regionHeight }, "region")}
    ${drawText(`Region ${region}`, { x: margin * 2, y: top + 23, width: 500 }, "title")}
    ${body.markup}${others.markup}
  </svg>`;
}

function drawInternet(outside: string): Html {
  const box = { x: margin * 3, y: 8, width: 290, height: 30 };
  return html`${drawBox(box, "chip")}
    ${drawText(`Internet${outside}`, { x: box.x + 12, y: 28, width: box.width - 24 }, "small")}
    <path class="arrow" d="M ${box.x + 24} 38 v 14 m -5 -6 l 5 6 l 5 -6" />`;
}

function drawNetwork(
  network: Network,
  architecture: Architecture,
  { x, y, width: available }: Pick<Box, "x" | "y" | "width">,
): Drawn {
  const inner = { x: x + margin, width: available - margin * 2 };
  const zonesTop = y + 34;
  const rows = stack(tierParts(network, architecture), inner, zonesTop + 34);
  const height = 34 + 34 + rows.height + zoneFoot + margin;
  const zones = columns(inner, network.zones.length, zoneGap).map((column, index) => {
    const box = { ...column, y: zonesTop, height: rows.height + 34 + zoneFoot };
    const name = network.zones[index]?.name ?? "";
    return html`${drawBox(box, "zone")}
    ${drawText(name, { x: column.x + column.width / 2, y: zonesTop + 22, width: column.width, anchor: "middle" })}`;
  });
  return {
    height,
    markup: html`${drawBox({ x, y, width: available, height }, "vpc")}
    ${drawText(`VPC ${network.name}  ${network.cidrBlock}`, { x: inner.x, y: y + 23, width: inner.width }, "title")}
    ${zones}${rows.markup}`,
  };
}

/** From the outside inwards; each bar follows the tier that it stands in. */
function tierParts(network: Network, architecture: Architecture): Part[] {
  const subnets = network.zones[0]?.subnets ?? [];
  const tiers = (exposure: string) =>
    subnets
      .filter((subnet) => subnet.exposure === exposure)
      .map(
        ({ tier }): Part =>
          (row) =>
            drawTier(network.zones, tier, row),
      );
  const [workloads, stores, controlPlane, entrance] = barsOf(architecture);
  const [firstIsolated, ...otherIsolated] = tiers("isolated");
  const nat: Part | undefined = network.regionalNat
    ? (row) => drawTextBar(row, "bar", ["NAT gateway, spread over the zones by AWS"])
    : undefined;
  const endpoints: Part | undefined =
    network.gatewayEndpoints.length + network.interfaceEndpoints.length === 0
      ? undefined
      : (row) =>
          drawTextBar(row, "bar", [
            "Endpoints: AWS services reached without leaving the network",
            ...prefixed("Gateway: ", network.gatewayEndpoints, row.width - 24),
            ...prefixed("Interface: ", network.interfaceEndpoints, row.width - 24),
          ]);
  return [
    ...[entrance, ...tiers("public"), nat],
    ...[...tiers("private"), workloads],
    ...[firstIsolated, stores, ...otherIsolated, controlPlane, endpoints],
  ].filter((part) => part !== undefined);
}

function spanningParts(architecture: Architecture): Part[] {
  const [workloads, stores, controlPlane, entrance] = barsOf(architecture);
  return [entrance, workloads, stores, controlPlane].filter((part) => part !== undefined);
}

function barsOf({ namespaces, stores, cluster, entrance }: Architecture) {
  return [
    namespaces.length === 0 ? undefined : (row) => drawNamespaces(namespaces, row),
    stores.length === 0 ? undefined : (row) => drawStores(stores, row),
    cluster === undefined ? undefined : (row) => drawControlPlane(cluster, row),
    entrance === undefined ? undefined : (row) => drawEntrance(entrance, row),
  ] as const satisfies (Part | undefined)[];
}

function stack(parts: readonly Part[], place: Place, top: number): Drawn {
  let y = top;
  const markup = parts.map((part) => {
    const drawn = part({ ...place, y });
    y += drawn.height + rowGap;
    return drawn.markup;
  });
  return { markup: html`${markup}`, height: Math.max(0, y - top - rowGap) };
}

/** The picture in words, for whoever cannot see it. */
function describe({
  region,
  network,
  cluster,
  namespaces,
  stores,
  otherRegions,
}: Architecture): string {
  const sentences = [`Region ${region}.`];
  if (network !== undefined) {
    const zones = network.zones.map(({ name }) => name).join(", ");
    const nats = network.zones.filter(({ hasNat }) => hasNat).length;
    sentences.push(
      `Network ${network.cidrBlock} over ${network.zones.length} zones: ${zones}; NAT gateways: ${network.regionalNat ? "regional" : nats}.`,
    );
  }
  if (cluster !== undefined)
    sentences.push(
      `EKS cluster ${cluster.name}, Kubernetes ${cluster.version}, ${cluster.access}.`,
    );
  for (const { name, workloads } of namespaces) {
    const list = workloads.map((entry) => `${entry.name} with ${entry.replicas} pods`).join(", ");
    sentences.push(`Namespace ${name}: ${list}.`);
  }
  if (stores.length > 0) sentences.push(`Stores: ${stores.map(({ name }) => name).join(", ")}.`);
  for (const other of otherRegions)
    sentences.push(`In region ${other.region}: ${other.contents.join(", ")}.`);
  return sentences.join(" ");
}
