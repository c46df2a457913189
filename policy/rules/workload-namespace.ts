import { cisEks } from "../shared/frameworks";
import { known, snapshot } from "../shared/known";
import { podOwners } from "../shared/pods";
import { onResource, resourceRule } from "../shared/rule";
import { textAt } from "../shared/tree";
import { isListed, namespaceOf } from "../shared/workloads";

interface Settings {
  /** NAMESPACE/NAME of what belongs where Kubernetes itself runs. */
  allowed: string[];
}

const releaseTypes = ["kubernetes:helm.sh/v3:Release"];
const namespaced = [
  ...podOwners,
  "kubernetes:core/v1:Service",
  "kubernetes:core/v1:ConfigMap",
  "kubernetes:core/v1:Secret",
  "kubernetes:core/v1:ServiceAccount",
  "kubernetes:core/v1:PersistentVolumeClaim",
  "kubernetes:core/v1:ResourceQuota",
  "kubernetes:core/v1:LimitRange",
  "kubernetes:networking.k8s.io/v1:Ingress",
  "kubernetes:networking.k8s.io/v1:NetworkPolicy",
  "kubernetes:policy/v1:PodDisruptionBudget",
  "kubernetes:rbac.authorization.k8s.io/v1:Role",
  "kubernetes:rbac.authorization.k8s.io/v1:RoleBinding",
  "kubernetes:autoscaling/v2:HorizontalPodAutoscaler",
  "kubernetes:keda.sh/v1alpha1:ScaledObject",
  "kubernetes:external-secrets.io/v1:ExternalSecret",
  "kubernetes:external-secrets.io/v1:SecretStore",
];

export const workloadNamespace = resourceRule<Settings>({
  name: "workload-namespace",
  description: "Everything stands in a namespace of its own, not in `default` or `kube-*`.",
  reach: "everywhere",
  severity: "medium",
  framework: cisEks("4.5.2", "The default namespace should not be used"),
  tags: ["cis-eks:4.5.2", "ckv:CKV_K8S_21", "kyverno:disallow-default-namespace"],
  remediationSteps: "Name a namespace; list what belongs to Kubernetes itself in `allowed`.",
  url: "https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/",
  settings: { allowed: { type: "array", items: { type: "string" }, default: [] } },
  checks: [
    onResource(namespaced, ({ props, settings, report }) => {
      const metadata = snapshot(() => props["metadata"]);
      const [namespace, name] = [namespaceOf(metadata), textAt(metadata, "name")];
      judge({ namespace, name, settings }).forEach(report);
    }),
    onResource(releaseTypes, ({ props, settings, report }) => {
      const namespace = namespaceOf({ namespace: snapshot(() => props["namespace"]) });
      const name = known(() => props["name"]);
      judge({ namespace, name: typeof name === "string" ? name : undefined, settings }).forEach(
        report,
      );
    }),
  ],
});

interface Judged {
  readonly namespace: string | undefined;
  readonly name: string | undefined;
  readonly settings: Settings;
}

function judge({ namespace, name = "", settings }: Judged): string[] {
  if (namespace === undefined || !/^(default|kube-.*)$/.test(namespace)) return [];
  if (isListed(settings.allowed, `${namespace}/${name}`)) return [];
  return [`stands in the namespace ${namespace}`];
}
