import { unknownValue } from "../shared/known";
import { podOwners, podsOf } from "../shared/pods";
import { onResource, resourceRule } from "../shared/rule";
import { valueAt } from "../shared/tree";
import { containersOf } from "../shared/workloads";

interface Settings {
  /** Whether a limit on CPU is asked for too; it slows down what could use an idle node. */
  cpuLimit: boolean;
}

const always = [
  ["requests", "cpu"],
  ["requests", "memory"],
  ["limits", "memory"],
] as const;

export const workloadResources = resourceRule<Settings>({
  name: "workload-resources",
  description:
    "Every container says how much CPU and memory it needs, and how much memory it may take.",
  reach: "everywhere",
  severity: "medium",
  tags: ["ckv:CKV_K8S_10", "ckv:CKV_K8S_12", "ckv:CKV_K8S_13", "kyverno:require-requests-limits"],
  remediationSteps: "Set requests for cpu and memory, and a limit for memory.",
  url: "https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/",
  settings: { cpuLimit: { type: "boolean", default: false } },
  checks: [
    onResource(podOwners, ({ type, props, settings, report }) => {
      const needed = [...always, ...(settings.cpuLimit ? [["limits", "cpu"] as const] : [])];
      for (const pod of podsOf(type, props)) {
        // A pod may have one budget for all of its containers.
        const ofPod = valueAt(pod.spec, "resources");
        for (const { path, container } of containersOf(pod))
          for (const [kind, resource] of needed) {
            const own = valueAt(container, "resources", kind, resource);
            const amount = own ?? valueAt(ofPod, kind, resource);
            if (amount === unknownValue || (amount !== undefined && amount !== "")) continue;
            report(`${path}.resources.${kind}.${resource}: is missing`);
          }
      }
    }),
  ],
});
