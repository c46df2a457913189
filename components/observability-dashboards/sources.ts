import { dataSources } from "../observability-stack";

type Name = (typeof dataSources)[number]["name"];

function source(name: Name): { readonly type: string; readonly uid: string } {
  const found = dataSources.find((candidate) => candidate.name === name);
  if (found === undefined) throw new Error(`Grafana has no data source ${name}`);
  const { type, uid } = found;
  return { type, uid };
}

/** What dashboards ask: by the uids under which the stack gives them to Grafana. */
export const sources = {
  metrics: source("Prometheus"),
  logs: source("Loki"),
  traces: source("Jaeger"),
} as const;
