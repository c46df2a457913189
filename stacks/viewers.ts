import * as k8s from "@pulumi/kubernetes";
import type { MultiAzCluster } from "../components/multi-az-cluster";

/** Group of the viewer's access entry. */
export const viewerGroup = "auterity:viewers";

/**
 * What EKS's view policy leaves out of the kinds that this program registers, by API group: without them nobody but an
 * administrator could compare the cluster with the program. No Secrets: Kubernetes cannot admit Helm's alone, so the
 * drift check leaves Helm's releases out. A kind that the program begins to use gets a line here, and a test says so.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/access-policy-permissions.html
 */
export const viewedBesides: Readonly<Record<string, readonly string[]>> = {
  "apiextensions.k8s.io": ["customresourcedefinitions"],
  "argoproj.io": ["analysistemplates", "rollouts"],
  "autoscaling.k8s.io": ["verticalpodautoscalers"],
  "elbv2.k8s.aws": ["ingressclassparams", "targetgroupbindings"],
  "external-secrets.io": ["clustersecretstores", "externalsecrets", "secretstores"],
  "keda.sh": ["scaledobjects", "triggerauthentications"],
  "monitoring.coreos.com": ["podmonitors", "probes", "prometheusrules", "servicemonitors"],
  "networking.k8s.io": ["ingressclasses"],
  "rbac.authorization.k8s.io": ["clusterrolebindings", "clusterroles", "rolebindings", "roles"],
  "scheduling.k8s.io": ["priorityclasses"],
  "storage.k8s.io": ["storageclasses"],
};

/** Lets the viewer, by its group, look at the rest of what is registered in the cluster, and change nothing. */
export function defineViewers(prefix: string, { provider, ready }: MultiAzCluster): void {
  const options = { provider, dependsOn: ready };
  const name = "auterity-viewers";
  const role = new k8s.rbac.v1.ClusterRole(
    `${prefix}-viewers`,
    {
      metadata: { name },
      rules: Object.entries(viewedBesides).map(([group, resources]) => ({
        apiGroups: [group],
        resources: [...resources],
        verbs: ["get", "list", "watch"],
      })),
    },
    options,
  );
  new k8s.rbac.v1.ClusterRoleBinding(
    `${prefix}-viewers`,
    {
      metadata: { name },
      roleRef: {
        apiGroup: "rbac.authorization.k8s.io",
        kind: "ClusterRole",
        name: role.metadata.name,
      },
      subjects: [{ apiGroup: "rbac.authorization.k8s.io", kind: "Group", name: viewerGroup }],
    },
    options,
  );
}
