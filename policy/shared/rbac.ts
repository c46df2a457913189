import { type Check, type Subject, onResource } from "./rule";
import { manifestsOf } from "./pods";
import { unknownValue } from "./known";
import { listAt, textAt, textsAt, valueAt } from "./tree";

/** One rule of a Role or ClusterRole. */
export interface Grant {
  /** Where it stands in the resource. */
  readonly path: string;
  /** True in a ClusterRole: what it grants holds in every namespace. */
  readonly clusterWide: boolean;
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
  /** For some objects alone, by names that a preview need not know. */
  readonly named: boolean;
  readonly nonResourceUrls: readonly string[];
  /** namespace/name of a Role, name of a ClusterRole; parts that a preview does not know are empty. */
  readonly of: string;
}

/** Type tokens of a kind in every version, with its patches and lists. */
export function rbacTokens(...kinds: readonly string[]): string[] {
  return ["v1", "v1beta1", "v1alpha1"].flatMap((version) =>
    kinds.flatMap((kind) =>
      ["", "Patch", "List"].map(
        (suffix) => `kubernetes:rbac.authorization.k8s.io/${version}:${kind}${suffix}`,
      ),
    ),
  );
}

/** A check of every rule of every Role and ClusterRole. */
export function onGrant<S>(check: (grant: Grant, subject: Subject<S>) => void): Check<S> {
  return onResource<S>(rbacTokens("Role", "ClusterRole"), (subject) => {
    const clusterWide = subject.type.includes(":ClusterRole");
    for (const { at, manifest } of manifestsOf(subject.props)) {
      const of = placeOf(manifest, clusterWide);
      listAt(manifest, "rules").forEach((rule, index) => {
        const grant = {
          path: `${at === "" ? "" : `${at}.`}rules[${index}]`,
          clusterWide,
          apiGroups: textsAt(rule, "apiGroups"),
          resources: textsAt(rule, "resources"),
          verbs: textsAt(rule, "verbs"),
          named: isNamed(rule),
          nonResourceUrls: textsAt(rule, "nonResourceURLs"),
          of,
        };
        check(grant, subject);
      });
    }
  });
}

function placeOf(manifest: unknown, clusterWide: boolean): string {
  const name = textAt(manifest, "metadata", "name") ?? "";
  return clusterWide ? name : `${textAt(manifest, "metadata", "namespace") ?? ""}/${name}`;
}

function isNamed(rule: unknown): boolean {
  return (
    valueAt(rule, "resourceNames") === unknownValue || listAt(rule, "resourceNames").length > 0
  );
}
