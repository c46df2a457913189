import { sources } from "./sources";

/** Grafana puts the times that the reader looks at in their place. */
const range = { from: "${__from}", to: "${__to}" };

/** To the page where whoever looks goes on by asking more. */
function explore(source: { readonly uid: string; readonly type: string }, query: object): string {
  const panes = {
    one: {
      datasource: source.uid,
      queries: [{ refId: "A", datasource: source, ...query }],
      range,
    },
  };
  // What is encoded, Grafana would not replace.
  const encoded = encodeURIComponent(JSON.stringify(panes))
    .replaceAll(encodeURIComponent(range.from), range.from)
    .replaceAll(encodeURIComponent(range.to), range.to);
  return `/explore?schemaVersion=1&orgId=1&panes=${encoded}`;
}

/** All that a service writes. */
export function logsOf(service: string): string {
  return explore(sources.logs, { expr: logSelector(service), queryType: "range" });
}

/** Traces in which a service takes part. */
export function tracesOf(service: string): string {
  return explore(sources.traces, { queryType: "search", service });
}

export function logSelector(service: string): string {
  return `{service_name="${service}"}`;
}

export function dashboardLink(uid: string): string {
  return `/d/${uid}`;
}
