import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type ChildOptions, childOptions } from "../shared/child-options";
import { databaseCertificates } from "../shared/database-certificates";
import { functionCode } from "../shared/function-code";
import { createFunction, type CreatedFunction } from "../shared/scheduled-function";
import {
  type DatabaseUsersArgs,
  type DatabaseUsersSpec,
  plannedUsers,
  resolveDatabaseUsersArgs,
} from "./args";
import { makerRoleName, makerRolePath, makerStatements, rotationStatements } from "./policies";

const httpsPort = 443;
const logRetentionDays = 365;
/** A user takes about a second; a database some. */
const makerSeconds = 300;
const rotationSeconds = 60;
const rotationWindow = "2h";

interface Scope {
  readonly name: string;
  readonly spec: DatabaseUsersSpec;
  readonly owned: ChildOptions;
}

/**
 * The functions that make databases and a user for each service, and that rotate the users in turns. What they are to make
 * is made by `createDatabaseUsers`, once the secrets that it fills are there.
 */
export class DatabaseUsers extends pulumi.ComponentResource {
  /** Rotates the secrets of origin database-user, as SecretsSync takes it. Undefined where secrets are replicas. */
  readonly rotationFunctionArn: pulumi.Output<string> | undefined;
  readonly rotationRoleArn: pulumi.Output<string> | undefined;
  readonly makerRoleArn: pulumi.Output<string>;
  readonly makerFunctionName: pulumi.Output<string>;
  /** What there is to be: the event of the function. */
  readonly order: pulumi.Output<string>;
  /** Without them the functions reach nothing. */
  readonly ready: readonly pulumi.Resource[];

  constructor(name: string, args: DatabaseUsersArgs, opts?: pulumi.ComponentResourceOptions) {
    const spec = resolveDatabaseUsersArgs(name, args);
    super("platform:data:DatabaseUsers", name, spec, opts);
    const scope: Scope = { name, spec, owned: childOptions(this, opts) };

    const { group, rules } = createNetwork(scope);
    const maker = createMaker(scope, group);
    const rotation = spec.secrets === "own" ? createRotation(scope, group) : undefined;

    this.ready = rules;
    this.makerRoleArn = maker.role.arn;
    this.makerFunctionName = maker.function.name;
    this.rotationFunctionArn = rotation?.functionArn;
    this.rotationRoleArn = rotation?.created.role.arn;
    this.order = createOrder(spec);
    this.registerOutputs({ makerFunctionName: this.makerFunctionName });
  }
}

function createOrder(spec: DatabaseUsersSpec): pulumi.Output<string> {
  const { cluster, databases, secrets } = spec;
  return pulumi.jsonStringify({
    host: cluster.endpoint,
    port: cluster.port,
    masterSecretId: cluster.masterSecretArn,
    writes: secrets === "own",
    databases: [...databases],
    users: plannedUsers(spec),
  });
}

/** To the database and to Secrets Manager, and the way in at the database. */
function createNetwork({ name, spec, owned }: Scope) {
  const { region, network, cluster, tags } = spec;
  const role = `${name}-database-functions`;
  const group = new aws.ec2.SecurityGroup(
    role,
    {
      region,
      vpcId: network.vpcId,
      description: "Functions that make and rotate database users",
      tags: { ...tags, Name: role },
    },
    owned,
  );
  const { endpointSecurityGroupId } = network;
  const toSecrets = new aws.vpc.SecurityGroupEgressRule(
    `${role}-secrets`,
    {
      region,
      securityGroupId: group.id,
      ...(endpointSecurityGroupId === undefined
        ? { cidrIpv4: "0.0.0.0/0" }
        : { referencedSecurityGroupId: endpointSecurityGroupId }),
      description: "Secrets Manager",
      ipProtocol: "tcp",
      fromPort: httpsPort,
      toPort: httpsPort,
      tags,
    },
    owned,
  );
  const port = { ipProtocol: "tcp", fromPort: cluster.port, toPort: cluster.port };
  const toDatabase = new aws.vpc.SecurityGroupEgressRule(
    `${role}-database`,
    {
      region,
      securityGroupId: group.id,
      referencedSecurityGroupId: cluster.securityGroupId,
      description: "The database",
      ...port,
      tags,
    },
    owned,
  );
  const intoDatabase = new aws.vpc.SecurityGroupIngressRule(
    role,
    {
      region,
      securityGroupId: cluster.securityGroupId,
      referencedSecurityGroupId: group.id,
      description: "PostgreSQL for the functions that make and rotate users",
      ...port,
      tags,
    },
    owned,
  );
  return { group, rules: [toSecrets, toDatabase, intoDatabase] };
}

function common({ spec }: Scope, functionName: string, group: aws.ec2.SecurityGroup) {
  const { region, accountId, network, cluster, permissionsBoundaryArn, tags } = spec;
  return {
    ...{ region, accountId, functionName, logRetentionDays, tags, keyArn: cluster.keyArn },
    vpc: { subnetIds: network.subnetIds, securityGroupIds: [group.id] },
    ...(permissionsBoundaryArn !== undefined && { permissionsBoundaryArn }),
  };
}

/** Beside each bundle, what the database's certificate is checked against. */
function code(name: string, region: string): pulumi.asset.AssetArchive {
  return functionCode(name, { "database-ca.pem": databaseCertificates(region) });
}

function createMaker(scope: Scope, group: aws.ec2.SecurityGroup): CreatedFunction {
  const { name, spec, owned } = scope;
  const functionName = `${name}-database-users`;
  return createFunction(
    functionName,
    {
      ...common(scope, functionName, group),
      description: `Makes the databases and users of ${spec.environment}`,
      code: code("database-users", spec.region),
      role: { name: makerRoleName(spec.environment, spec.region), path: makerRolePath },
      policyStatements: makerStatements(spec),
      timeoutSeconds: makerSeconds,
    },
    owned,
  );
}

function createRotation(scope: Scope, group: aws.ec2.SecurityGroup) {
  const { name, spec, owned } = scope;
  const functionName = `${name}-database-rotation`;
  const created = createFunction(
    functionName,
    {
      ...common(scope, functionName, group),
      description: `Rotates the database users of ${spec.environment}: two take turns`,
      code: code("database-rotation", spec.region),
      policyStatements: rotationStatements(spec, functionName),
      timeoutSeconds: rotationSeconds,
    },
    owned,
  );
  const permission = new aws.lambda.Permission(
    functionName,
    {
      region: spec.region,
      function: created.function.name,
      action: "lambda:InvokeFunction",
      principal: "secretsmanager.amazonaws.com",
      // Else it would start for the secrets of any account that knows its name.
      sourceAccount: spec.accountId,
    },
    owned,
  );
  // Secrets Manager refuses a function that it may not start.
  const functionArn = pulumi.all([created.function.arn, permission.id]).apply(([arn]) => arn);
  if (spec.cluster.masterPassword === "own")
    new aws.secretsmanager.SecretRotation(
      `${name}-database-master`,
      {
        region: spec.region,
        secretId: spec.cluster.masterSecretArn,
        rotationLambdaArn: functionArn,
        // The first password is replaced when users are made.
        rotateImmediately: false,
        rotationRules: {
          automaticallyAfterDays: spec.masterRotationDays,
          duration: rotationWindow,
        },
      },
      owned,
    );
  return { created, functionArn };
}

/**
 * Makes them, and again whenever there is something else to be. Let it depend on the instances of the database and on the
 * secrets; let services depend on it.
 */
export function createDatabaseUsers(
  name: string,
  users: DatabaseUsers,
  { region, ...opts }: pulumi.CustomResourceOptions & { readonly region: string },
): aws.lambda.Invocation {
  return new aws.lambda.Invocation(
    `${name}-database-users`,
    { region, functionName: users.makerFunctionName, input: users.order },
    { ...opts, dependsOn: [...[opts.dependsOn ?? []].flat(), ...users.ready] as pulumi.Resource[] },
  );
}
