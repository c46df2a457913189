import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { childOptions } from "../shared/child-options";
import { isolateNamespace } from "../shared/namespace-isolation";
import { priorities } from "../shared/priority-classes";
import {
  namespaceLabels,
  resolveServiceNamespaceArgs,
  type ResolvedServiceNamespaceArgs,
  type ServiceNamespaceArgs,
} from "./args";
import { containerLimitsFor, priorityQuotaFor, quotaFor } from "./quota";

interface Owned {
  readonly namespace: pulumi.Output<string>;
  readonly labels: Record<string, string>;
  readonly options: { readonly parent: pulumi.Resource };
}

/**
 * The namespace of one product: as much room as its services need at their peak, only restricted pods, and no
 * conversation that was not declared.
 */
export class ServiceNamespace extends pulumi.ComponentResource {
  readonly namespaceName: pulumi.Output<string>;

  constructor(name: string, args: ServiceNamespaceArgs, opts?: pulumi.ComponentResourceOptions) {
    const spec = resolveServiceNamespaceArgs(name, args);
    super("platform:services:ServiceNamespace", name, spec, opts);

    const namespace = new k8s.core.v1.Namespace(
      name,
      {
        metadata: { name: spec.product, labels: { ...spec.labels, ...namespaceLabels(spec) } },
      },
      { ...childOptions(this, opts), protect: spec.protect },
    );
    const owned: Owned = {
      namespace: namespace.metadata.name,
      labels: {
        ...spec.labels,
        "app.kubernetes.io/part-of": spec.product,
        "app.kubernetes.io/managed-by": "pulumi",
      },
      options: { parent: this },
    };
    createQuotas(name, spec, owned);
    createLimitRange(name, spec, owned);
    isolateNamespace(name, owned, owned.options);

    this.namespaceName = namespace.metadata.name;
    this.registerOutputs({ namespaceName: this.namespaceName });
  }
}

/**
 * Besides the quota of everything, one for each priority that makes other pods go: without it, any pod of the
 * namespace could take the priority of a critical service, or of the cluster itself.
 */
function createQuotas(
  name: string,
  { records }: ResolvedServiceNamespaceArgs,
  { namespace, labels, options }: Owned,
): void {
  // It holds from its creation on. Until the usage is counted pods are refused, and their controllers try again: no
  // reason for the deployment to stand still.
  const annotations = { "pulumi.com/skipAwait": "true" };
  const create = (role: string, hard: Record<string, string>, priorityClasses: string[]) =>
    new k8s.core.v1.ResourceQuota(
      `${name}-${role}`,
      {
        metadata: { name: role, namespace, labels, annotations },
        spec: {
          hard,
          ...(priorityClasses.length > 0 && {
            scopeSelector: {
              matchExpressions: [
                { scopeName: "PriorityClass", operator: "In", values: priorityClasses },
              ],
            },
          }),
        },
      },
      options,
    );
  create("quota", quotaFor(records), []);
  create("quota-critical", priorityQuotaFor(records, "critical"), [priorities.critical.className]);
  create("quota-system", { pods: "0" }, ["system-cluster-critical", "system-node-critical"]);
}

function createLimitRange(
  name: string,
  { records }: ResolvedServiceNamespaceArgs,
  { namespace, labels, options }: Owned,
): void {
  new k8s.core.v1.LimitRange(
    `${name}-limits`,
    {
      metadata: { name: "limits", namespace, labels },
      spec: { limits: [{ type: "Container", ...containerLimitsFor(records) }] },
    },
    options,
  );
}
