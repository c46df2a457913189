import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { childOptions } from "../shared/child-options";
import {
  type ResolvedUserDirectoryArgs,
  resolveUserDirectoryArgs,
  type UserDirectoryArgs,
} from "./args";
import { createApplication, createClient, createSignInDomain } from "./client";
import { createPool } from "./pool";
import { createEventLog, createRiskConfiguration } from "./threat-protection";

/**
 * Who may use the platform: a pool of people that administrators let in, with a second factor, rules for passwords and a
 * watch over sign-ins that look like somebody else's. The plan with threat protection is billed per person and month.
 */
export class UserDirectory extends pulumi.ComponentResource {
  readonly userPoolId: pulumi.Output<string>;
  readonly userPoolArn: pulumi.Output<string>;
  readonly clientId: pulumi.Output<string>;
  /** Of the others, by name. */
  readonly applicationClientIds: Readonly<Record<string, pulumi.Output<string>>>;
  /** `iss` of the tokens; their keys are at `/.well-known/jwks.json` below it. */
  readonly issuer: pulumi.Output<string>;
  /** Host of the sign-in pages; absent without `signInDomain`. */
  readonly signInHost: string | undefined;
  /** Log group of every sign-in and its risk. */
  readonly eventLogGroupName: pulumi.Output<string>;

  constructor(name: string, args: UserDirectoryArgs, opts?: pulumi.ComponentResourceOptions) {
    const spec = resolveUserDirectoryArgs(name, args);
    super("platform:identity:UserDirectory", name, spec, opts);

    const owned = childOptions(this, opts);
    const pool = createPool(name, spec, owned);
    const parts = { spec, pool };
    const client = createClient(name, parts, owned);
    const applications = Object.keys(spec.applications).map(
      (application) =>
        [application, createApplication(name, { ...parts, application }, owned).id] as const,
    );
    createGroups(name, parts, owned);
    createSignInDomain(name, parts, owned);
    createRiskConfiguration(name, parts, owned);
    const events = createEventLog(name, parts, owned);
    if (spec.webAclArn !== undefined)
      new aws.wafv2.WebAclAssociation(
        `${name}-firewall`,
        { region: spec.region, resourceArn: pool.arn, webAclArn: spec.webAclArn },
        owned,
      );

    this.userPoolId = pool.id;
    this.userPoolArn = pool.arn;
    this.clientId = client.id;
    this.applicationClientIds = Object.fromEntries(applications);
    this.issuer = pulumi.interpolate`https://cognito-idp.${spec.region}.amazonaws.com/${pool.id}`;
    this.signInHost = signInHost(spec);
    this.eventLogGroupName = events.name;
    this.registerOutputs({
      userPoolId: this.userPoolId,
      userPoolArn: this.userPoolArn,
      clientId: this.clientId,
      applicationClientIds: this.applicationClientIds,
      issuer: this.issuer,
      signInHost: this.signInHost,
      eventLogGroupName: this.eventLogGroupName,
    });
  }
}

/** Who is in one is for administrators to say, like who is in the pool. */
function createGroups(
  name: string,
  { spec, pool }: { spec: ResolvedUserDirectoryArgs; pool: aws.cognito.UserPool },
  owned: pulumi.CustomResourceOptions,
): void {
  for (const [group, description] of Object.entries(spec.groups))
    new aws.cognito.UserGroup(
      `${name}-${group}`,
      { region: spec.region, userPoolId: pool.id, name: group, description },
      owned,
    );
}

function signInHost({ region, signInDomain }: UserDirectoryArgs): string | undefined {
  if (signInDomain === undefined) return undefined;
  return "domain" in signInDomain
    ? signInDomain.domain
    : `${signInDomain.prefix}.auth.${region}.amazoncognito.com`;
}
