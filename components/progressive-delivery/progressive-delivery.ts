import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { releaseChart } from "../shared/chart-release";
import { childOptions } from "../shared/child-options";
import { controllerNetworkPolicies } from "../shared/controller-network-policies";
import { isolateNamespace } from "../shared/namespace-isolation";
import { prometheus } from "../shared/prometheus-address";
import { resolveProgressiveDeliveryArgs, type ProgressiveDeliveryArgs } from "./args";
import { createRights } from "./rights";
import { chartName, metricsPort, podLabels, rolloutsValues } from "./values";

/** Images are pulled, definitions are made and a leader is elected. */
const installTimeoutSeconds = 600;

/** @see https://kubernetes.io/docs/concepts/security/pod-security-admission/ */
const podSecurityLabels = {
  "pod-security.kubernetes.io/enforce": "restricted",
  "pod-security.kubernetes.io/audit": "restricted",
  "pod-security.kubernetes.io/warn": "restricted",
} as const;

/**
 * Argo Rollouts, which carries out the blue-green releases that services ask for. In a closed namespace of its own; it
 * watches the cluster, changes only the namespaces named, and reads no secret of theirs. One per cluster.
 */
export class ProgressiveDelivery extends pulumi.ComponentResource {
  readonly namespace: pulumi.Output<string>;
  /** A Rollout needs the definitions that come with it: let the services depend on this. */
  readonly releaseStatus: k8s.helm.v3.Release["status"];

  constructor(name: string, args: ProgressiveDeliveryArgs, opts?: pulumi.ComponentResourceOptions) {
    const spec = resolveProgressiveDeliveryArgs(name, args);
    super("platform:delivery:ProgressiveDelivery", name, spec, opts);
    const owned = childOptions(this, opts);
    const labels = { ...spec.labels, "app.kubernetes.io/managed-by": "pulumi" };

    const created = new k8s.core.v1.Namespace(
      `${name}-namespace`,
      { metadata: { name: chartName, labels: { ...labels, ...podSecurityLabels } } },
      owned,
    );
    const namespace = created.metadata.name;
    const policies = [
      ...isolateNamespace(name, { namespace, labels }, owned),
      ...controllerNetworkPolicies(
        name,
        {
          controller: chartName,
          namespace,
          podLabels,
          metricsPort,
          egress: {
            apiServer: true,
            pods: [
              {
                namespace: prometheus.namespace,
                podLabels: prometheus.podLabels,
                port: prometheus.port,
              },
            ],
          },
          network: spec.network,
          labels,
        },
        owned,
      ),
    ];
    const rights = createRights(name, spec, { namespace, labels, owned });
    const release = releaseChart(
      `${name}-release`,
      {
        chart: chartName,
        location: spec.version.chart,
        namespace,
        timeoutSeconds: installTimeoutSeconds,
        values: rolloutsValues(spec),
      },
      { ...owned, dependsOn: [...policies, ...rights] },
    );

    this.namespace = namespace;
    this.releaseStatus = release.status;
    this.registerOutputs({ namespace: this.namespace });
  }
}
