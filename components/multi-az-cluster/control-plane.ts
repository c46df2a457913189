import * as aws from "@pulumi/aws";
import * as eks from "@pulumi/eks";
import * as pulumi from "@pulumi/pulumi";
import { clusterPolicy } from "./iam/cluster-policy";
import { serviceTrust } from "./iam/trust";
import type { ClusterKeys } from "./keys";
import { logGroupName, type ClusterScope, permissionsBoundary } from "./scope";
import type { ClusterSecurityGroups } from "./security-groups";

const logTypes = ["api", "audit", "authenticator", "controllerManager", "scheduler"];

export interface ControlPlaneParts {
  keys: ClusterKeys;
  securityGroups: ClusterSecurityGroups;
}

/**
 * Log group, role and cluster. The log group exists first: EKS would make one without end of retention and without
 * encryption, outside of this program, and the next creation of the cluster would stumble over it.
 */
export function createControlPlane(scope: ClusterScope, parts: ControlPlaneParts): eks.Cluster {
  const { name, spec, owned } = scope;
  const { keys, securityGroups } = parts;
  const logGroup = new aws.cloudwatch.LogGroup(
    `${name}-logs`,
    {
      name: logGroupName(spec),
      retentionInDays: spec.logRetentionDays,
      kmsKeyId: keys.logs.arn,
      tags: spec.tags,
    },
    { ...owned, protect: spec.protect },
  );
  const role = new aws.iam.Role(
    `${name}-control-plane`,
    {
      description: `Control plane of cluster ${spec.clusterName}`,
      assumeRolePolicy: pulumi.jsonStringify(serviceTrust("eks.amazonaws.com")),
      ...permissionsBoundary(spec),
      tags: spec.tags,
    },
    owned,
  );
  const rolePolicy = new aws.iam.RolePolicy(
    `${name}-control-plane`,
    { role: role.name, policy: pulumi.jsonStringify(clusterPolicy(spec, keys.secrets.arn)) },
    owned,
  );
  return new eks.Cluster(
    name,
    {
      ...clusterArgs(scope, parts),
      serviceRole: role,
    },
    {
      ...owned,
      protect: spec.protect,
      // Resources that are handed over as such, the role and the group, make no edge by themselves.
      dependsOn: [logGroup, role, rolePolicy, securityGroups.controlPlane],
      transforms: [narrowCluster(spec.zonalShift)],
    },
  );
}

function clusterArgs({ spec }: ClusterScope, { keys, securityGroups }: ControlPlaneParts) {
  const { public: fromInternet = false } = spec.endpointAccess;
  return {
    name: spec.clusterName,
    version: spec.versions.kubernetesVersion,
    vpcId: spec.vpcId,
    subnetIds: [...spec.clusterSubnetIds],
    clusterSecurityGroup: securityGroups.controlPlane,
    skipDefaultSecurityGroups: true,
    skipDefaultNodeGroup: true,
    // Every add-on is declared, with its version, beside the cluster.
    bootstrapSelfManagedAddons: false,
    useDefaultVpcCni: true,
    kubeProxyAddonOptions: { enabled: false },
    corednsAddonOptions: { enabled: false },
    authenticationMode: eks.AuthenticationMode.Api,
    endpointPrivateAccess: true,
    endpointPublicAccess: fromInternet !== false,
    ...(fromInternet === false ? {} : { publicAccessCidrs: [...fromInternet.cidrBlocks] }),
    encryptionConfigKeyArn: keys.secrets.arn,
    enabledClusterLogTypes: logTypes,
    upgradePolicy: { supportType: spec.supportType },
    deletionProtection: spec.deletionProtection,
    ...(spec.kubeconfigRoleArn === undefined
      ? {}
      : { providerCredentialOpts: { roleArn: spec.kubeconfigRoleArn } }),
    tags: { ...spec.tags },
  } satisfies eks.ClusterArgs;
}

/**
 * What eks.Cluster has no argument for: nobody is administrator for having created the cluster, and zonal shift. The
 * component ignores later changes of the first, which AWS decides at creation.
 */
export function narrowCluster(zonalShift: boolean): pulumi.ResourceTransform {
  return ({ type, props, opts }) => {
    if (type !== "aws:eks/cluster:Cluster") return undefined;
    return {
      props: {
        ...(props as aws.eks.ClusterArgs),
        accessConfig: {
          authenticationMode: "API",
          bootstrapClusterCreatorAdminPermissions: false,
        },
        zonalShiftConfig: { enabled: zonalShift },
      },
      opts,
    };
  };
}
