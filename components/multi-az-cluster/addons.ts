import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { AddonName } from "../shared/versions";
import type { ControllerRole } from "./controller-roles";
import type { ClusterScope } from "./scope";

interface AddonTraits {
  /** JSON by the add-on's own schema: `aws eks describe-addon-configuration`. Default: none. */
  configuration?: object;
  /** Leaves the running add-on alone when it is deleted here. Default: false. */
  preserve?: boolean;
}

export interface AddonParts {
  /** What must be there first, and go after. */
  dependsOn: pulumi.Resource[];
  /** Default: the add-on calls no AWS API. */
  role?: ControllerRole;
}

/** An EKS add-on at exactly the version of the arguments. */
export function createAddon(
  scope: ClusterScope,
  addonName: AddonName,
  { dependsOn, role }: AddonParts,
): aws.eks.Addon {
  const { name, spec, owned } = scope;
  const { configuration, preserve = false } = addonTraits(scope, addonName);
  return new aws.eks.Addon(
    `${name}-${addonName}`,
    {
      clusterName: spec.clusterName,
      addonName,
      addonVersion: spec.versions.addons[addonName],
      // Nothing can be in the way at creation: the cluster starts without any add-on.
      resolveConflictsOnCreate: "NONE",
      resolveConflictsOnUpdate: "OVERWRITE",
      preserve,
      ...(configuration === undefined
        ? {}
        : { configurationValues: JSON.stringify(configuration) }),
      ...(role === undefined
        ? {}
        : {
            podIdentityAssociations: [
              { roleArn: role.role.arn, serviceAccount: role.serviceAccount },
            ],
          }),
      tags: spec.tags,
    },
    { ...owned, dependsOn: [...dependsOn, ...(role?.policies ?? [])] },
  );
}

function addonTraits({ spec }: ClusterScope, addonName: AddonName): AddonTraits {
  switch (addonName) {
    case "vpc-cni":
      // Pods keep their network to the last node's end, even if the order of a teardown is broken.
      return { configuration: { enableNetworkPolicy: "true" }, preserve: true };
    case "coredns":
      return { configuration: { autoScaling: coreDnsScaling(spec.nodeSubnetIdByZone) } };
    case "kube-proxy":
    case "eks-pod-identity-agent":
    case "eks-node-monitoring-agent":
    case "aws-ebs-csi-driver":
    case "metrics-server":
    case "snapshot-controller":
      return {};
  }
}

/** One per zone at least. @see https://docs.aws.amazon.com/eks/latest/userguide/coredns-autoscaling.html */
function coreDnsScaling(subnetIdByZone: object) {
  const zones = Object.keys(subnetIdByZone).length;
  return { enabled: true, minReplicas: zones, maxReplicas: 4 * zones };
}
