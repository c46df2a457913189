import type { Panel } from "@grafana/grafana-foundation-sdk/dashboard";
import { labelNames, targetsOf } from "../../../components/observability-dashboards";
import { type Html, html } from "../html";
import { type Box, colours, cut, wrap } from "./place";

/** What stands in place of a number, by Grafana's name of the unit. */
const units: Readonly<Record<string, string>> = {
  percentunit: "– %",
  percent: "– %",
  s: "– s",
  ms: "– ms",
  bytes: "– B",
  currencyUSD: "$ –",
  reqps: "– /s",
};

/** Inside of a panel, below its title. */
export function panelBody(panel: Panel, outer: Box): Html | readonly Html[] {
  const box: Box = {
    x: outer.x + 8,
    y: outer.y + 26,
    width: outer.width - 16,
    height: outer.height - 34,
  };
  switch (panel.type) {
    case "timeseries":
      return graphBody(panel, box);
    case "stat":
      return statBody(panel, box);
    case "table":
      return tableBody(panel, box);
    case "text":
      return wordsBody(panel, box);
    case "logs":
      return linesBody(box);
    default:
      return [];
  }
}

function legends(panel: Panel): string[] {
  return targetsOf(panel).map(({ legendFormat }) =>
    (legendFormat ?? "").replace(/\{\{\s*(\w+)\s*\}\}/g, "‹$1›"),
  );
}

function graphBody(panel: Panel, box: Box): Html {
  const names = legends(panel);
  const plot = { ...box, height: box.height - 20 };
  const limits = limitsOf(panel).filter(({ value }) => value !== null);
  const legend = names.map((name) => (name === "" ? "all" : name)).join(" · ");
  return html`<path
      d="M${box.x} ${plot.y}V${plot.y + plot.height}H${box.x + box.width}"
      fill="none"
      stroke="${colours.line}"
    />${names.map(
      (_, index) =>
        html`<path
          d="${curve(plot, index)}"
          fill="none"
          stroke="${colours.series[index % colours.series.length]}"
          stroke-width="1.5"
        />`,
    )}${
      limits.length === 0
        ? undefined
        : html`<path
            d="M${box.x} ${plot.y + 8}H${box.x + box.width}"
            stroke="${colours.limits.red}"
            stroke-dasharray="5 4"
          />`
    }<text x="${box.x}" y="${box.y + box.height}" font-size="11" fill="${colours.muted}"
      >${cut(legend, box.width, 11)}</text
    >`;
}

/** A line that goes up and down a little, each at a height of its own. */
function curve({ x, y, width, height }: Box, index: number): string {
  const points = 24;
  const base = 0.45 + 0.13 * (index % 4);
  return Array.from({ length: points + 1 }, (_, step) => {
    const wave = Math.sin(step * 0.55 + index * 1.7) * 0.09 + Math.sin(step * 1.3 + index) * 0.04;
    const left = x + (width * step) / points;
    const top = y + height * Math.min(0.95, Math.max(0.08, base + wave));
    return `${step === 0 ? "M" : "L"}${left.toFixed(1)} ${top.toFixed(1)}`;
  }).join("");
}

type LimitColour = keyof typeof colours.limits;

function limitsOf({ fieldConfig }: Panel) {
  return (fieldConfig?.defaults.thresholds?.steps ?? []) as {
    value: number | null;
    color: LimitColour;
  }[];
}

function statBody(panel: Panel, box: Box): Html[] {
  const names = legends(panel);
  const good = limitsOf(panel).length > 0 ? colours.limits.green : colours.ink;
  const each = box.width / names.length;
  const size = Math.min(30, box.height * 0.6);
  return names.map((name, index) => {
    const middle = box.x + each * (index + 0.5);
    return html`<text
        x="${middle}"
        y="${box.y + box.height / 2 + size / 3}"
        font-size="${size}"
        text-anchor="middle"
        fill="${good}"
        >${units[panel.fieldConfig?.defaults.unit ?? ""] ?? "–"}</text
      >${
        name === ""
          ? undefined
          : html`<text
              x="${middle}"
              y="${box.y + box.height}"
              font-size="11"
              text-anchor="middle"
              fill="${colours.muted}"
              >${cut(name, each, 11)}</text
            >`
      }`;
  });
}

function tableBody(panel: Panel, box: Box): Html {
  const by = /by \(([^)]*)\)/.exec(targetsOf(panel)[0]?.expr ?? "")?.[1] ?? "";
  const labels = by.split(",").map((label) => labelNames[label.trim()] ?? label.trim());
  const columns = [...labels, ...legends(panel)].filter((name) => name !== "" && name !== "le");
  const each = box.width / Math.max(1, columns.length);
  const rows = Math.max(0, Math.floor((box.height - 22) / 20));
  return html`${columns.map(
    (name, index) =>
      html`<text
        x="${box.x + each * index}"
        y="${box.y + 12}"
        font-size="11"
        font-weight="600"
        fill="${colours.series[0]}"
        >${cut(name, each - 8, 11)}</text
      >`,
  )}${Array.from({ length: rows }, (_, row) => {
    const y = box.y + 22 + row * 20;
    return html`<path
        d="M${box.x} ${y}H${box.x + box.width}"
        stroke="${colours.line}"
      />${columns.map(
        (__, index) =>
          html`<path
            d="M${box.x + each * index} ${y + 11}h${Math.round(each * 0.4)}"
            stroke="${colours.line}"
            stroke-width="5"
          />`,
      )}`;
  })}`;
}

function wordsBody({ options }: Panel, box: Box): Html[] {
  const { content = "" } = (options ?? {}) as { content?: string };
  const plain = content.replace(/\*\*|`/g, "").replace(/^- /gm, "• ");
  return wrap(plain, box, 12).map(
    (text, index) =>
      html`<text x="${box.x}" y="${box.y + 10 + index * 16}" font-size="12">${text}</text>`,
  );
}

function linesBody(box: Box): Html[] {
  return Array.from({ length: Math.floor(box.height / 18) }, (_, row) => {
    const long = 0.35 + 0.6 * Math.abs(Math.sin(row * 2.1));
    const y = box.y + row * 18 + 6;
    return html`<path
      d="M${box.x} ${y}h90m10 0h${Math.round((box.width - 100) * long)}"
      stroke="${colours.line}"
      stroke-width="6"
    />`;
  });
}
