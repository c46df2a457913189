import * as aws from "@pulumi/aws";
import type { Output } from "@pulumi/pulumi";
import { createParameterGroups } from "./parameters";
import {
  databaseKeyPolicy,
  exportedLogs,
  logGroupName,
  monitoringPolicy,
  monitoringTrustPolicy,
} from "./policies";
import { databasePort, type RegionParts, type RegionScope } from "./scope";

const keyDeletionDays = 30;

/** What a cluster stands on. */
export function createRegionParts(scope: RegionScope): RegionParts {
  const keyArn = createKey(scope);
  return {
    keyArn,
    ...createNetworkParts(scope),
    ...createParameterGroups(scope),
    monitoringRole: createMonitoringRole(scope),
    logGroups: createLogGroups(scope, keyArn),
  };
}

/** Each region's copy has a key of its own: what is encrypted here never needs the other region. */
function createKey({ clusterName, region, spec, owned }: RegionScope): Output<string> {
  const key = new aws.kms.Key(
    clusterName,
    {
      region,
      description: `Database ${clusterName}`,
      deletionWindowInDays: keyDeletionDays,
      policy: JSON.stringify(databaseKeyPolicy({ region, accountId: spec.accountId }, clusterName)),
      enableKeyRotation: true,
      tags: spec.tags,
    },
    { ...owned, protect: spec.protect },
  );
  new aws.kms.Alias(
    clusterName,
    { region, name: `alias/${clusterName}`, targetKeyId: key.keyId },
    owned,
  );
  return key.arn;
}

/** Clients get in by their groups; nothing gets out, since a database answers and never asks. */
function createNetworkParts({ clusterName, region, network, spec, owned }: RegionScope) {
  const { tags } = spec;
  const subnetGroup = new aws.rds.SubnetGroup(
    clusterName,
    {
      region,
      name: clusterName,
      description: `Data subnets of ${clusterName}`,
      subnetIds: Object.values(network.subnetIdByZone),
      tags,
    },
    owned,
  );
  const securityGroup = new aws.ec2.SecurityGroup(
    clusterName,
    {
      region,
      vpcId: network.vpcId,
      description: `Database ${clusterName}`,
      tags: { ...tags, Name: clusterName },
    },
    owned,
  );
  for (const [client, groupId] of Object.entries(network.clientSecurityGroupIds))
    new aws.vpc.SecurityGroupIngressRule(
      `${clusterName}-${client}`,
      {
        region,
        securityGroupId: securityGroup.id,
        referencedSecurityGroupId: groupId,
        description: `PostgreSQL for ${client}`,
        ipProtocol: "tcp",
        fromPort: databasePort,
        toPort: databasePort,
        tags,
      },
      owned,
    );
  return { subnetGroup, securityGroup };
}

function createMonitoringRole({ clusterName, region, spec, owned }: RegionScope): aws.iam.Role {
  const { accountId, permissionsBoundaryArn, tags } = spec;
  const role = new aws.iam.Role(
    `${clusterName}-monitoring`,
    {
      description: `Lets RDS write what the instances of ${clusterName} measure`,
      assumeRolePolicy: JSON.stringify(monitoringTrustPolicy({ region, accountId })),
      ...(permissionsBoundaryArn !== undefined && { permissionsBoundary: permissionsBoundaryArn }),
      tags,
    },
    owned,
  );
  new aws.iam.RolePolicy(
    `${clusterName}-monitoring`,
    { role: role.name, policy: JSON.stringify(monitoringPolicy({ region, accountId })) },
    owned,
  );
  return role;
}

/** Made here, or RDS would make them: unencrypted and for ever. */
function createLogGroups(
  { clusterName, region, spec, owned }: RegionScope,
  keyArn: Output<string>,
): aws.cloudwatch.LogGroup[] {
  return exportedLogs.map(
    (log) =>
      new aws.cloudwatch.LogGroup(
        `${clusterName}-${log}`,
        {
          region,
          name: logGroupName(clusterName, log),
          retentionInDays: spec.logRetentionDays,
          kmsKeyId: keyArn,
          tags: spec.tags,
        },
        owned,
      ),
  );
}
