import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { childOptions } from "../shared/child-options";
import { workloadReference, type WorkloadReference } from "../shared/workload-reference";
import { resolvePlatformServiceArgs, type PlatformServiceArgs } from "./args";
import { disruptionBudgetSpec } from "./deployment";
import type { Owned } from "./owned";
import { resourceLabels } from "./pod-template";
import { createService } from "./service";
import { createWorkload } from "./workload";

/**
 * One service of the catalogue, running: its pods over several zones, restricted and bounded, replaced without an
 * interruption. Physical names are the record's: DNS names, selectors and workload identities refer to them.
 */
export class PlatformService extends pulumi.ComponentResource {
  /** What runs the pods, for autoscalers: a Deployment, or the Rollout of a blue-green service. */
  readonly workload: WorkloadReference;
  /** Its name, once it exists. */
  readonly workloadName: pulumi.Output<string>;
  /** For workload identity. */
  readonly serviceAccountName: pulumi.Output<string>;
  /** Undefined for workers that nobody connects to. */
  readonly serviceName: pulumi.Output<string> | undefined;
  /** `http://NAME.NAMESPACE.svc.cluster.local:PORT`, for settings of other services. */
  readonly url: pulumi.Output<string> | undefined;

  constructor(name: string, args: PlatformServiceArgs, opts?: pulumi.ComponentResourceOptions) {
    const spec = resolvePlatformServiceArgs(name, args);
    super("platform:services:PlatformService", name, spec, opts);
    const owned: Owned = {
      metadata: {
        name: spec.record.name,
        namespace: spec.namespace,
        labels: resourceLabels(spec),
      },
      options: childOptions(this, opts),
    };

    const account = new k8s.core.v1.ServiceAccount(
      `${name}-account`,
      { metadata: owned.metadata, automountServiceAccountToken: false },
      owned.options,
    );
    const service = createService(name, spec, owned);
    this.workload = workloadReference(spec.record);
    this.workloadName = createWorkload(name, spec, {
      owned,
      serviceAccountName: account.metadata.name,
      service,
    });
    if (spec.minimumReplicas >= 2) {
      new k8s.policy.v1.PodDisruptionBudget(
        `${name}-disruption-budget`,
        { metadata: owned.metadata, spec: disruptionBudgetSpec(spec) },
        owned.options,
      );
    }

    this.serviceAccountName = account.metadata.name;
    this.serviceName = service?.metadata.name;
    this.url =
      service === undefined
        ? undefined
        : pulumi.interpolate`http://${service.metadata.name}.${service.metadata.namespace}.svc.cluster.local:${spec.record.port}`;
    this.registerOutputs({
      workload: this.workload,
      workloadName: this.workloadName,
      serviceAccountName: this.serviceAccountName,
      serviceName: this.serviceName,
      url: this.url,
    });
  }
}
