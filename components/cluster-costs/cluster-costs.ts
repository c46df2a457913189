import type * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { releaseChart } from "../shared/chart-release";
import { childOptions } from "../shared/child-options";
import { restrictedNamespace } from "../shared/controller-namespace";
import { controllerNetworkPolicies } from "../shared/controller-network-policies";
import { isolateNamespace } from "../shared/namespace-isolation";
import { prometheus } from "../shared/prometheus-address";
import { type ClusterCostsArgs, type ClusterCostsSpec, resolveClusterCostsArgs } from "./args";
import { apiPort, chartName, namespaceName, openCostValues, podLabels } from "./values";

/** One pod that reads a price list before it is ready. */
const installTimeoutSeconds = 600;

/**
 * OpenCost: what each node, pod and volume costs by the hour, at AWS's public prices, as metrics. It has no credentials of
 * AWS, no page and no Service; its namespace is closed and its own.
 */
export class ClusterCosts extends pulumi.ComponentResource {
  readonly namespace: pulumi.Output<string>;
  readonly releaseStatus: k8s.helm.v3.Release["status"];

  constructor(name: string, args: ClusterCostsArgs, opts?: pulumi.ComponentResourceOptions) {
    const spec = resolveClusterCostsArgs(name, args);
    const { provider, ...shown } = spec;
    super("platform:cost:ClusterCosts", name, shown, opts);

    const inCluster = { ...childOptions(this, opts), provider };
    const namespace = restrictedNamespace(`${name}-namespace`, { name: namespaceName }, inCluster);
    this.namespace = namespace.metadata.name;
    const policies = this.closeNamespace(name, spec, inCluster);
    const release = releaseChart(
      `${name}-release`,
      {
        chart: chartName,
        location: spec.chart,
        namespace: this.namespace,
        timeoutSeconds: installTimeoutSeconds,
        values: openCostValues(spec),
      },
      { ...inCluster, dependsOn: policies },
    );
    this.releaseStatus = release.status;
    this.registerOutputs({ namespace: this.namespace });
  }

  private closeNamespace(
    name: string,
    { network }: ClusterCostsSpec,
    options: pulumi.CustomResourceOptions,
  ): pulumi.Resource[] {
    const { namespace } = this;
    return [
      ...isolateNamespace(name, { namespace, labels: {} }, options),
      ...controllerNetworkPolicies(
        name,
        {
          controller: chartName,
          namespace,
          podLabels,
          metricsPort: apiPort,
          network,
          // 443: the public price list at pricing.us-east-1.amazonaws.com, which no endpoint of the VPC serves.
          egress: { apiServer: true, https: true, pods: [prometheus] },
        },
        options,
      ),
    ];
  }
}
