import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { childOptions } from "../shared/child-options";
import { type DeployRoleArgs, resolveDeployRoleArgs } from "./args";
import { deployerPolicy, viewerPolicy } from "./policies";
import { audience, issuer, trustPolicy } from "./trust";

const secondsOfHour = 3600;

/**
 * Whom an account lets deploy: jobs of one repository in named GitHub environments, without a key that could be stolen,
 * and never beyond a boundary. Previews get a role of their own that reads and changes nothing. Made by the account's
 * owner before the first deployment, in a program of its own: a deployment must not be able to change it.
 */
export class DeployRole extends pulumi.ComponentResource {
  /** For AWS_ROLE_ARN of the GitHub environments that deploy. */
  readonly deployerArn: pulumi.Output<string>;
  /** For AWS_ROLE_ARN of their previews. */
  readonly viewerArn: pulumi.Output<string>;
  /** GitHub's identity provider, of which an account has one. */
  readonly identityProviderArn: pulumi.Output<string>;

  constructor(name: string, args: DeployRoleArgs, opts?: pulumi.ComponentResourceOptions) {
    const spec = resolveDeployRoleArgs(name, args);
    super("platform:delivery:DeployRole", name, spec, opts);

    const owned = childOptions(this, opts);
    this.identityProviderArn =
      spec.identityProviderArn === undefined
        ? new aws.iam.OpenIdConnectProvider(
            `${name}-github`,
            { url: `https://${issuer}`, clientIdLists: [audience], tags: spec.tags },
            owned,
          ).arn
        : pulumi.output(spec.identityProviderArn);
    const roles = {
      deployer: {
        name: spec.deployerName,
        description: "Deploys the platform",
        environments: spec.environments,
        policy: deployerPolicy(spec),
      },
      viewer: {
        name: spec.viewerName,
        description: "Looks at the platform and changes nothing",
        environments: spec.environments.map((environment) => `${environment}-preview`),
        policy: viewerPolicy(spec),
      },
    };
    const arnOf = (key: keyof typeof roles): pulumi.Output<string> => {
      const { name: roleName, description, environments, policy } = roles[key];
      const role = new aws.iam.Role(
        `${name}-${key}`,
        {
          name: roleName,
          description,
          assumeRolePolicy: pulumi.jsonStringify(
            trustPolicy(spec, environments, this.identityProviderArn),
          ),
          maxSessionDuration: spec.sessionHours * secondsOfHour,
          permissionsBoundary: spec.permissionsBoundaryArn,
          tags: spec.tags,
        },
        owned,
      );
      new aws.iam.RolePolicy(
        `${name}-${key}`,
        { role: role.name, policy: pulumi.jsonStringify(policy) },
        owned,
      );
      return role.arn;
    };
    this.deployerArn = arnOf("deployer");
    this.viewerArn = arnOf("viewer");
    this.registerOutputs({
      deployerArn: this.deployerArn,
      viewerArn: this.viewerArn,
      identityProviderArn: this.identityProviderArn,
    });
  }
}
