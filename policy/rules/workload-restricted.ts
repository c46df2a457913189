import { cisEks } from "../shared/frameworks";
import { snapshot } from "../shared/known";
import { restrictedProblems } from "../shared/pod-security";
import { podOwners, podsOf } from "../shared/pods";
import { onResource, resourceRule } from "../shared/rule";
import { isListed, namespaceOf } from "../shared/workloads";

interface Settings {
  /** Namespaces of what needs more: agents that read the node, experiments that break it. */
  exemptNamespaces: string[];
}

export const workloadRestricted = resourceRule<Settings>({
  name: "workload-restricted",
  description: "Pods keep to the Pod Security Standard `restricted`.",
  reach: "everywhere",
  severity: "high",
  framework: cisEks("4.2.1", "Minimize the admission of privileged containers"),
  tags: [
    "cis-eks:4.2.1",
    "cis-eks:4.2.2",
    "cis-eks:4.2.3",
    "cis-eks:4.2.4",
    "cis-eks:4.2.5",
    "ckv:CKV_K8S_16",
    "ckv:CKV_K8S_17",
    "ckv:CKV_K8S_18",
    "ckv:CKV_K8S_19",
    "ckv:CKV_K8S_20",
    "ckv:CKV_K8S_23",
    "ckv:CKV_K8S_25",
    "ckv:CKV_K8S_26",
    "ckv:CKV_K8S_27",
    "ckv:CKV_K8S_28",
    "ckv:CKV_K8S_29",
    "ckv:CKV_K8S_30",
    "ckv:CKV_K8S_31",
    "ckv:CKV_K8S_32",
    "ckv:CKV_K8S_37",
    "ckv:CKV_K8S_39",
    "kyverno:pod-security",
  ],
  remediationSteps:
    "Run as non-root with seccomp RuntimeDefault, drop ALL capabilities, refuse escalation, and mount nothing of the node.",
  url: "https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted",
  settings: {
    exemptNamespaces: { type: "array", items: { type: "string" }, default: [] },
  },
  checks: [
    onResource(podOwners, ({ type, props, settings, report }) => {
      const namespace = namespaceOf(snapshot(() => props["metadata"]));
      if (namespace !== undefined && isListed(settings.exemptNamespaces, namespace)) return;
      for (const pod of podsOf(type, props)) restrictedProblems(pod).forEach(report);
    }),
  ],
});
