import type * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { createAccessEntries } from "./access";
import { createAddon } from "./addons";
import type { MultiAzClusterArgs } from "./args";
import { createControlPlane } from "./control-plane";
import { createControllerRoles, type ControllerRoles } from "./controller-roles";
import { createKeys } from "./keys";
import { createKubernetesProvider, createStorageClass, readEndpoint } from "./kubernetes";
import { createLoadBalancerController } from "./load-balancer-controller";
import { createNodeGroups } from "./node-groups";
import { createNodeRole } from "./node-role";
import { resolveMultiAzClusterArgs } from "./resolve-args";
import type { ClusterScope } from "./scope";
import { createSecurityGroups } from "./security-groups";

/**
 * Kubernetes in several zones: a private, encrypted, logged control plane, nodes by class and zone, every add-on at a
 * pinned version, and the load balancer controller. One step waits for the other, in both directions.
 */
export class MultiAzCluster extends pulumi.ComponentResource {
  /** Known in a preview; whatever uses it comes after cluster and access. */
  readonly clusterName: pulumi.Output<string>;
  /** Address of the Kubernetes API. */
  readonly endpoint: pulumi.Output<string>;
  /** The control plane's own group, not the one that EKS makes beside it. */
  readonly clusterSecurityGroupId: pulumi.Output<string>;
  /** The group of all nodes and so of all pods: what stores let in. */
  readonly nodeSecurityGroupId: pulumi.Output<string>;
  /** Holds no credential: it calls `aws eks get-token`. */
  readonly kubeconfigJson: pulumi.Output<string>;
  /** Issuer of service account tokens, without "https://". */
  readonly oidcIssuer: pulumi.Output<string>;
  /** For what nodes do beyond the cluster, such as filling a registry's cache. */
  readonly nodeRoleName: pulumi.Output<string>;
  /** Key of the nodes' and pods' volumes. */
  readonly volumesKeyArn: pulumi.Output<string>;
  /** For everything inside the cluster. */
  readonly provider: k8s.Provider;
  /** What everything inside the cluster must depend on, so that it comes after the controllers and goes before them. */
  readonly ready: pulumi.Resource[];

  constructor(name: string, args: MultiAzClusterArgs, opts?: pulumi.ComponentResourceOptions) {
    const spec = resolveMultiAzClusterArgs(name, args);
    super("platform:cluster:MultiAzCluster", name, spec, opts);
    const scope: ClusterScope = { name, spec, owned: { parent: this } };

    const keys = createKeys(scope);
    const securityGroups = createSecurityGroups(scope);
    const cluster = createControlPlane(scope, { keys, securityGroups });
    const access = [cluster, ...createAccessEntries(scope, cluster)];
    const roles = createControllerRoles(scope, keys.volumes.arn);
    const vpcCni = createAddon(scope, "vpc-cni", { dependsOn: access, role: roles.vpcCni });
    const network = [vpcCni, ...createNodePrerequisites(scope, access)];
    const nodeRole = createNodeRole(scope, cluster);
    const nodes = createNodeGroups(scope, {
      cluster,
      nodeRole,
      nodeSecurityGroupId: securityGroups.nodes.id,
      volumesKeyArn: keys.volumes.arn,
      dependsOn: [...nodeRole.needed, ...securityGroups.rules, ...network],
    });
    const addons = createNodeAddons(scope, roles, nodes);
    this.provider = createKubernetesProvider(scope, cluster.kubeconfigJson, access);
    const inside = { provider: this.provider, dependsOn: addons };
    const storageClass = createStorageClass(scope, { ...inside, volumesKeyArn: keys.volumes.arn });
    const controller = createLoadBalancerController(scope, {
      ...inside,
      controllerRole: roles.loadBalancers,
    });

    // Each of them waits for the step before: the last ones stand for all.
    this.ready = [storageClass, ...controller];
    this.clusterName = vpcCni.clusterName;
    this.endpoint = cluster.kubeconfigJson.apply(readEndpoint);
    this.clusterSecurityGroupId = securityGroups.controlPlane.id;
    this.nodeSecurityGroupId = securityGroups.nodes.id;
    this.kubeconfigJson = cluster.kubeconfigJson;
    this.oidcIssuer = cluster.oidcIssuer;
    this.nodeRoleName = nodeRole.role.name;
    this.volumesKeyArn = keys.volumes.arn;
    this.registerOutputs({
      clusterName: this.clusterName,
      endpoint: this.endpoint,
      clusterSecurityGroupId: this.clusterSecurityGroupId,
      nodeSecurityGroupId: this.nodeSecurityGroupId,
      kubeconfigJson: this.kubeconfigJson,
      oidcIssuer: this.oidcIssuer,
      nodeRoleName: this.nodeRoleName,
      volumesKeyArn: this.volumesKeyArn,
    });
  }

  /**
   * Makes everything that is put into the cluster from now on come after these, and go before them: what brings nodes is
   * made outside of this component, and nothing runs without nodes.
   */
  comesAfter(resources: readonly pulumi.Resource[]): void {
    this.ready.push(...resources);
  }
}

/** What a node needs beside the network plugin: the way to services, and credentials for the plugin's own pods. */
function createNodePrerequisites(
  scope: ClusterScope,
  dependsOn: pulumi.Resource[],
): pulumi.Resource[] {
  return [
    createAddon(scope, "kube-proxy", { dependsOn }),
    createAddon(scope, "eks-pod-identity-agent", { dependsOn }),
  ];
}

/** What runs on nodes, or repairs them. */
function createNodeAddons(
  scope: ClusterScope,
  roles: ControllerRoles,
  dependsOn: pulumi.Resource[],
): pulumi.Resource[] {
  const snapshotController = createAddon(scope, "snapshot-controller", { dependsOn });
  return [
    createAddon(scope, "coredns", { dependsOn }),
    createAddon(scope, "eks-node-monitoring-agent", { dependsOn }),
    createAddon(scope, "metrics-server", { dependsOn }),
    snapshotController,
    // The driver looks for the kinds that the snapshot controller brings.
    createAddon(scope, "aws-ebs-csi-driver", {
      dependsOn: [...dependsOn, snapshotController],
      role: roles.volumeDriver,
    }),
  ];
}
