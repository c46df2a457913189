import type { PodObject } from "./recorder";
import type { World } from "./world";

/** False if a budget refuses it for now. */
export async function evict(
  { api }: Pick<World, "api">,
  { metadata }: PodObject,
): Promise<boolean> {
  const { name, namespace = "default" } = metadata;
  const path = `${await api.pathOf({ apiVersion: "v1", kind: "Pod", metadata: { name, namespace } })}/eviction`;
  const body = { apiVersion: "policy/v1", kind: "Eviction", metadata: { name, namespace } };
  const { status, text } = await api.send({ method: "POST", path, body });
  if (status === 201 || status === 404) return true;
  if (status === 429) return false;
  throw new Error(`eviction of ${name}: HTTP ${status}: ${text}`);
}
