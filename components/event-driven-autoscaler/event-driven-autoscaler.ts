import type * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { releaseChart } from "../shared/chart-release";
import { childOptions } from "../shared/child-options";
import { restrictedNamespace } from "../shared/controller-namespace";
import { isolateNamespace } from "../shared/namespace-isolation";
import { type EventDrivenAutoscalerArgs, resolveEventDrivenAutoscalerArgs } from "./args";
import { createNetworkPolicies } from "./network";
import { kedaValues } from "./values";

const chartName = "keda";
/** The operator makes its certificates before the other two parts get ready. */
const installTimeoutSeconds = 600;

/**
 * KEDA: scales services by what Prometheus and the message broker say, and by the time of day. Let whatever is a
 * ScaledObject depend on it. It has no identity in AWS, reads Secrets in the namespaces of the services alone, and its
 * own namespace is closed.
 */
export class EventDrivenAutoscaler extends pulumi.ComponentResource {
  readonly namespace: pulumi.Output<string>;
  readonly releaseStatus: k8s.helm.v3.Release["status"];

  constructor(
    name: string,
    args: EventDrivenAutoscalerArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    const spec = resolveEventDrivenAutoscalerArgs(name, args);
    super("platform:scaling:EventDrivenAutoscaler", name, spec, opts);

    const owned = childOptions(this, opts);
    const namespace = restrictedNamespace(
      `${name}-${chartName}`,
      { name: chartName, labels: { "app.kubernetes.io/managed-by": "pulumi" } },
      owned,
    );
    this.namespace = namespace.metadata.name;
    const guards = [
      ...isolateNamespace(
        `${name}-${chartName}`,
        { namespace: this.namespace, labels: { "app.kubernetes.io/managed-by": "pulumi" } },
        owned,
      ),
      ...createNetworkPolicies(name, { namespace: this.namespace, spec }, owned),
    ];
    const release = releaseChart(
      `${name}-${chartName}`,
      {
        chart: chartName,
        location: spec.chart,
        namespace: this.namespace,
        timeoutSeconds: installTimeoutSeconds,
        values: kedaValues(spec),
      },
      { ...owned, dependsOn: guards },
    );
    this.releaseStatus = release.status;
    this.registerOutputs({ namespace: this.namespace });
  }
}
