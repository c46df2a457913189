import * as aws from "@pulumi/aws";
import { createStoreGroup } from "../shared/store-network";
import { cacheEngine, cachePort } from "./args";
import { type CacheScope, cacheNames } from "./scope";

interface GroupParts {
  readonly key: aws.kms.Key;
  readonly users: aws.elasticache.UserGroup;
}

/** One shard: a node that takes writes, and its replicas, of which one takes over when it is lost. */
export function createReplicationGroup(
  scope: CacheScope,
  { key, users }: GroupParts,
): aws.elasticache.ReplicationGroup {
  const { name, spec, owned } = scope;
  const { region, cacheName, network, nodes, windows, tags } = spec;
  const hasReplicas = nodes > 1;
  const subnets = new aws.elasticache.SubnetGroup(
    name,
    { region, name: cacheName, subnetIds: [...network.subnetIds], tags },
    owned,
  );
  const access = createStoreGroup(
    `${name}-access`,
    {
      ...{ region, network, tags },
      description: `Cache ${cacheName}`,
      ports: [{ port: cachePort, protocol: "Valkey over TLS" }],
    },
    owned,
  );
  return new aws.elasticache.ReplicationGroup(
    name,
    {
      region,
      replicationGroupId: cacheName,
      description: `Cache ${cacheName}`,
      engine: cacheEngine.engine,
      engineVersion: cacheEngine.version,
      // A new minor is a change of ours; patches within it come as service updates.
      autoMinorVersionUpgrade: false,
      nodeType: spec.nodeType,
      numCacheClusters: nodes,
      automaticFailoverEnabled: hasReplicas,
      multiAzEnabled: hasReplicas,
      port: cachePort,
      parameterGroupName: createParameters(scope).name,
      subnetGroupName: subnets.name,
      securityGroupIds: [access.group.id],
      atRestEncryptionEnabled: true,
      kmsKeyId: key.arn,
      transitEncryptionEnabled: true,
      transitEncryptionMode: "required",
      userGroupIds: [users.userGroupId],
      snapshotRetentionLimit: spec.snapshotRetentionDays,
      ...(spec.snapshotRetentionDays > 0 && { snapshotWindow: windows.snapshot }),
      ...(spec.protect && { finalSnapshotIdentifier: cacheNames(cacheName).lastSnapshot }),
      maintenanceWindow: windows.maintenance,
      // What is changed is changed now: a preview shows what will be, not what will be on Sunday.
      applyImmediately: true,
      logDeliveryConfigurations: createLogs(scope, key),
      tags,
    },
    { ...owned, protect: spec.protect, dependsOn: [...access.rules] },
  );
}

/** What the cache does when it is full: least recently used keys that would expire anyway go, others never. */
function createParameters({ name, spec, owned }: CacheScope): aws.elasticache.ParameterGroup {
  const { region, cacheName, tags } = spec;
  return new aws.elasticache.ParameterGroup(
    name,
    {
      region,
      name: cacheName,
      family: cacheEngine.family,
      description: `Parameters of cache ${cacheName}`,
      parameters: [
        { name: "maxmemory-policy", value: "volatile-lru" },
        // Connections of pods that are gone without a word, seconds.
        { name: "timeout", value: "3600" },
        { name: "tcp-keepalive", value: "300" },
      ],
      tags,
    },
    owned,
  );
}

function createLogs({ name, spec, owned }: CacheScope, key: aws.kms.Key) {
  const { region, cacheName, logRetentionDays, tags } = spec;
  const { slowLog, engineLog } = cacheNames(cacheName);
  return (
    [
      ["slow-log", slowLog],
      ["engine-log", engineLog],
    ] as const
  ).map(([logType, logGroupName]) => {
    const logGroup = new aws.cloudwatch.LogGroup(
      `${name}-${logType}`,
      {
        region,
        name: logGroupName,
        retentionInDays: logRetentionDays,
        kmsKeyId: key.arn,
        tags,
      },
      owned,
    );
    return {
      logType,
      logFormat: "json",
      destinationType: "cloudwatch-logs",
      destination: logGroup.name,
    };
  });
}
