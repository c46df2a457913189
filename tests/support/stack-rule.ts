import type { StackRule } from "../../policy/shared/rule";
import { type AnalyzedResource, analyzeAll, resource } from "./check-policy";

type Found = [name: string, message: string];

/** A resource with an id in the cloud, as an update sees it. */
export function existing(
  type: string,
  id: string,
  inputs: Readonly<Record<string, unknown>> = {},
): AnalyzedResource {
  return resource(type, { id, ...inputs }, { name: id });
}

/** What a rule finds in a stack, by the resources' names. */
export function finder(rule: StackRule) {
  return async (
    resources: readonly AnalyzedResource[],
    settings: Readonly<Record<string, unknown>> = {},
  ): Promise<Found[]> => {
    const found = await analyzeAll([...resources], { [rule.name]: settings }, [rule]);
    return found.map(({ urn, message }) => [urn.split("::").at(-1) ?? "", message]);
  };
}

/** Excuses a resource by its name. */
export function excusing(name: string): Readonly<Record<string, unknown>> {
  return { exempt: [{ urnPattern: `*::${name}`, reason: "a test", until: "9999-12-31" }] };
}
