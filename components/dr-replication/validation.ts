import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { databaseCertificates } from "../shared/database-certificates";
import { functionCode } from "../shared/function-code";
import { createFunction, type CreatedFunction } from "../shared/scheduled-function";
import type { RestoreTest, KeptStore } from "./args";
import { heartbeat } from "./checks";
import { bucketsOf, databasesOf } from "./policies";
import { validationFunctionName } from "./restore-testing";
import type { Scope, Vaults } from "./scope";
import { validationStatements } from "./validation-policies";

type Database = Extract<KeptStore, { kind: "database" }>;

const httpsPort = 443;
/** The longest that Lambda lets a run take; AWS Lambda starts it twice again, which an instance that takes long needs. */
const timeoutSeconds = 900;
const memoryMiB = 512;

export interface ValidationNetwork {
  readonly functionGroup: aws.ec2.SecurityGroup;
  /** Of what is restored: lets nobody in but the function. */
  readonly restoredGroup: aws.ec2.SecurityGroup;
  readonly rules: readonly pulumi.Resource[];
}

/** The function reaches AWS, the databases and what is restored of them; nothing reaches the function. */
export function createValidationNetwork(scope: Scope, { network }: RestoreTest): ValidationNetwork {
  const { name, spec, owned } = scope;
  const { region, tags } = spec;
  const group = (role: string, description: string) =>
    new aws.ec2.SecurityGroup(
      role,
      { region, vpcId: network.vpcId, description, tags: { ...tags, Name: role } },
      owned,
    );
  const functionGroup = group(
    validationFunctionName(name),
    "Function that looks into restored stores",
  );
  const restoredGroup = group(`${name}-restored`, "Databases that a restore test restored");
  const toAws = new aws.vpc.SecurityGroupEgressRule(
    `${validationFunctionName(name)}-aws`,
    {
      region,
      securityGroupId: functionGroup.id,
      // Not every service that it calls has an endpoint in the network.
      cidrIpv4: "0.0.0.0/0",
      description: "AWS Backup, RDS, S3 and Secrets Manager",
      ipProtocol: "tcp",
      fromPort: httpsPort,
      toPort: httpsPort,
      tags,
    },
    owned,
  );
  const { endpointSecurityGroupId } = network;
  const toEndpoints =
    endpointSecurityGroupId === undefined
      ? []
      : [
          new aws.vpc.SecurityGroupEgressRule(
            `${validationFunctionName(name)}-endpoints`,
            {
              region,
              securityGroupId: functionGroup.id,
              referencedSecurityGroupId: endpointSecurityGroupId,
              description: "Secrets Manager, inside of the network",
              ipProtocol: "tcp",
              fromPort: httpsPort,
              toPort: httpsPort,
              tags,
            },
            owned,
          ),
        ];
  const rules = databasesOf(spec).flatMap(([key, database]) => [
    ...connect(scope, functionGroup, { key, port: database.port, to: database.securityGroupId }),
    ...connect(scope, functionGroup, {
      key: `restored-${key}`,
      port: database.port,
      to: restoredGroup.id,
    }),
  ]);
  return { functionGroup, restoredGroup, rules: [toAws, ...toEndpoints, ...rules] };
}

interface Way {
  readonly key: string;
  readonly port: number;
  readonly to: pulumi.Input<string>;
}

/** Out of the function, and into the database. */
function connect(
  { name, spec, owned }: Scope,
  functionGroup: aws.ec2.SecurityGroup,
  { key, port, to }: Way,
): pulumi.Resource[] {
  const { region, tags } = spec;
  const role = `${validationFunctionName(name)}-${key}`;
  const ports = { ipProtocol: "tcp", fromPort: port, toPort: port };
  return [
    new aws.vpc.SecurityGroupEgressRule(
      role,
      {
        ...{ region, ...ports, tags },
        securityGroupId: functionGroup.id,
        referencedSecurityGroupId: to,
        description: "PostgreSQL",
      },
      owned,
    ),
    new aws.vpc.SecurityGroupIngressRule(
      role,
      {
        ...{ region, ...ports, tags },
        securityGroupId: to,
        referencedSecurityGroupId: functionGroup.id,
        description: "PostgreSQL for the function that looks into restored stores",
      },
      owned,
    ),
  ];
}

interface ValidationParts {
  readonly test: RestoreTest;
  readonly plan: aws.backup.RestoreTestingPlan;
  readonly vaults: Vaults;
  readonly network: ValidationNetwork;
}

/** Started by every end of a restore, and every minute for the heartbeat by which the loss is measured. */
export function createValidation(scope: Scope, parts: ValidationParts): CreatedFunction {
  const { name, spec, owned } = scope;
  const { region, accountId, logRetentionDays, permissionsBoundaryArn, tags } = spec;
  const { test, plan, vaults, network } = parts;
  const functionName = validationFunctionName(name);
  const created = createFunction(
    functionName,
    {
      ...{ region, accountId, functionName, logRetentionDays, tags, timeoutSeconds, memoryMiB },
      description: `Looks into what restore tests of ${name} restored`,
      code: functionCode("restore-validation", {
        "database-ca.pem": databaseCertificates(region),
      }),
      environment: { VALIDATION_ORDER: orderOf(scope, plan, test) },
      policyStatements: validationStatements(spec, vaults.here.key.arn),
      vpc: {
        subnetIds: test.network.subnetIds,
        securityGroupIds: [network.functionGroup.id],
      },
      keyArn: vaults.here.key.arn,
      ...(permissionsBoundaryArn !== undefined && { permissionsBoundaryArn }),
      ...(databasesOf(spec).length > 0 && {
        schedule: { expression: "rate(1 minute)", input: { heartbeat: "true" } },
      }),
    },
    { ...owned, dependsOn: [...network.rules] },
  );
  startByEvents(scope, created.function);
  return created;
}

function startByEvents({ name, spec, owned }: Scope, target: aws.lambda.Function): void {
  const { region, tags } = spec;
  const functionName = validationFunctionName(name);
  const rule = new aws.cloudwatch.EventRule(
    functionName,
    {
      region,
      name: functionName,
      description: `Ends of restores, for ${functionName}`,
      eventPattern: JSON.stringify({
        source: ["aws.backup"],
        "detail-type": ["Restore Job State Change"],
        detail: { status: ["COMPLETED", "FAILED", "ABORTED"] },
      }),
      tags,
    },
    owned,
  );
  const permission = new aws.lambda.Permission(
    functionName,
    {
      region,
      function: target.name,
      action: "lambda:InvokeFunction",
      principal: "events.amazonaws.com",
      sourceArn: rule.arn,
    },
    owned,
  );
  new aws.cloudwatch.EventTarget(
    functionName,
    { region, rule: rule.name, arn: target.arn },
    { ...owned, dependsOn: [permission] },
  );
}

/** What the function reads from its environment: functions/restore-validation/order.ts. */
function orderOf(
  { spec }: Scope,
  plan: aws.backup.RestoreTestingPlan,
  { rpoHours }: RestoreTest,
): pulumi.Output<string> {
  const [, database] = databasesOf(spec)[0] ?? [];
  return pulumi.jsonStringify({
    environment: spec.environment,
    planArn: plan.arn,
    ...(database !== undefined && { database: databaseOrder(database, rpoHours * 3600) }),
    buckets: pulumi
      .all(
        bucketsOf(spec).map(([, { arn, checks }]) =>
          pulumi.output(arn).apply((it) => [it, checks] as const),
        ),
      )
      .apply((entries) => Object.fromEntries(entries)),
  });
}

function databaseOrder(database: Database, atMostSeconds: number) {
  const { arn, endpoint, port, masterSecretArn, instanceClass, checks } = database;
  return {
    clusterArn: arn,
    host: endpoint,
    port,
    secretId: masterSecretArn,
    instanceClass,
    checks: [
      { kind: "newest-record", ...heartbeat, atMostSeconds },
      // Every minute a row, never changed: what is the same there was restored whole.
      { kind: "checksum", ...heartbeat, settledSeconds: 60 },
      ...checks,
    ],
  };
}
