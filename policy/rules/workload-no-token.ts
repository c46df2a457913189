import { cisEks } from "../shared/frameworks";
import { snapshot, unknownValue } from "../shared/known";
import { podOwners, podsOf } from "../shared/pods";
import { onResource, resourceRule } from "../shared/rule";
import { textAt, valueAt } from "../shared/tree";
import { isListed, namespaceOf } from "../shared/workloads";

interface Settings {
  /** NAMESPACE/SERVICEACCOUNT of what calls the Kubernetes API. */
  accounts: string[];
}

const accountType = "kubernetes:core/v1:ServiceAccount";

export const workloadNoToken = resourceRule<Settings>({
  name: "workload-no-token",
  description: "Pods get no token for the Kubernetes API unless `accounts` lists theirs.",
  reach: "everywhere",
  severity: "medium",
  framework: cisEks("4.1.6", "Ensure that Service Account Tokens are only mounted where necessary"),
  tags: ["cis-eks:4.1.6", "ckv:CKV_K8S_38", "kyverno:restrict-automount-sa-token"],
  remediationSteps:
    "Set automountServiceAccountToken to false on the ServiceAccount and in the pod.",
  url: "https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/#opt-out-of-api-credential-automounting",
  settings: { accounts: { type: "array", items: { type: "string" }, default: [] } },
  checks: [
    onResource([accountType], ({ props, settings, report }) => {
      const metadata = snapshot(() => props["metadata"]);
      if (isListedAccount(settings, metadata, textAt(metadata, "name"))) return;
      if (!isOff(snapshot(() => props["automountServiceAccountToken"])))
        report("automountServiceAccountToken: is not false");
    }),
    onResource(podOwners, ({ type, props, settings, report }) => {
      const metadata = snapshot(() => props["metadata"]);
      for (const { path, spec } of podsOf(type, props)) {
        const account = valueAt(spec, "serviceAccountName");
        if (account === unknownValue && settings.accounts.length > 0) continue;
        if (isListedAccount(settings, metadata, textAt(spec, "serviceAccountName"))) continue;
        if (!isOff(valueAt(spec, "automountServiceAccountToken")))
          report(`${path}.automountServiceAccountToken: is not false`);
      }
    }),
  ],
});

function isListedAccount({ accounts }: Settings, metadata: unknown, account = "default"): boolean {
  const namespace = namespaceOf(metadata);
  return namespace !== undefined && isListed(accounts, `${namespace}/${account}`);
}

function isOff(value: unknown): boolean {
  return value === false || value === unknownValue;
}
