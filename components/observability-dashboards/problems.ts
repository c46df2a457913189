import type { Panel, RowPanel } from "@grafana/grafana-foundation-sdk/dashboard";
import { isAlert, type LabelsOf, type RuleGroup } from "../observability-rules";
import { dataSources } from "../observability-stack";
import { dashboardJson } from "./config-maps";
import type { Dashboard, PlannedDashboard } from "./planned";
import { logQueryProblems, metricQueryProblems } from "./query-problems";

/** What etcd takes of one object, without the little that surrounds the file. @see https://kubernetes.io/docs/concepts/configuration/configmap/ */
const largestBytes = 1_000_000;

export interface CheckedDashboards {
  readonly dashboards: readonly PlannedDashboard[];
  readonly labelsOf: LabelsOf;
  /** Rules whose alerts lead to dashboards. */
  readonly groups: readonly RuleGroup[];
}

/** Everything that is wrong with dashboards, a line each, with dashboard and panel. */
export function dashboardProblems({ dashboards, labelsOf, groups }: CheckedDashboards): string[] {
  const uids = dashboards.map(({ dashboard }) => dashboard.uid ?? "");
  return [
    ...twins(dashboards),
    ...dashboards.flatMap(({ folder, dashboard }) => [
      ...headProblems(folder, dashboard),
      ...panelsOf(dashboard).flatMap((panel) => panelProblems(dashboard, panel, labelsOf)),
      ...linkProblems(dashboard, uids),
    ]),
    ...alertProblems(groups, uids),
  ];
}

function twins(dashboards: readonly PlannedDashboard[]): string[] {
  const first = new Map<string, string>();
  return dashboards.flatMap(({ dashboard: { uid = "", title = "" } }) => {
    const other = first.get(uid);
    if (other === undefined) first.set(uid, title);
    return other === undefined
      ? []
      : [`${uid}.uid: got it of "${other}" and of "${title}", need each uid once`];
  });
}

function headProblems(folder: string, dashboard: Dashboard): string[] {
  const { uid = "", title = "" } = dashboard;
  const problems: string[] = [];
  const path = uid === "" ? `"${title}"` : uid;
  // As a part of the name of a ConfigMap too.
  if (!/^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$/.test(uid))
    problems.push(`${path}.uid: got "${uid}", need a DNS label of at most 40 characters`);
  if (title.trim() === "") problems.push(`${path}.title: got none, need what people look for`);
  if (!/^[A-Za-z][A-Za-z0-9 ]*$/.test(folder))
    problems.push(`${path}.folder: got "${folder}", need letters, digits and spaces`);
  if (panelsOf(dashboard).length === 0)
    problems.push(`${path}.panels: got none, need at least one`);
  const bytes = Buffer.byteLength(dashboardJson(dashboard));
  if (bytes > largestBytes)
    problems.push(`${path}: got ${bytes} bytes, need at most ${largestBytes} in a ConfigMap`);
  return problems;
}

/** Those of folded rows too. */
export function panelsOf({ panels = [] }: Dashboard): Panel[] {
  return panels.flatMap((panel) => (isRow(panel) ? panel.panels : [panel]));
}

export function isRow(panel: Panel | RowPanel): panel is RowPanel {
  return panel.type === "row";
}

/** What a source is asked; the kit leaves it open. */
export interface Target {
  readonly refId?: string;
  readonly expr?: string;
  readonly legendFormat?: string;
  readonly datasource?: { readonly uid?: string };
}

export function targetsOf({ targets = [] }: Panel): Target[] {
  return targets as Target[];
}

function panelProblems(dashboard: Dashboard, panel: Panel, labelsOf: LabelsOf): string[] {
  const { uid = "" } = dashboard;
  const { title = "", type } = panel;
  if (title.trim() === "") return [`${uid}.panels: got one of kind ${type} without a title`];
  const path = `${uid}."${title}"`;
  if (type === "text") {
    const { content = "" } = (panel.options ?? {}) as { content?: string };
    return content.trim() === "" ? [`${path}: got no words, need some`] : [];
  }
  const targets = targetsOf(panel);
  if (targets.length === 0)
    return [`${path}: got no query, need at least one; what has no number is a text`];
  return targets.flatMap((target) => targetProblems(path, { panel, target }, labelsOf));
}

function targetProblems(
  path: string,
  { panel, target }: { readonly panel: Panel; readonly target: Target },
  labelsOf: LabelsOf,
): string[] {
  const { refId = "", expr = "", legendFormat } = target;
  const place = `${path}.${refId}`;
  const uid = target.datasource?.uid ?? panel.datasource?.uid ?? "";
  const source = dataSources.find((candidate) => candidate.uid === uid);
  switch (source?.type) {
    case "prometheus": {
      const legend = legendFormat === undefined ? {} : { legend: legendFormat };
      return metricQueryProblems(place, { expr, ...legend }, labelsOf);
    }
    case "loki":
      return logQueryProblems(place, expr);
    case "jaeger":
    case "alertmanager":
      return [];
    case undefined: {
      const known = dataSources.map((candidate) => candidate.uid).join(", ");
      return [`${place}: got data source "${uid}", need one of ${known}`];
    }
  }
}

/** Links of ours lead to dashboards of ours, or to where more can be asked. */
function linkProblems(dashboard: Dashboard, uids: readonly string[]): string[] {
  const { uid = "", links = [] } = dashboard;
  const inPanels = panelsOf(dashboard).flatMap(
    ({ fieldConfig }) => (fieldConfig?.defaults.links ?? []) as { url?: string }[],
  );
  return [...links, ...inPanels].flatMap(({ url = "" }) => {
    const target = /^\/d\/([^/?]+)/.exec(url)?.[1];
    return target === undefined || uids.includes(target)
      ? []
      : [`${uid}.links: got /d/${target}, need a dashboard that there is`];
  });
}

function alertProblems(groups: readonly RuleGroup[], uids: readonly string[]): string[] {
  const alerts = groups.flatMap(({ rules }) => rules.filter(isAlert));
  return alerts.flatMap(({ name, dashboard }) =>
    dashboard === undefined || uids.includes(dashboard)
      ? []
      : [`groups.${name}.dashboard: got "${dashboard}", need a dashboard that there is`],
  );
}
