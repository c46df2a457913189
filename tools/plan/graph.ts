import type { Registration } from "../offline/registration";
import { providerUrn } from "../policies/requests";
import { presentable } from "./values";
import type { Run } from "./program";

export interface GraphNode {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  /** URN; "" at the top. */
  readonly parent: string;
  /** URN of the nearest component that it belongs to; "" for none. */
  readonly component: string;
  readonly kind: "resource" | "component" | "packaged-component" | "provider";
  readonly protect: boolean;
  /** As in a first preview: what only a deployment knows is marked, and so is what is secret. */
  readonly inputs: Readonly<Record<string, unknown>>;
}

interface GraphEdge {
  readonly from: string;
  readonly to: string;
  readonly kind: "depends-on" | "provider";
  /** Inputs that carry the dependency; none for an explicit one. */
  readonly properties: readonly string[];
}

export interface Graph {
  /** In the order of their URNs. */
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
}

export function buildGraph(known: Run, unknown: Run): Graph {
  const inPreview = new Map(unknown.registrations.map((entry) => [entry.urn, entry]));
  const byUrn = new Map(known.registrations.map((entry) => [entry.urn, entry]));
  const nodes = known.registrations.map((entry): GraphNode => {
    const inputs = presentable((inPreview.get(entry.urn) ?? entry).inputs);
    return {
      urn: entry.urn,
      type: entry.type,
      name: entry.name,
      parent: entry.parent,
      component: nearestComponent(entry, byUrn)?.urn ?? "",
      kind: kindOf(entry),
      protect: entry.protect,
      inputs: inputs as Record<string, unknown>,
    };
  });
  return {
    nodes: nodes.sort((a, b) => compareText(a.urn, b.urn)),
    edges: known.registrations.flatMap(edgesOf).sort(byEnds),
  };
}

export function kindOf(entry: Registration): GraphNode["kind"] {
  if (entry.type.startsWith("pulumi:providers:")) return "provider";
  if (entry.custom) return "resource";
  return entry.remote ? "packaged-component" : "component";
}

function nearestComponent(
  entry: Registration,
  byUrn: ReadonlyMap<string, Registration>,
): Registration | undefined {
  let ancestor = byUrn.get(entry.parent);
  while (ancestor?.custom) ancestor = byUrn.get(ancestor.parent);
  return ancestor;
}

function edgesOf(entry: Registration): GraphEdge[] {
  const from = entry.urn;
  const dependencies = entry.dependencies.map((to): GraphEdge => ({
    ...{ from, to, kind: "depends-on" },
    properties: Object.entries(entry.propertyDependencies)
      .filter(([, urns]) => urns.includes(to))
      .map(([property]) => property)
      .sort(),
  }));
  const provider = providerUrn(entry.provider);
  if (provider === "") return dependencies;
  return [...dependencies, { from, to: provider, kind: "provider", properties: [] }];
}

function byEnds(a: GraphEdge, b: GraphEdge): number {
  return compareText(`${a.from}\n${a.kind}\n${a.to}`, `${b.from}\n${b.kind}\n${b.to}`);
}

/** By code points, so that the order is the same on every machine. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
