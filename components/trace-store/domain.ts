import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { ChildOptions } from "../shared/child-options";
import { storeEngines } from "../shared/versions";
import { type TraceStoreSpec, zones } from "./args";

/** @see https://docs.aws.amazon.com/opensearch-service/latest/developerguide/createdomain-configure-slow-logs.html */
const logTypes = {
  application: "ES_APPLICATION_LOGS",
  "slow-index": "INDEX_SLOW_LOGS",
  "slow-search": "SEARCH_SLOW_LOGS",
} as const;

export function logGroupNames({ domainName }: Pick<TraceStoreSpec, "domainName">): string[] {
  return Object.keys(logTypes).map((log) => `/aws/opensearch/${domainName}/${log}`);
}

interface DomainParts {
  readonly spec: TraceStoreSpec;
  readonly key: aws.kms.Key;
  readonly access: aws.ec2.SecurityGroup;
}

/**
 * In the data tier, a node and a copy in each of three zones. Nobody gets in without a signature of AWS: there is no user
 * and no password, and what a role may do is for its policy to say.
 */
export function createDomain(
  name: string,
  { spec, key, access }: DomainParts,
  owned: ChildOptions,
): aws.opensearch.Domain {
  const { region, domainName, network, instanceType, storageGiB, protect, tags } = spec;
  const logs = createLogs(name, { spec, key }, owned);
  return new aws.opensearch.Domain(
    name,
    {
      region,
      domainName,
      engineVersion: storeEngines.opensearch.version,
      clusterConfig: {
        instanceType,
        instanceCount: zones,
        zoneAwarenessEnabled: true,
        zoneAwarenessConfig: { availabilityZoneCount: zones },
      },
      ebsOptions: { ebsEnabled: true, volumeType: "gp3", volumeSize: storageGiB },
      encryptAtRest: { enabled: true, kmsKeyId: key.arn },
      nodeToNodeEncryption: { enabled: true },
      domainEndpointOptions: {
        enforceHttps: true,
        tlsSecurityPolicy: "Policy-Min-TLS-1-2-PFS-2023-10",
      },
      vpcOptions: {
        subnetIds: network.subnetIds.slice(0, zones),
        securityGroupIds: [access.id],
      },
      logPublishingOptions: Object.values(logTypes).map((logType, index) => ({
        logType,
        enabled: true,
        cloudwatchLogGroupArn: logs.groups[index]?.arn ?? "",
      })),
      softwareUpdateOptions: { autoSoftwareUpdateEnabled: true },
      offPeakWindowOptions: { enabled: true },
      tags,
    },
    { ...owned, protect, dependsOn: logs.ready },
  );
}

function createLogs(
  name: string,
  { spec, key }: Pick<DomainParts, "spec" | "key">,
  owned: ChildOptions,
): { groups: aws.cloudwatch.LogGroup[]; ready: pulumi.Resource[] } {
  const { region, accountId, domainName, logRetentionDays, tags } = spec;
  const groups = Object.keys(logTypes).map(
    (log, index) =>
      new aws.cloudwatch.LogGroup(
        `${name}-${log}`,
        {
          region,
          name: logGroupNames(spec)[index] ?? "",
          retentionInDays: logRetentionDays,
          kmsKeyId: key.arn,
          tags,
        },
        owned,
      ),
  );
  const mayWrite = new aws.cloudwatch.LogResourcePolicy(
    `${name}-logs`,
    {
      region,
      policyName: `opensearch-${domainName}`,
      policyDocument: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Sid: "DomainWritesLogs",
            Effect: "Allow",
            Principal: { Service: "es.amazonaws.com" },
            Action: ["logs:CreateLogStream", "logs:PutLogEvents", "logs:PutLogEventsBatch"],
            Resource: logGroupNames(spec).map(
              (group) => `arn:aws:logs:${region}:${accountId}:log-group:${group}:*`,
            ),
            Condition: {
              StringEquals: { "aws:SourceAccount": accountId },
              ArnLike: { "aws:SourceArn": domainArn(spec) },
            },
          },
        ],
      }),
    },
    owned,
  );
  return { groups, ready: [mayWrite] };
}

export function domainArn({
  region,
  accountId,
  domainName,
}: Pick<TraceStoreSpec, "region" | "accountId" | "domainName">): string {
  return `arn:aws:es:${region}:${accountId}:domain/${domainName}`;
}
