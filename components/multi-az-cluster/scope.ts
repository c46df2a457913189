import type * as pulumi from "@pulumi/pulumi";
import type { ClusterSpec } from "./args";

/** What every part of the cluster is made from: the component's name, its checked arguments and itself as parent. */
export interface ClusterScope {
  readonly name: string;
  readonly spec: ClusterSpec;
  readonly owned: { readonly parent: pulumi.Resource };
}

/** For the roles of the cluster: a bound where one is given. */
export function permissionsBoundary({
  permissionsBoundaryArn,
}: Pick<ClusterSpec, "permissionsBoundaryArn">): { permissionsBoundary?: pulumi.Input<string> } {
  return permissionsBoundaryArn === undefined
    ? {}
    : { permissionsBoundary: permissionsBoundaryArn };
}

/** The group that EKS writes control-plane logs to; it cannot be told another name. */
export function logGroupName({ clusterName }: Pick<ClusterSpec, "clusterName">): string {
  return `/aws/eks/${clusterName}/cluster`;
}
