import { cisEks } from "../shared/frameworks";
import { isTree } from "../shared/is-tree";
import { snapshot } from "../shared/known";
import { podOwners, podsOf } from "../shared/pods";
import { onResource, resourceRule } from "../shared/rule";
import { listAt, textAt, valueAt } from "../shared/tree";

interface Settings {
  /** Namespaces whose services read all of their configuration from the environment, by contract. */
  environmentNamespaces: string[];
}

const lists = ["initContainers", "containers", "ephemeralContainers"] as const;

export const secretFiles = resourceRule<Settings>({
  name: "secret-files",
  description:
    "Containers read secrets from mounted files: an environment is inherited by children, and printed in crashes.",
  reach: "nowhere",
  severity: "low",
  framework: cisEks("4.4.1", "Prefer using secrets as files over secrets as environment variables"),
  tags: ["cis-eks:4.4.1", "ckv:CKV_K8S_35"],
  remediationSteps:
    "Mount the Secret as a volume, and let the service read the file; list a namespace whose services cannot in `environmentNamespaces`.",
  url: "https://kubernetes.io/docs/concepts/configuration/secret/#using-secrets-as-files-from-a-pod",
  settings: { environmentNamespaces: { type: "array", items: { type: "string" }, default: [] } },
  checks: [
    onResource(podOwners, ({ type, props, settings, report }) => {
      const namespace =
        textAt(
          snapshot(() => props["metadata"]),
          "namespace",
        ) ?? "default";
      if (settings.environmentNamespaces.includes(namespace)) return;
      for (const { path, spec } of podsOf(type, props))
        for (const list of lists)
          listAt(spec, list).forEach((container, index) => {
            if (readsSecrets(container))
              report(
                `${path}.${list}[${textAt(container, "name") ?? index}]: reads a Secret into its environment`,
              );
          });
    }),
  ],
});

function readsSecrets(container: unknown): boolean {
  return (
    listAt(container, "env").some((variable) =>
      isTree(valueAt(variable, "valueFrom", "secretKeyRef")),
    ) || listAt(container, "envFrom").some((source) => isTree(valueAt(source, "secretRef")))
  );
}
