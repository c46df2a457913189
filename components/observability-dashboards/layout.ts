import type { Builder } from "@grafana/grafana-foundation-sdk/cog";
import {
  DashboardCursorSync,
  type Panel,
  RowBuilder,
} from "@grafana/grafana-foundation-sdk/dashboard";
import { linksOf } from "./panels";
import { newDashboard, type PlannedDashboard } from "./planned";

/** Panels that belong together, under a heading of their own. */
export interface Rows {
  readonly title: string;
  readonly panels: readonly Builder<Panel>[];
}

export interface Layout {
  /** Stays for ever: links rest on it. */
  readonly uid: string;
  readonly title: string;
  readonly about: string;
  readonly folder: PlannedDashboard["folder"];
  readonly tags: readonly string[];
  /** From when on it shows, such as "now-6h". */
  readonly from: string;
  readonly rows: readonly Rows[];
  /** In its head: title and address. */
  readonly links?: Readonly<Record<string, string>>;
}

/** A dashboard whose panels stand in rows from the top to the bottom. */
export function layOut(layout: Layout): PlannedDashboard {
  const { uid, title, about, folder, tags, from, rows, links = {} } = layout;
  const builder = newDashboard(title)
    .uid(uid)
    .description(about)
    .tags(["auterity", ...tags])
    .readonly()
    .time({ from, to: "now" })
    .timezone("browser")
    .refresh("1m")
    .tooltip(DashboardCursorSync.Crosshair)
    .links(linksOf(links));
  for (const { title: heading, panels } of rows) {
    if (panels.length === 0) continue;
    builder.withRow(new RowBuilder(heading));
    for (const panel of panels) builder.withPanel({ build: () => unplaced(panel.build()) });
  }
  const dashboard = builder.build();
  // Links to one panel rest on its number, and Grafana would give it another at every start.
  dashboard.panels?.forEach((panel, index) => (panel.id = index + 1));
  return { folder, dashboard };
}

/** The kit writes its place and number into a panel, which may stand elsewhere in the next dashboard. */
function unplaced(panel: Panel): Panel {
  return { ...panel, ...(panel.gridPos !== undefined && { gridPos: { ...panel.gridPos } }) };
}
