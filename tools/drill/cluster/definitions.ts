import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";
import { goFiles } from "../go-tools";
import { establish, type KubernetesApi, type KubernetesObject } from "../kubernetes-api";
import type { ToolContext } from "../tool-cache";

/** Operators that are built here, with their own definitions beside them. */
const operators = ["external-secrets", "keda", "argo-rollouts", "karpenter"] as const;

/** Definitions of an operator that does not build here: copies, each with its source. */
const copies = "tests/drills/definitions";

/** The operators' definitions of custom resources; gives how many there are by operator. */
export async function establishOperators(
  api: KubernetesApi,
  context: ToolContext,
): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>();
  for (const operator of operators)
    counts.set(operator, await establishFolder(api, await goFiles(operator, context)));
  const folder = join(context.projectDirectory, copies);
  counts.set("copied", await establishFolder(api, folder));
  return counts;
}

/** Every definition in the YAML files of a folder. */
export async function establishFolder(api: KubernetesApi, folder: string): Promise<number> {
  const objects = readdirSync(folder)
    .filter((file) => file.endsWith(".yaml"))
    .flatMap((file) => parseAllDocuments(readFileSync(join(folder, file), "utf8")))
    .map((document) => document.toJS() as KubernetesObject | null)
    .filter((object) => object?.kind === "CustomResourceDefinition")
    .flatMap((object) => (object === null ? [] : withoutConversion(object)));
  await establish(api, objects);
  return objects.length;
}

/** The webhooks that convert old versions are not here, and nothing is of an old version. */
function withoutConversion(definition: KubernetesObject): KubernetesObject {
  const { spec } = definition as KubernetesObject & { spec: Record<string, unknown> };
  return { ...definition, spec: { ...spec, conversion: { strategy: "None" } } } as KubernetesObject;
}
