import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { childOptions } from "../shared/child-options";
import { createStoreAlarms } from "../shared/store-alarms";
import { createStoreKey } from "../shared/store-key";
import { createStoreRotation, type StoreUserRotation } from "../shared/store-rotation";
import { cacheAlarms } from "./alarms";
import { cachePort, cacheUserId, type MultiAzCacheArgs, resolveMultiAzCacheArgs } from "./args";
import { createReplicationGroup } from "./replication-group";
import { type CacheScope, cacheNames } from "./scope";
import { createUsers } from "./users";

/** Twice the time that a step waits for a change to reach every node, as a step may wait twice. */
const rotationTimeoutSeconds = 900;
const rotationLogRetentionDays = 365;

/**
 * A cache (Valkey, which speaks Redis) over several zones: a node that takes writes and replicas that take over; encrypted
 * on the wire and at rest, entered by named users alone, each with a secret that is rotated.
 */
export class MultiAzCache extends pulumi.ComponentResource {
  /** Of the node that takes writes, whichever it is at the time. */
  readonly primaryHost: pulumi.Output<string>;
  /** Of all nodes, for reads that may be a moment old. */
  readonly readerHost: pulumi.Output<string>;
  readonly port: number;
  /** Gives users their first password and every one after; for whoever owns their secrets. */
  readonly rotation: StoreUserRotation;
  readonly keyArn: pulumi.Output<string>;

  constructor(name: string, args: MultiAzCacheArgs, opts?: pulumi.ComponentResourceOptions) {
    const spec = resolveMultiAzCacheArgs(name, args);
    super("platform:data:MultiAzCache", name, spec, opts);
    const scope: CacheScope = { name, spec, owned: childOptions(this, opts) };

    const key = createKey(scope);
    const users = createUsers(scope);
    const group = createReplicationGroup(scope, { key, users });
    createStoreAlarms(
      name,
      { ...spec, namespace: "AWS/ElastiCache", alarms: cacheAlarms(spec) },
      scope.owned,
    );
    const { functionArn, roleArn } = createRotation(scope, key);

    this.primaryHost = group.primaryEndpointAddress;
    this.readerHost = group.readerEndpointAddress;
    this.port = cachePort;
    // A user that is not there yet cannot be rotated.
    const ready = pulumi.all([functionArn, users.id]).apply(([arn]) => arn);
    this.rotation = { functionArn: ready, roleArn };
    this.keyArn = key.arn;
    this.registerOutputs({
      primaryHost: this.primaryHost,
      readerHost: this.readerHost,
      port: this.port,
      rotation: this.rotation,
      keyArn: this.keyArn,
    });
  }
}

function createKey({ name, spec, owned }: CacheScope): aws.kms.Key {
  const { slowLog, engineLog, rotation } = cacheNames(spec.cacheName);
  return createStoreKey(
    name,
    {
      ...spec,
      description: `Cache ${spec.cacheName}, its snapshots and its logs`,
      logGroupNames: [slowLog, engineLog, `/aws/lambda/${rotation}`],
    },
    owned,
  );
}

/** Asks AWS alone, never the cache: so it needs no place in the network. */
function createRotation({ name, spec, owned }: CacheScope, key: aws.kms.Key): StoreUserRotation {
  const { region, accountId, cacheName, users, permissionsBoundaryArn } = spec;
  const secrets = Object.entries(users).map(
    ([user, { secretName }]) => [secretName, cacheUserId(spec, user)] as const,
  );
  return createStoreRotation(
    `${name}-users`,
    {
      region,
      accountId,
      code: "cache-users",
      functionName: cacheNames(cacheName).rotation,
      description: `Makes new passwords for the users of cache ${cacheName}; the ones before stay valid beside them`,
      environment: { CACHE_USERS: JSON.stringify(Object.fromEntries(secrets)) },
      secrets: {
        names: secrets.map(([secretName]) => secretName),
        keyAlias: spec.secretsKeyAlias,
      },
      statements: [
        {
          Sid: "SetPasswords",
          Effect: "Allow",
          Action: ["elasticache:DescribeUsers", "elasticache:ModifyUser"],
          Resource: secrets.map(
            ([, userId]) => `arn:aws:elasticache:${region}:${accountId}:user:${userId}`,
          ),
        },
      ],
      timeoutSeconds: rotationTimeoutSeconds,
      logRetentionDays: rotationLogRetentionDays,
      keyArn: key.arn,
      ...(permissionsBoundaryArn !== undefined && { permissionsBoundaryArn }),
      tags: spec.tags,
    },
    owned,
  );
}
