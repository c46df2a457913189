import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { childOptions, type ChildOptions } from "../shared/child-options";
import { selectorLabels } from "../shared/service-labels";
import {
  resolvePlatformServiceArgs,
  type PlatformServiceArgs,
  type ResolvedPlatformServiceArgs,
} from "./args";
import {
  deploymentSpec,
  disruptionBudgetSpec,
  isAutoscaled,
  progressDeadlineSeconds,
  reloadAnnotations,
} from "./deployment";
import { targetGroupAnnotations } from "./load-balancing";
import { portName, resourceLabels, workloadLabels } from "./pod-template";

/** Metadata and options that all resources of one service have. */
interface Owned {
  readonly metadata: {
    readonly name: string;
    readonly namespace: pulumi.Input<string>;
    readonly labels: Record<string, string>;
  };
  readonly options: ChildOptions;
}

/**
 * One service of the catalogue, running: its pods over several zones, restricted and bounded, replaced without an
 * interruption. Physical names are the record's: DNS names, selectors and workload identities refer to them.
 */
export class PlatformService extends pulumi.ComponentResource {
  readonly deploymentName: pulumi.Output<string>;
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
    const deployment = new k8s.apps.v1.Deployment(
      name,
      {
        metadata: {
          ...owned.metadata,
          labels: workloadLabels(spec),
          ...reloadAnnotations(spec),
        },
        spec: deploymentSpec(spec, account.metadata.name),
      },
      deploymentOptions(spec, owned, service),
    );
    if (spec.minimumReplicas >= 2) {
      new k8s.policy.v1.PodDisruptionBudget(
        `${name}-disruption-budget`,
        { metadata: owned.metadata, spec: disruptionBudgetSpec(spec) },
        owned.options,
      );
    }

    this.deploymentName = deployment.metadata.name;
    this.serviceAccountName = account.metadata.name;
    this.serviceName = service?.metadata.name;
    this.url =
      service === undefined
        ? undefined
        : pulumi.interpolate`http://${service.metadata.name}.${service.metadata.namespace}.svc.cluster.local:${spec.record.port}`;
    this.registerOutputs({
      deploymentName: this.deploymentName,
      serviceAccountName: this.serviceAccountName,
      serviceName: this.serviceName,
      url: this.url,
    });
  }
}

function createService(
  name: string,
  { record }: ResolvedPlatformServiceArgs,
  { metadata, options }: Owned,
): k8s.core.v1.Service | undefined {
  if (record.port === undefined) return undefined;
  return new k8s.core.v1.Service(
    `${name}-service`,
    {
      metadata: { ...metadata, annotations: targetGroupAnnotations(record) },
      spec: {
        type: "ClusterIP",
        selector: selectorLabels(record),
        ports: [
          {
            name: portName,
            port: record.port,
            targetPort: portName,
            protocol: "TCP",
            appProtocol: "http",
          },
        ],
      },
    },
    options,
  );
}

function deploymentOptions(
  spec: ResolvedPlatformServiceArgs,
  { options }: Owned,
  service: k8s.core.v1.Service | undefined,
): pulumi.CustomResourceOptions {
  const timeout = `${progressDeadlineSeconds(spec) + 60}s`;
  return {
    ...options,
    // The load balancer controller puts its readiness gate into new pods of a Service that it knows.
    ...(service && { dependsOn: [service] }),
    customTimeouts: { create: timeout, update: timeout },
    // The first update sets the floor; from then on the field is the autoscaler's, and the provider leaves out of its
    // server-side apply what another manager owns. https://github.com/pulumi/pulumi-kubernetes/pull/2566
    ...(isAutoscaled(spec) && { ignoreChanges: ["spec.replicas"] }),
  };
}
