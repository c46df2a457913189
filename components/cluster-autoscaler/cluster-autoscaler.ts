import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { releaseChart } from "../shared/chart-release";
import { type ChildOptions, childOptions } from "../shared/child-options";
import { controllerNamespace } from "../shared/controller-namespace";
import { controllerNetworkPolicies } from "../shared/controller-network-policies";
import { podIdentityTrust } from "../shared/pod-identity";
import {
  type ClusterAutoscalerArgs,
  type ClusterAutoscalerSpec,
  resolveClusterAutoscalerArgs,
} from "./args";
import { autoscalerPolicy } from "./policies";
import { autoscalerValues, chartName, metricsPort, podLabels } from "./values";

/** Two pods that pull an image and elect a leader. */
const installTimeoutSeconds = 300;

/**
 * Adds nodes for pods that find none and removes nodes that are hardly used, within the bounds of the cluster's managed
 * node groups. Namespace, role and rights are its own; it sizes this cluster's groups and nothing else.
 */
export class ClusterAutoscaler extends pulumi.ComponentResource {
  /** What comes after it: everything that wants nodes. */
  readonly ready: pulumi.Resource[];

  constructor(name: string, args: ClusterAutoscalerArgs, opts?: pulumi.ComponentResourceOptions) {
    const spec = resolveClusterAutoscalerArgs(name, args);
    super("platform:cluster:ClusterAutoscaler", name, spec, opts);

    const owned = childOptions(this, opts);
    const { namespace, guards } = controllerNamespace(name, chartName, owned);
    const policies = controllerNetworkPolicies(
      name,
      {
        controller: chartName,
        namespace,
        podLabels,
        metricsPort,
        egress: { apiServer: true, https: true, podIdentity: true },
        network: spec.network,
      },
      owned,
    );
    const credentials = createRole(`${name}-${chartName}`, { spec, namespace, owned });
    const release = releaseChart(
      `${name}-${chartName}`,
      {
        chart: chartName,
        location: spec.version.chart,
        namespace,
        timeoutSeconds: installTimeoutSeconds,
        values: autoscalerValues(spec),
      },
      { ...owned, dependsOn: [...guards, ...policies, ...credentials] },
    );
    this.ready = [release];
    this.registerOutputs({});
  }
}

interface RoleParts {
  readonly spec: ClusterAutoscalerSpec;
  readonly namespace: pulumi.Output<string>;
  readonly owned: ChildOptions;
}

function createRole(name: string, { spec, namespace, owned }: RoleParts): pulumi.Resource[] {
  const trust = podIdentityTrust(spec, { namespace: chartName, serviceAccount: chartName });
  const role = new aws.iam.Role(
    name,
    {
      description: `${chartName} of cluster ${spec.clusterName}`,
      assumeRolePolicy: JSON.stringify(trust),
      ...(spec.permissionsBoundaryArn !== undefined && {
        permissionsBoundary: spec.permissionsBoundaryArn,
      }),
      tags: spec.tags,
    },
    owned,
  );
  const policy = new aws.iam.RolePolicy(
    name,
    { role: role.name, policy: JSON.stringify(autoscalerPolicy(spec)) },
    owned,
  );
  const association = new aws.eks.PodIdentityAssociation(
    name,
    {
      clusterName: spec.clusterName,
      namespace,
      serviceAccount: chartName,
      roleArn: role.arn,
      tags: spec.tags,
    },
    owned,
  );
  return [policy, association];
}
