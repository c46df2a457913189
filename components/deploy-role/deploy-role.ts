import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { childOptions } from "../shared/child-options";
import { type DeployRoleArgs, type DeployRoleSpec, resolveDeployRoleArgs } from "./args";
import { deployerPolicy, viewerPolicy } from "./policies";
import { secretsAdministratorPolicy } from "./secrets-administrator";
import { audience, issuer, peopleTrustPolicy, trustPolicy } from "./trust";

const secondsOfHour = 3600;

/**
 * Whom an account lets deploy: jobs of one repository in named GitHub environments, without a key that could be stolen,
 * and never beyond a boundary. Previews get a role of their own that reads and changes nothing, and the people who fill
 * secrets one that the deployer cannot touch. Made by the account's owner before the first deployment, in a program of its own: a deployment must not be able to change it.
 */
export class DeployRole extends pulumi.ComponentResource {
  /** For AWS_ROLE_ARN of the GitHub environments that deploy. */
  readonly deployerArn: pulumi.Output<string>;
  /** For AWS_ROLE_ARN of their previews. */
  readonly viewerArn: pulumi.Output<string>;
  /** For auterity:access.secretsAdministratorRole; undefined where nobody is named who may assume it. */
  readonly secretsAdministratorArn: pulumi.Output<string> | undefined;
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
    const workflows = (environments: readonly string[]) =>
      trustPolicy(spec, environments, this.identityProviderArn);
    const made = (key: string, role: MadeRole) => makeRole(`${name}-${key}`, { spec, role }, owned);
    this.deployerArn = made("deployer", {
      name: spec.deployerName,
      description: "Deploys the platform",
      trust: workflows(spec.environments),
      policy: deployerPolicy(spec),
    });
    this.viewerArn = made("viewer", {
      name: spec.viewerName,
      description: "Looks at the platform and changes nothing",
      trust: workflows(spec.environments.map((environment) => `${environment}-preview`)),
      policy: viewerPolicy(spec),
    });
    this.secretsAdministratorArn =
      spec.secretsPeopleRoleArns.length === 0
        ? undefined
        : made("secrets", {
            name: spec.secretsAdministratorName,
            description: "Fills, reads and replaces the secrets of the platform",
            trust: peopleTrustPolicy(spec.secretsPeopleRoleArns),
            policy: secretsAdministratorPolicy(spec),
          });
    this.registerOutputs({
      deployerArn: this.deployerArn,
      viewerArn: this.viewerArn,
      secretsAdministratorArn: this.secretsAdministratorArn,
      identityProviderArn: this.identityProviderArn,
    });
  }
}

interface MadeRole {
  readonly name: string;
  readonly description: string;
  readonly trust: aws.iam.PolicyDocument;
  readonly policy: aws.iam.PolicyDocument;
}

function makeRole(
  childName: string,
  { spec, role: { name, description, trust, policy } }: { spec: DeployRoleSpec; role: MadeRole },
  owned: pulumi.CustomResourceOptions,
): pulumi.Output<string> {
  const role = new aws.iam.Role(
    childName,
    {
      name,
      description,
      assumeRolePolicy: pulumi.jsonStringify(trust),
      maxSessionDuration: spec.sessionHours * secondsOfHour,
      permissionsBoundary: spec.permissionsBoundaryArn,
      tags: spec.tags,
    },
    owned,
  );
  new aws.iam.RolePolicy(
    childName,
    { role: role.name, policy: pulumi.jsonStringify(policy) },
    owned,
  );
  return role.arn;
}
