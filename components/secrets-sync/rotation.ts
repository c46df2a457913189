import * as aws from "@pulumi/aws";
import type { Resource } from "@pulumi/pulumi";
import { functionCode } from "../shared/function-code";
import { rotationRules } from "../shared/rotation-times";
import { createFunction, type CreatedFunction } from "../shared/scheduled-function";
import type { SecretOrigin } from "../shared/service-record";
import { rotationStatements } from "./policies";
import { type DeclaredSecret, declaredSecrets, functionNames, type Scope } from "./scope";
import type { StoredSecret } from "./stored-secrets";

const httpsPort = 443;
/** A step is three calls of AWS; each is tried six times with growing pauses. */
const timeoutSeconds = 60;
const logRetentionDays = 365;

export interface Rotation {
  readonly created: CreatedFunction;
  /** What a first run needs: that Secrets Manager may start the function, and that it gets through to it. */
  readonly ready: readonly Resource[];
}

/** The function that makes new keys of our own, if a service declares any. */
export function createRotation(scope: Scope, key: aws.kms.Key): Rotation | undefined {
  const { name, spec, owned } = scope;
  if (declaredSecrets(spec, "generated").length === 0) return undefined;
  const { region, accountId, vpc, permissionsBoundaryArn, tags } = spec;
  const functionName = functionNames(name).rotation;
  const network = vpc === undefined ? undefined : createSecurityGroup(scope, vpc);
  const created = createFunction(
    functionName,
    {
      region,
      accountId,
      functionName,
      description: `Makes new keys for the services of ${spec.environment}; the ones before stay valid beside them`,
      code: functionCode("rotation"),
      policyStatements: rotationStatements(spec, functionName, key.arn),
      timeoutSeconds,
      logRetentionDays,
      keyArn: key.arn,
      ...(vpc !== undefined &&
        network !== undefined && {
          vpc: { subnetIds: vpc.subnetIds, securityGroupIds: [network.group.id] },
        }),
      ...(permissionsBoundaryArn !== undefined && { permissionsBoundaryArn }),
      tags,
    },
    owned,
  );
  const permission = new aws.lambda.Permission(
    functionName,
    {
      region,
      function: created.function.name,
      action: "lambda:InvokeFunction",
      principal: "secretsmanager.amazonaws.com",
      // Else it would start for the secrets of any account that knows its name.
      sourceAccount: accountId,
    },
    owned,
  );
  return { created, ready: [permission, ...(network === undefined ? [] : [network.rule])] };
}

function createSecurityGroup(
  { name, spec, owned }: Scope,
  { vpcId, endpointSecurityGroupId }: NonNullable<Scope["spec"]["vpc"]>,
): { group: aws.ec2.SecurityGroup; rule: aws.vpc.SecurityGroupEgressRule } {
  const { region, tags } = spec;
  const role = functionNames(name).rotation;
  const group = new aws.ec2.SecurityGroup(
    role,
    { region, vpcId, description: "Rotation of secrets", tags: { ...tags, Name: role } },
    owned,
  );
  const rule = new aws.vpc.SecurityGroupEgressRule(
    role,
    {
      region,
      securityGroupId: group.id,
      ...(endpointSecurityGroupId === undefined
        ? { cidrIpv4: "0.0.0.0/0", description: "Secrets Manager, over the NAT gateway" }
        : {
            referencedSecurityGroupId: endpointSecurityGroupId,
            description: "Secrets Manager, through its endpoint",
          }),
      ipProtocol: "tcp",
      fromPort: httpsPort,
      toPort: httpsPort,
      tags,
    },
    owned,
  );
  return { group, rule };
}

/** Rotates each secret that something can rotate; one of ours at once, so that a key is never missing. */
export function createRotations(
  { name, spec, owned }: Scope,
  secrets: readonly StoredSecret[],
  rotation: Rotation | undefined,
): void {
  for (const declared of secrets) {
    const rotationLambdaArn = functionOf(spec, declared, rotation);
    if (rotationLambdaArn === undefined) continue;
    const { secret, key, stored, policy } = declared;
    const isOurs = secret.origin === "generated";
    const fillsFirst = isOurs || storeRotationOf(spec, secret.origin)?.fillsFirst === true;
    new aws.secretsmanager.SecretRotation(
      `${name}-rotation-${key}`,
      {
        region: spec.region,
        secretId: stored.id,
        rotationLambdaArn,
        // Whoever else fills it first has to come before.
        rotateImmediately: fillsFirst,
        rotationRules: rotationRules(secret.rotation),
      },
      { ...owned, dependsOn: [policy, ...(isOurs ? (rotation?.ready ?? []) : [])] },
    );
  }
}

function functionOf(
  spec: Scope["spec"],
  { secret: { origin } }: DeclaredSecret,
  rotation: Rotation | undefined,
) {
  if (origin === "generated") return rotation?.created.function.arn;
  return storeRotationOf(spec, origin)?.functionArn;
}

function storeRotationOf({ storeRotations }: Scope["spec"], origin: SecretOrigin) {
  return origin === "generated" || origin === "issued-outside" ? undefined : storeRotations[origin];
}
