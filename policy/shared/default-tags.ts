import type { PolicyProviderResource } from "@pulumi/policy";
import { isTree } from "./is-tree";
import { snapshot, unknownValue } from "./known";
import { valueAt } from "./tree";

/** Tags that the provider puts on whatever takes tags; the engine hands nested settings of a provider on as JSON. */
export function defaultTagsOf(provider: PolicyProviderResource | undefined): unknown {
  const given = snapshot((): unknown => provider?.props["defaultTags"]);
  if (given === unknownValue) return unknownValue;
  return valueAt(typeof given === "string" ? parsed(given) : given, "tags");
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** Keys that neither the resource's own tags nor the defaults have; none where a preview does not know the tags. */
export function missingTags(
  required: readonly string[],
  ...sources: readonly unknown[]
): readonly string[] {
  if (sources.includes(unknownValue)) return [];
  return required.filter((key) =>
    sources.every((tags) => {
      const value = isTree(tags) ? tags[key] : undefined;
      return value === undefined || value === "";
    }),
  );
}
