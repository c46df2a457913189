import type { ServiceRecord } from "./service-record";

/** Processors of nodes, as Kubernetes and the indexes of images spell them: x86-64, and Arm, which is Graviton in AWS. */
export const architectures = ["amd64", "arm64"] as const;
export type Architecture = (typeof architectures)[number];

/** Label that the kubelet itself puts on every node. */
export const architectureLabel = "kubernetes.io/arch";

/** What a pipeline builds that was not told otherwise: the processor of its own runners. */
const builtForByDefault: readonly Architecture[] = ["amd64"];

/** Where containers of the service start at all. */
export function architecturesOf({
  architectures: builtFor,
}: Pick<ServiceRecord, "architectures">): readonly Architecture[] {
  return builtFor ?? builtForByDefault;
}

/** Of an instance type: Arm has a "g" after the generation, as in m7g, c7gn, r8gd; not g5 or g4dn. */
export function architectureOf(instanceType: string): Architecture {
  return /^(a1|[a-z]+\d+[a-z]*g[a-z]*)\./.test(instanceType) ? "arm64" : "amd64";
}

/** What is wrong with what a record says, in the words of an argument problem. */
export function architectureProblems({
  architectures: builtFor,
}: Pick<ServiceRecord, "architectures">): string[] {
  if (builtFor === undefined) return [];
  const need = `one or more of ${architectures.join(", ")}, each once`;
  const known: readonly string[] = architectures;
  const ok =
    builtFor.length > 0 &&
    new Set(builtFor).size === builtFor.length &&
    builtFor.every((architecture) => known.includes(architecture));
  return ok ? [] : [`architectures: got ${builtFor.join(", ") || "none"}, need ${need}`];
}
