import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { podIdentityTrust } from "../shared/pod-identity";
import { loadBalancerPolicy } from "./iam/load-balancer-policy";
import { volumeDriverPolicyArn, volumeKeyPolicy } from "./iam/volume-policy";
import type { RoleKey } from "./problems-names";
import { type ClusterScope, permissionsBoundary } from "./scope";

/** A role that one service account of the cluster gets through Pod Identity. */
export interface ControllerRole {
  role: aws.iam.Role;
  /** To be there before the controller asks for anything. */
  policies: pulumi.Resource[];
  namespace: string;
  serviceAccount: string;
}

export interface ControllerRoles {
  vpcCni: ControllerRole;
  volumeDriver: ControllerRole;
  loadBalancers: ControllerRole;
}

/** Where all of these controllers run. */
const namespace = "kube-system";

/** A role per controller, instead of one on the nodes that every pod could borrow. */
export function createControllerRoles(
  scope: ClusterScope,
  volumesKeyArn: pulumi.Input<string>,
): ControllerRoles {
  const { spec } = scope;
  return {
    vpcCni: createControllerRole(scope, "vpc-cni", {
      serviceAccount: "aws-node",
      managedPolicyArn: "arn:aws:iam::aws:policy/AmazonEKS_CNI_Policy",
    }),
    volumeDriver: createControllerRole(scope, "aws-ebs-csi-driver", {
      serviceAccount: "ebs-csi-controller-sa",
      managedPolicyArn: volumeDriverPolicyArn,
      policy: volumeKeyPolicy(spec.region, volumesKeyArn),
    }),
    loadBalancers: createControllerRole(scope, "load-balancer-controller", {
      serviceAccount: "aws-load-balancer-controller",
      policy: loadBalancerPolicy(spec),
    }),
  };
}

interface Permissions {
  serviceAccount: string;
  managedPolicyArn?: string;
  policy?: aws.iam.PolicyDocument;
}

function createControllerRole(
  { name, spec, owned }: ClusterScope,
  key: RoleKey,
  { serviceAccount, managedPolicyArn, policy }: Permissions,
): ControllerRole {
  const roleName = `${name}-${key}`;
  const role = new aws.iam.Role(
    roleName,
    {
      description: `${namespace}/${serviceAccount} of cluster ${spec.clusterName}`,
      assumeRolePolicy: pulumi.jsonStringify(podIdentityTrust(spec, { namespace, serviceAccount })),
      ...permissionsBoundary(spec),
      tags: spec.tags,
    },
    owned,
  );
  const policies: pulumi.Resource[] = [];
  if (managedPolicyArn !== undefined) {
    policies.push(
      new aws.iam.RolePolicyAttachment(
        roleName,
        { role: role.name, policyArn: managedPolicyArn },
        owned,
      ),
    );
  }
  if (policy !== undefined) {
    policies.push(
      new aws.iam.RolePolicy(
        roleName,
        { role: role.name, policy: pulumi.jsonStringify(policy) },
        owned,
      ),
    );
  }
  return { role, policies, namespace, serviceAccount };
}
