import { isTree } from "./is-tree";

/** Whether a label selector of Kubernetes is there and takes everything. */
export function isEmptySelector(selector: unknown): boolean {
  return (
    isTree(selector) &&
    Object.values(selector).every(
      (part) =>
        (isTree(part) && Object.keys(part).length === 0) ||
        (Array.isArray(part) && part.length === 0),
    )
  );
}
