import { type Dashboard, isRow, panelsOf } from "../../../components/observability-dashboards";
import { type Html, html } from "../html";
import { panelBody } from "./panel-bodies";
import { type Box, colours, cut } from "./place";

/** One of Grafana's 24 columns, and one of its lines, in the picture. */
const column = 50;
const line = 30;
const gap = 4;
const width = 24 * column;
const head = 64;
/** Bold letters take the room of larger ones. */
const boldSize = 13.5;

/** Said in the picture itself, since it may be seen without the page that it is on. */
export const drawnNote =
  "Drawn from the definitions of the panels: curves and dashes stand for what is measured. Not a rendering of Grafana.";

/** Where a dashboard's panels stand and what they show, as a picture. The same dashboard is the same picture. */
export function drawDashboard(dashboard: Dashboard): Html {
  const { title = "", description = "", panels = [] } = dashboard;
  const bottom = Math.max(0, ...panels.map(({ gridPos }) => (gridPos?.y ?? 0) + (gridPos?.h ?? 0)));
  const height = head + bottom * line + 8;
  const headings = panels.filter(isRow).map((row) => {
    const y = head + (row.gridPos?.y ?? 0) * line + 20;
    return html`<text x="8" y="${y}" font-size="14" font-weight="600">${row.title ?? ""}</text>`;
  });
  const boxes = panelsOf(dashboard).map((panel) => {
    const { x = 0, y = 0, w = 0, h = 0 } = panel.gridPos ?? {};
    const box: Box = {
      x: x * column + gap,
      y: head + y * line + gap,
      width: w * column - 2 * gap,
      height: h * line - 2 * gap,
    };
    return html`<g>
      <rect
        x="${box.x}"
        y="${box.y}"
        width="${box.width}"
        height="${box.height}"
        rx="3"
        fill="${colours.panel}"
        stroke="${colours.line}"
      />
      <text x="${box.x + 8}" y="${box.y + 17}" font-size="12" font-weight="600"
        >${cut(panel.title ?? "", box.width - 16, boldSize)}</text
      >
      ${panelBody(panel, box)}</g
    > `;
  });
  return html`<svg
    xmlns="http://www.w3.org/2000/svg"
    viewBox="0 0 ${width} ${height}"
    role="img"
    font-family="system-ui, sans-serif"
    fill="${colours.ink}"
  >
    <title>${title}: the layout of its panels</title>
    <rect width="${width}" height="${height}" fill="${colours.page}" />
    <text x="8" y="24" font-size="18" font-weight="600">${title}</text>
    <text x="8" y="42" font-size="12" fill="${colours.muted}">
      ${cut(description, width - 16, 12)}
    </text>
    <text x="8" y="58" font-size="11" font-style="italic" fill="${colours.muted}">
      ${drawnNote}
    </text>
    ${headings} ${boxes}
  </svg> `;
}
