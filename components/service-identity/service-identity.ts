import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { childOptions } from "../shared/child-options";
import {
  resolveServiceIdentityArgs,
  type ServiceIdentityArgs,
  type ServiceIdentitySpec,
} from "./args";

/**
 * Who a service is in AWS: a role that its service account alone gets, by EKS Pod Identity. A pod gets it at its start, so
 * let the service depend on this.
 */
export class ServiceIdentity extends pulumi.ComponentResource {
  readonly roleArn: pulumi.Output<string>;

  constructor(name: string, args: ServiceIdentityArgs, opts?: pulumi.ComponentResourceOptions) {
    const spec = resolveServiceIdentityArgs(name, args);
    super("platform:services:ServiceIdentity", name, spec, opts);
    const owned = childOptions(this, opts);
    const { region, namespace, serviceAccount, permissionsBoundaryArn, tags } = spec;

    const role = new aws.iam.Role(
      name,
      {
        description: `What ${serviceAccount} in ${namespace} may do in AWS`,
        assumeRolePolicy: JSON.stringify(podTrustPolicy(spec)),
        ...(permissionsBoundaryArn !== undefined && {
          permissionsBoundary: permissionsBoundaryArn,
        }),
        tags: { ...tags, service: serviceAccount },
      },
      owned,
    );
    const policy = new aws.iam.RolePolicy(
      name,
      {
        role: role.name,
        policy: pulumi.jsonStringify({ Version: "2012-10-17", Statement: [...spec.statements] }),
      },
      owned,
    );
    new aws.eks.PodIdentityAssociation(
      name,
      {
        region,
        clusterName: spec.clusterName,
        namespace,
        serviceAccount,
        roleArn: role.arn,
        tags,
      },
      { ...owned, dependsOn: [policy] },
    );

    this.roleArn = role.arn;
    this.registerOutputs({ roleArn: this.roleArn });
  }
}

/** Pods of this account and region only: the service would otherwise hand the role to anybody's. */
function podTrustPolicy({ region, accountId }: ServiceIdentitySpec): aws.iam.PolicyDocument {
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Service: "pods.eks.amazonaws.com" },
        Action: ["sts:AssumeRole", "sts:TagSession"],
        Condition: {
          StringEquals: { "aws:SourceAccount": accountId },
          ArnLike: { "aws:SourceArn": `arn:aws:eks:${region}:${accountId}:cluster/*` },
        },
      },
    ],
  };
}
