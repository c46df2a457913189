import type * as aws from "@pulumi/aws";
import * as eks from "@pulumi/eks";
import * as pulumi from "@pulumi/pulumi";
import type { NodeClassArgs, NodeClassName } from "./args";
import { createLaunchTemplate, type LaunchTemplateParts } from "./launch-templates";
import { nodeClassLabel, nodeClassOf, nodeTaints } from "../shared/node-classes";
import { capacityTypeOf, presentClasses } from "./node-classes";
import type { NodeRole } from "./node-role";
import type { ClusterScope } from "./scope";

/**
 * What the names of the Auto Scaling groups of a class begin with, as a regular expression: EKS names them after the node
 * groups, which Pulumi names after the component, the class and the zone.
 */
export function autoScalingGroupPattern(cluster: string, nodeClass: NodeClassName): string {
  return `^eks-${cluster}-${nodeClass}-`;
}

export interface NodeGroupParts extends LaunchTemplateParts {
  cluster: eks.Cluster;
  nodeRole: NodeRole;
  /** Access, network rules and the add-ons without which no node becomes ready. */
  dependsOn: pulumi.Resource[];
}

/**
 * A node group per class and zone: a volume belongs to a zone, and only a group of one zone lets the autoscaler choose
 * the zone in which a node comes.
 * @see https://docs.aws.amazon.com/eks/latest/best-practices/cas.html
 */
export function createNodeGroups(
  scope: ClusterScope,
  parts: NodeGroupParts,
): eks.ManagedNodeGroup[] {
  return presentClasses(scope.spec.nodeClasses).flatMap(([nodeClass, args]) => {
    const template = createLaunchTemplate(scope, [nodeClass, args], parts);
    return Object.entries(scope.spec.nodeSubnetIdByZone).map(([zone, subnetId]) =>
      createNodeGroup(scope, parts, { nodeClass, args, template, zone, subnetId }),
    );
  });
}

interface NodeGroupPlan {
  nodeClass: NodeClassName;
  args: NodeClassArgs;
  template: aws.ec2.LaunchTemplate;
  zone: string;
  subnetId: pulumi.Input<string>;
}

function createNodeGroup(
  { name, spec, owned }: ClusterScope,
  { cluster, nodeRole, dependsOn }: NodeGroupParts,
  { nodeClass, args, template, zone, subnetId }: NodeGroupPlan,
): eks.ManagedNodeGroup {
  const taint = nodeTaints[nodeClassOf(nodeClass)];
  return new eks.ManagedNodeGroup(
    `${name}-${nodeClass}-${zone}`,
    {
      cluster,
      clusterName: spec.clusterName,
      nodeRoleArn: nodeRole.role.arn,
      subnetIds: [subnetId],
      capacityType: capacityTypeOf(nodeClass, args),
      instanceTypes: [...args.instanceTypes],
      amiType: args.amiType,
      version: spec.versions.kubernetesVersion,
      ...releaseVersion(spec.versions.amiReleaseVersion[args.amiType]),
      launchTemplate: { id: template.id, version: pulumi.interpolate`${template.latestVersion}` },
      scalingConfig: {
        minSize: args.minPerZone,
        maxSize: args.maxPerZone,
        desiredSize: args.desired ?? args.minPerZone,
      },
      // The autoscaler's business from the first minute on.
      // @see https://docs.aws.amazon.com/eks/latest/best-practices/cas.html
      ignoreScalingChanges: true,
      labels: { [nodeClassLabel]: nodeClassOf(nodeClass) },
      taints: taint === undefined ? [] : [{ ...taint, effect: "NO_SCHEDULE" }],
      tags: { ...spec.tags, ...autoscalerTags(args) },
    },
    { ...owned, dependsOn, transforms: [guardNodeGroup] },
  );
}

function releaseVersion(version: string | undefined) {
  return version === undefined ? {} : { releaseVersion: version };
}

/**
 * For a class without a running node. The autoscaler reads labels and taints of managed groups from EKS itself; the
 * disk it can only know from here.
 * @see https://github.com/kubernetes/autoscaler/blob/master/cluster-autoscaler/cloudprovider/aws/README.md
 */
function autoscalerTags({ diskGiB }: NodeClassArgs): Record<string, string> {
  return {
    "k8s.io/cluster-autoscaler/node-template/resources/ephemeral-storage": `${diskGiB}Gi`,
  };
}

/** What eks.ManagedNodeGroup has no argument for: a third at a time is replaced, and broken nodes are repaired. */
export const guardNodeGroup: pulumi.ResourceTransform = ({ type, props, opts }) => {
  if (type !== "aws:eks/nodeGroup:NodeGroup") return undefined;
  return {
    props: {
      ...(props as aws.eks.NodeGroupArgs),
      updateConfig: { maxUnavailablePercentage: 33 },
      nodeRepairConfig: { enabled: true },
    },
    opts,
  };
};
