import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { ChildOptions } from "../shared/child-options";
import { functionCode } from "../shared/function-code";
import { createFunction } from "../shared/scheduled-function";
import { createStoreAlarms } from "../shared/store-alarms";
import type { TraceStoreSpec } from "./args";
import { domainArn } from "./domain";

const httpsPort = 443;
/** A list and some deletions, each of seconds. */
const timeoutSeconds = 120;
const secondsOfDay = 86_400;

export function retentionFunctionName({ domainName }: Pick<TraceStoreSpec, "domainName">): string {
  return `${domainName}-retention`;
}

/** Before the domain, whose group admits it. */
export function createRetentionGroup(
  name: string,
  { region, network, domainName, tags }: TraceStoreSpec,
  owned: ChildOptions,
): aws.ec2.SecurityGroup {
  return new aws.ec2.SecurityGroup(
    `${name}-retention`,
    {
      region,
      vpcId: network.vpcId,
      description: `Retention of ${domainName}`,
      revokeRulesOnDelete: true,
      tags: { ...tags, Name: `${name}-retention` },
    },
    owned,
  );
}

interface RetentionParts {
  readonly spec: TraceStoreSpec;
  readonly domain: aws.opensearch.Domain;
  readonly key: aws.kms.Key;
  readonly group: aws.ec2.SecurityGroup;
  readonly access: aws.ec2.SecurityGroup;
}

/**
 * Deletes indices that are old, once a day. Neither Jaeger nor its cleaner would: the one leaves it to a policy inside of
 * the domain, which somebody would have to put there, and the other signs no request.
 */
export function createRetention(name: string, parts: RetentionParts, owned: ChildOptions): void {
  const { spec, domain, key, group, access } = parts;
  const { region, accountId, indexPrefix, retentionDays, permissionsBoundaryArn, tags } = spec;
  const way = new aws.vpc.SecurityGroupEgressRule(
    `${name}-retention-domain`,
    {
      region,
      securityGroupId: group.id,
      referencedSecurityGroupId: access.id,
      description: "The domain whose old indices it deletes",
      ipProtocol: "tcp",
      fromPort: httpsPort,
      toPort: httpsPort,
      tags,
    },
    owned,
  );
  const created = createFunction(
    `${name}-retention`,
    {
      region,
      accountId,
      functionName: retentionFunctionName(spec),
      description: `Deletes traces of ${spec.domainName} that are older than ${retentionDays} days`,
      code: functionCode("trace-retention"),
      environment: {
        ENDPOINT: pulumi.interpolate`https://${domain.endpoint}`,
        INDEX_PREFIX: indexPrefix,
        RETENTION_DAYS: String(retentionDays),
      },
      policyStatements: [
        {
          Sid: "DeleteOldIndices",
          Effect: "Allow",
          Action: ["es:ESHttpDelete", "es:ESHttpGet"],
          Resource: [`${domainArn(spec)}/${indexPrefix}-*`, `${domainArn(spec)}/_cat/indices/*`],
        },
      ],
      vpc: { subnetIds: [...spec.functionSubnetIds], securityGroupIds: [group.id] },
      timeoutSeconds,
      logRetentionDays: spec.logRetentionDays,
      keyArn: key.arn,
      reservedConcurrency: 1,
      ...(permissionsBoundaryArn !== undefined && { permissionsBoundaryArn }),
      schedule: { expression: "cron(30 3 * * ? *)", flexibleMinutes: 30 },
      tags,
    },
    { parent: owned.parent, dependsOn: [domain, way] },
  );
  alarmOfFailure(name, { spec, functionName: created.function.name }, owned);
}

interface FailureAlarm {
  readonly spec: TraceStoreSpec;
  readonly functionName: pulumi.Input<string>;
}

function alarmOfFailure(name: string, { spec, functionName }: FailureAlarm, owned: ChildOptions) {
  createStoreAlarms(
    `${name}-retention`,
    {
      region: spec.region,
      namespace: "AWS/Lambda",
      alarmTopicArn: spec.alarmTopicArn,
      tags: spec.tags,
      alarms: {
        failed: {
          description: `Old traces of ${spec.domainName} were not deleted: its disks fill. The log of the function says why.`,
          measure: { metricName: "Errors", dimensions: { FunctionName: functionName } },
          statistic: "Sum",
          threshold: 0,
          comparison: "GreaterThanThreshold",
          periodSeconds: secondsOfDay,
          periods: 1,
          missing: "notBreaching",
        },
      },
    },
    owned,
  );
}
