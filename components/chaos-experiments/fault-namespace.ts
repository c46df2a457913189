import * as aws from "@pulumi/aws";
import * as k8s from "@pulumi/kubernetes";
import type { CustomResourceOptions } from "@pulumi/pulumi";
import { controllerNetworkPolicies } from "../shared/controller-network-policies";
import { isolateNamespace } from "../shared/namespace-isolation";
import type { NetworkLatency } from "./args";
import { faultAccount, faultNamespace, faultUser } from "./names";
import type { CreatedExperiment, Scope } from "./scope";

const labels = { "app.kubernetes.io/managed-by": "pulumi" } as const;

/** What AWS asks for, in this namespace alone. @see https://docs.aws.amazon.com/fis/latest/userguide/eks-pod-actions.html */
const rules = [
  { apiGroups: [""], resources: ["configmaps"], verbs: ["get", "create", "patch", "delete"] },
  {
    apiGroups: [""],
    resources: ["pods"],
    verbs: ["create", "list", "get", "delete", "deletecollection"],
  },
  { apiGroups: [""], resources: ["pods/ephemeralcontainers"], verbs: ["update"] },
  { apiGroups: [""], resources: ["pods/exec"], verbs: ["create"] },
  { apiGroups: ["apps"], resources: ["deployments"], verbs: ["get"] },
];

/**
 * The one namespace whose pods may be privileged: a fault is a privileged container beside the pod that it hits. Closed,
 * bounded, and without anything in it until somebody tries something.
 */
export function createFaultNamespace(
  { name, spec, owned }: Scope,
  { provider, network }: NetworkLatency,
  { role }: CreatedExperiment,
): void {
  const inCluster = { ...owned, provider };
  const child = `${name}-${faultNamespace}`;
  const created = new k8s.core.v1.Namespace(
    child,
    {
      metadata: {
        name: faultNamespace,
        labels: {
          ...labels,
          "pod-security.kubernetes.io/enforce": "privileged",
          "pod-security.kubernetes.io/audit": "baseline",
          "pod-security.kubernetes.io/warn": "baseline",
        },
      },
    },
    inCluster,
  );
  const namespace = created.metadata.name;
  isolateNamespace(child, { namespace, labels }, inCluster);
  // AWS's own pod puts the container beside its target.
  controllerNetworkPolicies(
    child,
    {
      ...{ controller: faultAccount, namespace, podLabels: {}, network },
      egress: { apiServer: true },
    },
    inCluster,
  );
  bound(child, namespace, inCluster);
  grant(child, { ...inCluster, dependsOn: [created] });
  new aws.eks.AccessEntry(
    child,
    {
      region: spec.region,
      clusterName: spec.clusterName,
      principalArn: role.arn,
      userName: faultUser,
      type: "STANDARD",
      tags: spec.tags,
    },
    owned,
  );
}

type InCluster = Scope["owned"] & { readonly provider: k8s.Provider };
type Namespace = k8s.core.v1.Namespace["metadata"]["name"];

/** A few small pods: who tries something needs no more. */
function bound(child: string, namespace: Namespace, options: InCluster): void {
  new k8s.core.v1.ResourceQuota(
    child,
    {
      metadata: {
        ...{ name: faultNamespace, namespace, labels },
        // It holds from its creation on, before the usage is counted.
        annotations: { "pulumi.com/skipAwait": "true" },
      },
      spec: {
        hard: {
          pods: "20",
          "requests.cpu": "2",
          "requests.memory": "4Gi",
          "limits.memory": "8Gi",
          persistentvolumeclaims: "0",
          "services.loadbalancers": "0",
          "services.nodeports": "0",
        },
      },
    },
    options,
  );
  new k8s.core.v1.LimitRange(
    child,
    {
      metadata: { name: faultNamespace, namespace, labels },
      spec: {
        limits: [
          {
            type: "Container",
            // AWS's pods say nothing of what they need.
            defaultRequest: { cpu: "50m", memory: "64Mi" },
            default: { memory: "256Mi" },
          },
        ],
      },
    },
    options,
  );
}

/** The namespace by its plain name: policies know these by it, in a first preview as well. */
function grant(child: string, options: CustomResourceOptions): void {
  const namespace = faultNamespace;
  const metadata = { name: faultAccount, namespace, labels };
  const account = new k8s.core.v1.ServiceAccount(child, { metadata }, options);
  const role = new k8s.rbac.v1.Role(child, { metadata, rules }, options);
  const apiGroup = "rbac.authorization.k8s.io";
  new k8s.rbac.v1.RoleBinding(
    child,
    {
      metadata,
      roleRef: { apiGroup, kind: "Role", name: role.metadata.name },
      subjects: [
        { kind: "ServiceAccount", name: account.metadata.name, namespace },
        { apiGroup, kind: "User", name: faultUser },
      ],
    },
    options,
  );
}
