import type { Environment } from "./environment";

/** Lets something be hit by an experiment. */
export const targetTag = { key: "chaos", value: "allowed" } as const;

/** For whatever may be hit: nodes, subnets, the database and the cache; nothing where experiments are off. */
export function chaosTags({ chaos }: Pick<Environment, "chaos">): Record<string, string> {
  return chaos.enabled ? { [targetTag.key]: targetTag.value } : {};
}
