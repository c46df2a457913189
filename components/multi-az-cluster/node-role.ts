import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { nodeManagedPolicies, nodePolicy } from "./iam/node-policy";
import { serviceTrust } from "./iam/trust";
import { type ClusterScope, permissionsBoundary } from "./scope";

export interface NodeRole {
  role: aws.iam.Role;
  /** Without these a node neither joins nor pulls an image. */
  needed: pulumi.Resource[];
}

/**
 * The nodes' role and its way into the cluster. EKS would make the entry with the first node group, but never remove
 * it, and a role of the same name that is made anew would find no way in.
 * @see https://github.com/aws/containers-roadmap/issues/2631
 */
export function createNodeRole(
  { name, spec, owned }: ClusterScope,
  cluster: pulumi.Resource,
): NodeRole {
  const role = new aws.iam.Role(
    `${name}-nodes`,
    {
      description: `Nodes of cluster ${spec.clusterName}`,
      assumeRolePolicy: pulumi.jsonStringify(serviceTrust("ec2.amazonaws.com")),
      ...permissionsBoundary(spec),
      tags: spec.tags,
    },
    owned,
  );
  const attachments = nodeManagedPolicies.map(
    (policyName) =>
      new aws.iam.RolePolicyAttachment(
        `${name}-nodes-${policyName}`,
        { role: role.name, policyArn: `arn:aws:iam::aws:policy/${policyName}` },
        owned,
      ),
  );
  const policy = new aws.iam.RolePolicy(
    `${name}-nodes`,
    { role: role.name, policy: pulumi.jsonStringify(nodePolicy(spec)) },
    owned,
  );
  const entry = new aws.eks.AccessEntry(
    `${name}-nodes`,
    {
      clusterName: spec.clusterName,
      principalArn: role.arn,
      type: "EC2_LINUX",
      tags: spec.tags,
    },
    { ...owned, dependsOn: [cluster] },
  );
  return { role, needed: [...attachments, policy, entry] };
}
