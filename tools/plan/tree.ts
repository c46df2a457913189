import type { Registration } from "../offline/registration";
import { compareText, kindOf } from "./graph";

/** A component with everything below it; resources of one type are counted together. */
export interface ComponentNode {
  readonly name: string;
  readonly type: string;
  /** Resources below it at any depth, components not counted. */
  readonly resources: number;
  readonly components: readonly ComponentNode[];
  /** Packaged components (awsx, eks) directly in it, by type: only their own providers know what is in them. */
  readonly packaged: readonly TypeCount[];
  /** Resources directly in it, by type. */
  readonly byType: readonly TypeCount[];
}

export interface TypeCount {
  readonly type: string;
  readonly count: number;
}

/** The whole program as one node, named after the environment. */
export function buildTree(
  environment: string,
  registrations: readonly Registration[],
): ComponentNode {
  const children = new Map<string, Registration[]>();
  for (const entry of registrations) {
    const siblings = children.get(entry.parent);
    if (siblings === undefined) children.set(entry.parent, [entry]);
    else siblings.push(entry);
  }
  return buildNode({ urn: "", name: environment, type: "environment" }, children);
}

interface NodeHead {
  readonly urn: string;
  readonly name: string;
  readonly type: string;
}

function buildNode(head: NodeHead, children: ReadonlyMap<string, Registration[]>): ComponentNode {
  const components: ComponentNode[] = [];
  const counts = new Map<string, number>();
  const packagedCounts = new Map<string, number>();
  const visit = (urn: string): void => {
    for (const child of children.get(urn) ?? []) {
      if (child.custom) {
        increment(counts, child.type);
        // What hangs under a resource belongs to the same component.
        visit(child.urn);
      } else if (kindOf(child) === "packaged-component" && !children.has(child.urn)) {
        increment(packagedCounts, child.type);
      } else {
        components.push(buildNode(child, children));
      }
    }
  };
  visit(head.urn);
  const byType = sortedCounts(counts);
  const own = byType.reduce((sum, { count }) => sum + count, 0);
  return {
    name: head.name,
    type: head.type,
    resources: components.reduce((sum, { resources }) => sum + resources, own),
    components: components.sort((a, b) => compareText(a.type + a.name, b.type + b.name)),
    packaged: sortedCounts(packagedCounts),
    byType,
  };
}

function increment(counts: Map<string, number>, type: string): void {
  counts.set(type, (counts.get(type) ?? 0) + 1);
}

function sortedCounts(counts: ReadonlyMap<string, number>): TypeCount[] {
  return [...counts]
    .map(([type, count]) => ({ type, count }))
    .sort((a, b) => compareText(shortType(a.type), shortType(b.type)));
}

/** `aws:ec2/vpcEndpoint:VpcEndpoint` → `aws ec2 VpcEndpoint`. */
export function shortType(type: string): string {
  const [pkg = "", module = "", name = ""] = type.split(":");
  if (pkg === "pulumi" && module === "providers") return `provider ${name}`;
  const area = pkg === "kubernetes" ? "" : (module.split("/")[0] ?? "");
  return [pkg, area === "index" ? "" : area, name].filter((part) => part !== "").join(" ");
}

/** Lines for a terminal. */
export function drawTree(root: ComponentNode): string[] {
  return [`${root.name}  ${plural(root.resources, "resource")}`, ...drawBranches(root, "")];
}

function drawBranches(node: ComponentNode, indent: string): string[] {
  const branches = [
    ...node.byType.map((entry) => ({ text: times(entry), below: undefined })),
    ...node.packaged.map((entry) => ({ text: `${times(entry)}, packaged`, below: undefined })),
    ...node.components.map((component) => ({ text: headline(component), below: component })),
  ];
  return branches.flatMap(({ text, below }, index) => {
    const last = index === branches.length - 1;
    const line = `${indent}${last ? "└─ " : "├─ "}${text}`;
    if (below === undefined) return [line];
    return [line, ...drawBranches(below, `${indent}${last ? "   " : "│  "}`)];
  });
}

function times({ type, count }: TypeCount): string {
  return count === 1 ? shortType(type) : `${shortType(type)} ×${count}`;
}

function headline({ name, type, resources }: ComponentNode): string {
  return `${name} (${shortType(type)})  ${plural(resources, "resource")}`;
}

export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
