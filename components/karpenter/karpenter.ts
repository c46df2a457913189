import * as aws from "@pulumi/aws";
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { type ChildOptions, childOptions } from "../shared/child-options";
import { chartLocation } from "../shared/controller-chart";
import { controllerNamespace } from "../shared/controller-namespace";
import { controllerNetworkPolicies } from "../shared/controller-network-policies";
import { podIdentityTrust } from "../shared/pod-identity";
import type { KarpenterArgs, KarpenterSpec } from "./args";
import { createInterruptionQueue } from "./interruptions";
import { createNodePools } from "./node-pools";
import { controllerPolicy } from "./policies";
import { resolveKarpenterArgs } from "./resolve-args";
import { chartName, definitionsChart, karpenterValues, metricsPort, podLabels } from "./values";

/** Two pods that pull an image and elect a leader. */
const installTimeoutSeconds = 600;

/**
 * Starts the nodes that pods ask for, of the cheapest type that fits, and replaces those that are hardly used, old, or about
 * to be taken away. A destroy drains every node before the controller goes: none outlives the cluster.
 */
export class Karpenter extends pulumi.ComponentResource {
  /** What comes after it: everything that wants nodes. */
  readonly ready: pulumi.Resource[];

  constructor(name: string, args: KarpenterArgs, opts?: pulumi.ComponentResourceOptions) {
    const spec = resolveKarpenterArgs(name, args);
    super("platform:cluster:Karpenter", name, spec, opts);

    const owned = childOptions(this, opts);
    const scope: Scope = { name: `${name}-${chartName}`, spec, owned };
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
    const profile = new aws.iam.InstanceProfile(
      `${scope.name}-nodes`,
      { role: spec.nodeRoleName, tags: spec.tags },
      owned,
    );
    const { queue, needed } = createInterruptionQueue(scope.name, spec.tags, owned);
    const credentials = createRole(scope, { namespace, queue, profile });
    const release = createReleases(scope, {
      namespace,
      values: karpenterValues(spec, queue.name),
      dependsOn: [...guards, ...policies, ...credentials, ...needed],
    });
    this.ready = createNodePools(name, {
      spec,
      instanceProfileName: profile.name,
      owned,
      // Also what it works with: it drains nodes when the pools go.
      dependsOn: [release],
    });
    this.registerOutputs({});
  }
}

interface Scope {
  readonly name: string;
  readonly spec: KarpenterSpec;
  readonly owned: ChildOptions;
}

interface ReleaseParts {
  readonly namespace: pulumi.Output<string>;
  readonly values: Record<string, unknown>;
  readonly dependsOn: pulumi.Resource[];
}

function createReleases(
  { name, spec, owned }: Scope,
  { namespace, values, dependsOn }: ReleaseParts,
): k8s.helm.v3.Release {
  const common = { namespace, atomic: true, cleanupOnFail: true, timeout: installTimeoutSeconds };
  const definitions = new k8s.helm.v3.Release(
    `${name}-definitions`,
    { ...chartLocation(definitionsChart, spec.version.chart), ...common, name: definitionsChart },
    { ...owned, dependsOn },
  );
  return new k8s.helm.v3.Release(
    name,
    {
      ...chartLocation(chartName, spec.version.chart),
      ...common,
      name: chartName,
      skipCrds: true,
      values,
    },
    { ...owned, dependsOn: [definitions] },
  );
}

interface RoleParts {
  readonly namespace: pulumi.Output<string>;
  readonly queue: aws.sqs.Queue;
  readonly profile: aws.iam.InstanceProfile;
}

function createRole(
  { name, spec, owned }: Scope,
  { namespace, queue, profile }: RoleParts,
): pulumi.Resource[] {
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
  const document = controllerPolicy(spec, {
    nodeRoleArn: pulumi.interpolate`arn:aws:iam::${spec.accountId}:role/${spec.nodeRoleName}`,
    instanceProfileArn: profile.arn,
    queueArn: queue.arn,
    volumesKeyArn: spec.volumesKeyArn,
  });
  const policy = new aws.iam.RolePolicy(
    name,
    { role: role.name, policy: pulumi.jsonStringify(document) },
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
