import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { NodeClassArgs, NodeClassName } from "./args";
import { nodeClassLabel, nodeClassOf } from "../shared/node-classes";
import { imageTraits } from "./node-classes";
import type { ClusterScope } from "./scope";

export interface LaunchTemplateParts {
  nodeSecurityGroupId: pulumi.Input<string>;
  volumesKeyArn: pulumi.Input<string>;
}

/** How the nodes of a class start: image, Kubernetes version and instance types stay with the node group. */
export function createLaunchTemplate(
  { name, spec, owned }: ClusterScope,
  [nodeClass, args]: [NodeClassName, NodeClassArgs],
  { nodeSecurityGroupId, volumesKeyArn }: LaunchTemplateParts,
): aws.ec2.LaunchTemplate {
  const tags = {
    ...spec.tags,
    Name: `${spec.clusterName}-${nodeClass}`,
    [nodeClassLabel]: nodeClassOf(nodeClass),
  };
  return new aws.ec2.LaunchTemplate(
    `${name}-${nodeClass}`,
    {
      description: `Nodes of class ${nodeClass} in cluster ${spec.clusterName}`,
      updateDefaultVersion: true,
      vpcSecurityGroupIds: [nodeSecurityGroupId],
      // One hop: the node itself, and no pod that has a network of its own, reaches the node's credentials.
      metadataOptions: {
        httpEndpoint: "enabled",
        httpTokens: "required",
        httpPutResponseHopLimit: 1,
        instanceMetadataTags: "disabled",
      },
      monitoring: { enabled: true },
      blockDeviceMappings: [
        {
          deviceName: imageTraits[args.amiType].rootDevice,
          ebs: {
            volumeType: "gp3",
            volumeSize: args.diskGiB,
            encrypted: "true",
            kmsKeyId: volumesKeyArn,
            deleteOnTermination: "true",
          },
        },
      ],
      tagSpecifications: ["instance", "volume", "network-interface"].map((resourceType) => ({
        resourceType,
        tags,
      })),
      tags: spec.tags,
    },
    owned,
  );
}
