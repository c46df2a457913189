import * as k8s from "@pulumi/kubernetes";
import type { Output, Resource } from "@pulumi/pulumi";
import type { ChildOptions } from "../shared/child-options";
import type { ResolvedProgressiveDeliveryArgs } from "./args";
import { chartName } from "./values";

type Rule = k8s.types.input.rbac.v1.PolicyRule;

const reading = ["get", "list", "watch"];
const argo = "argoproj.io";

/** Kinds that the controller waits for at its start, also where it never uses them. Secrets of others are none of them. */
const watchRules: Rule[] = [
  {
    apiGroups: [argo],
    resources: [
      "rollouts",
      "analysisruns",
      "analysistemplates",
      "clusteranalysistemplates",
      "experiments",
    ],
    verbs: reading,
  },
  { apiGroups: ["apps"], resources: ["replicasets"], verbs: reading },
  { apiGroups: [""], resources: ["services", "pods"], verbs: reading },
  { apiGroups: ["networking.k8s.io"], resources: ["ingresses"], verbs: reading },
  { apiGroups: ["batch"], resources: ["jobs"], verbs: reading },
];

const eventRule: Rule = {
  apiGroups: [""],
  resources: ["events"],
  verbs: ["create", "update", "patch"],
};

/** In its own namespace: who leads, and settings of notifications, for which it looks there at its start. */
const ownRules: Rule[] = [
  {
    apiGroups: ["coordination.k8s.io"],
    resources: ["leases"],
    verbs: ["create", "get", "update"],
  },
  { apiGroups: [""], resources: ["configmaps", "secrets"], verbs: reading },
  eventRule,
];

/** In the namespace of services: pods by ReplicaSet, traffic by the Service's selector, judgement by AnalysisRun. */
const releaseRules: Rule[] = [
  {
    apiGroups: [argo],
    resources: ["rollouts", "rollouts/status", "rollouts/finalizers"],
    verbs: ["update", "patch"],
  },
  {
    apiGroups: [argo],
    resources: ["analysisruns", "analysisruns/finalizers"],
    verbs: ["create", "update", "patch", "delete"],
  },
  {
    apiGroups: ["apps"],
    resources: ["replicasets"],
    verbs: ["create", "update", "patch", "delete"],
  },
  { apiGroups: [""], resources: ["services"], verbs: ["patch"] },
  { apiGroups: [""], resources: ["pods/eviction"], verbs: ["create"] },
  eventRule,
];

interface Place {
  readonly namespace: Output<string>;
  readonly labels: Readonly<Record<string, string>>;
  readonly owned: ChildOptions;
}

/** Watches everywhere, changes only where services are released; the chart's own role does everything everywhere. */
export function createRights(
  name: string,
  { namespaces }: ResolvedProgressiveDeliveryArgs,
  { namespace, labels, owned }: Place,
): Resource[] {
  const subjects = [{ kind: "ServiceAccount", name: chartName, namespace }];
  const apiGroup = "rbac.authorization.k8s.io";
  const metadata = { name: chartName, labels };
  const watch = new k8s.rbac.v1.ClusterRole(
    `${name}-watch`,
    { metadata, rules: watchRules },
    owned,
  );
  const watchBinding = new k8s.rbac.v1.ClusterRoleBinding(
    `${name}-watch`,
    {
      metadata,
      roleRef: { apiGroup, kind: "ClusterRole", name: watch.metadata.name },
      subjects,
    },
    owned,
  );
  const inNamespace = (
    key: string,
    within: k8s.types.input.meta.v1.ObjectMeta["namespace"],
    rules: Rule[],
  ): Resource[] => {
    const place = { ...metadata, ...(within !== undefined && { namespace: within }) };
    const role = new k8s.rbac.v1.Role(`${name}-${key}`, { metadata: place, rules }, owned);
    const binding = new k8s.rbac.v1.RoleBinding(
      `${name}-${key}`,
      {
        metadata: place,
        roleRef: { apiGroup, kind: "Role", name: role.metadata.name },
        subjects,
      },
      owned,
    );
    return [role, binding];
  };
  return [
    watch,
    watchBinding,
    ...inNamespace("own", namespace, ownRules),
    ...Object.entries(namespaces).flatMap(([product, within]) =>
      inNamespace(`releases-${product}`, within, releaseRules),
    ),
  ];
}
