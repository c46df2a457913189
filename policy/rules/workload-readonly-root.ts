import { snapshot, unknownValue } from "../shared/known";
import { podOwners, podsOf } from "../shared/pods";
import { onResource, resourceRule } from "../shared/rule";
import { valueAt } from "../shared/tree";
import { containersOf, isListed, namespaceOf } from "../shared/workloads";

interface Settings {
  /** Namespaces whose images write to their root, such as one for chaos experiments. */
  exemptNamespaces: string[];
}

export const workloadReadonlyRoot = resourceRule<Settings>({
  name: "workload-readonly-root",
  description: "Containers cannot write to the file system of their image.",
  reach: "production",
  severity: "medium",
  tags: ["ckv:CKV_K8S_22", "kyverno:require-ro-rootfs"],
  remediationSteps:
    "Set readOnlyRootFilesystem to true and mount an emptyDir where the process writes.",
  url: "https://kubernetes.io/docs/tasks/configure-pod-container/security-context/",
  settings: {
    exemptNamespaces: { type: "array", items: { type: "string" }, default: [] },
  },
  checks: [
    onResource(podOwners, ({ type, props, settings, report }) => {
      const namespace = namespaceOf(snapshot(() => props["metadata"]));
      if (namespace !== undefined && isListed(settings.exemptNamespaces, namespace)) return;
      for (const { path, container } of podsOf(type, props).flatMap(containersOf)) {
        const readOnly = valueAt(container, "securityContext", "readOnlyRootFilesystem");
        if (readOnly !== true && readOnly !== unknownValue)
          report(`${path}.securityContext.readOnlyRootFilesystem: is not true`);
      }
    }),
  ],
});
