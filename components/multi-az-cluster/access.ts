import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { AccessEntryArgs, AccessPolicy } from "./args";
import type { ClusterScope } from "./scope";

/** @see https://docs.aws.amazon.com/eks/latest/userguide/access-policy-permissions.html */
const policyNames: Readonly<Record<AccessPolicy, string>> = {
  "cluster-admin": "AmazonEKSClusterAdminPolicy",
  admin: "AmazonEKSAdminPolicy",
  edit: "AmazonEKSEditPolicy",
  view: "AmazonEKSViewPolicy",
};

/**
 * Everybody's way in, the deployer's included: whatever this program puts into the cluster depends on these, so that
 * they are there first and go last.
 */
export function createAccessEntries(
  { name, spec, owned }: ClusterScope,
  cluster: pulumi.Resource,
): pulumi.Resource[] {
  return Object.entries(spec.accessEntries).flatMap(([key, entryArgs]) => {
    const entry = new aws.eks.AccessEntry(
      `${name}-access-${key}`,
      {
        clusterName: spec.clusterName,
        principalArn: entryArgs.principalArn,
        ...(entryArgs.groups !== undefined && { kubernetesGroups: [...entryArgs.groups] }),
        tags: spec.tags,
      },
      { ...owned, dependsOn: [cluster] },
    );
    const association = new aws.eks.AccessPolicyAssociation(
      `${name}-access-${key}`,
      {
        clusterName: entry.clusterName,
        principalArn: entry.principalArn,
        policyArn: `arn:aws:eks::aws:cluster-access-policy/${policyNames[entryArgs.policy]}`,
        accessScope: accessScope(entryArgs),
      },
      owned,
    );
    return [entry, association];
  });
}

function accessScope({ namespaces }: AccessEntryArgs) {
  return namespaces === undefined
    ? { type: "cluster" }
    : { type: "namespace", namespaces: [...namespaces] };
}
