import { cisEks } from "../shared/frameworks";
import { unknownValue } from "../shared/known";
import { podOwners, podsOf } from "../shared/pods";
import { onResource, resourceRule } from "../shared/rule";
import { valueAt } from "../shared/tree";

export const workloadOwnAccount = resourceRule({
  name: "workload-own-account",
  description: "Pods run as a ServiceAccount of their own, not as the namespace's default.",
  reach: "everywhere",
  severity: "medium",
  framework: cisEks("4.1.5", "Ensure that default service accounts are not actively used"),
  tags: ["cis-eks:4.1.5", "ckv:CKV_K8S_41", "ckv:CKV_K8S_42"],
  remediationSteps: "Make a ServiceAccount for the workload and name it in serviceAccountName.",
  url: "https://kubernetes.io/docs/concepts/security/service-accounts/",
  settings: {},
  checks: [
    onResource(podOwners, ({ type, props, report }) => {
      for (const { path, spec } of podsOf(type, props)) {
        const account = valueAt(spec, "serviceAccountName") ?? valueAt(spec, "serviceAccount");
        if (account === unknownValue) continue;
        if (account === undefined || account === "" || account === "default")
          report(`${path}.serviceAccountName: names none, or default`);
      }
    }),
  ],
});
