import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { childOptions } from "../shared/child-options";
import { createAlarms, createEventSubscriptions, createGlobalLagAlarm } from "./alarms";
import {
  type GlobalDatabase,
  type MultiAzDatabaseArgs,
  type MultiAzDatabaseSpec,
  resolveMultiAzDatabaseArgs,
} from "./args";
import { createCluster, createInstances, type Master } from "./cluster";
import { createOwnMaster } from "./master";
import { createRegionParts } from "./region-parts";
import {
  databasePort,
  engine,
  engineLifecycleSupport,
  type DatabaseScope,
  type RegionScope,
  secondaryName,
} from "./scope";

/**
 * Aurora PostgreSQL with an instance in each zone: encrypted with a key of its own, reached by TLS from the groups that are
 * named and by nobody else, backed up to the second. Databases and users in it are made by DatabaseUsers.
 */
export class MultiAzDatabase extends pulumi.ComponentResource {
  /** Identifier in AWS: the component's name. */
  readonly clusterIdentifier: pulumi.Output<string>;
  readonly clusterArn: pulumi.Output<string>;
  /** Of the data subnets; a restored cluster goes into them too. */
  readonly subnetGroupName: pulumi.Output<string>;
  /** Host of the writer, whichever instance that is. */
  readonly endpoint: pulumi.Output<string>;
  /** Host that leads to any of the readers; with a single instance, to that. */
  readonly readerEndpoint: pulumi.Output<string>;
  readonly port = databasePort;
  readonly securityGroupId: pulumi.Output<string>;
  readonly keyArn: pulumi.Output<string>;
  /** User name and password of the administrator, for functions alone. */
  readonly masterSecretArn: pulumi.Output<string>;
  /** Who replaces the administrator's password: RDS, or DatabaseUsers in a global database. */
  readonly masterPassword: "managed" | "own";
  /** Until they are there nobody can connect. */
  readonly instances: readonly aws.rds.ClusterInstance[];
  /** Of the copy in the other region. */
  readonly secondaryEndpoint: pulumi.Output<string> | undefined;

  constructor(name: string, args: MultiAzDatabaseArgs, opts?: pulumi.ComponentResourceOptions) {
    const spec = resolveMultiAzDatabaseArgs(name, args);
    super("platform:data:MultiAzDatabase", name, spec, opts);
    const scope: DatabaseScope = { name, spec, owned: childOptions(this, opts) };
    const primary: RegionScope = {
      ...scope,
      ...{ clusterName: name, region: spec.region, network: spec },
    };

    const parts = createRegionParts(primary);
    const global = spec.globalDatabase === undefined ? undefined : createGlobal(scope);
    const own = global === undefined ? undefined : createOwnMaster(scope, parts.keyArn);
    const master: Master = own?.master ?? { kind: "managed" };
    const cluster = createCluster(primary, {
      ...{ parts, master },
      ...(global !== undefined && { globalClusterId: global.id }),
    });
    this.instances = createInstances(primary, { cluster, parts, zones: zonesOf(spec) });
    createAlarms(primary);
    createEventSubscriptions(primary, cluster, this.instances);
    const secondary =
      spec.globalDatabase === undefined || global === undefined
        ? undefined
        : createSecondary(scope, spec.globalDatabase, {
            ...{ global, keyArn: parts.keyArn, after: this.instances },
          });

    this.clusterIdentifier = cluster.clusterIdentifier;
    this.clusterArn = cluster.arn;
    this.subnetGroupName = parts.subnetGroup.name;
    this.endpoint = cluster.endpoint;
    this.readerEndpoint = cluster.readerEndpoint;
    this.securityGroupId = parts.securityGroup.id;
    this.keyArn = parts.keyArn;
    this.masterSecretArn =
      own?.secret.arn ?? cluster.masterUserSecrets.apply((secrets) => secrets[0]?.secretArn ?? "");
    this.masterPassword = own === undefined ? "managed" : "own";
    this.secondaryEndpoint = secondary?.endpoint;
    this.registerOutputs({
      endpoint: this.endpoint,
      readerEndpoint: this.readerEndpoint,
      securityGroupId: this.securityGroupId,
      masterSecretArn: this.masterSecretArn,
    });
  }
}

function zonesOf({ availability, subnetIdByZone }: MultiAzDatabaseSpec): string[] {
  const zones = Object.keys(subnetIdByZone);
  return availability === "multi-zone" ? zones : zones.slice(0, 1);
}

function createGlobal({ name, spec, owned }: DatabaseScope): aws.rds.GlobalCluster {
  return new aws.rds.GlobalCluster(
    name,
    {
      region: spec.region,
      globalClusterIdentifier: name,
      engine,
      engineVersion: spec.engineVersion,
      engineLifecycleSupport,
      storageEncrypted: true,
      deletionProtection: spec.protect,
      tags: spec.tags,
    },
    { ...owned, protect: spec.protect },
  );
}

interface SecondaryArgs {
  readonly global: aws.rds.GlobalCluster;
  /** Of the primary: a copy is encrypted with a replica of it. */
  readonly keyArn: pulumi.Output<string>;
  readonly after: readonly pulumi.Resource[];
}

function createSecondary(
  scope: DatabaseScope,
  { region, secondary, alarmTopicArn, ...network }: GlobalDatabase,
  { global, keyArn, after }: SecondaryArgs,
): aws.rds.Cluster {
  const there: RegionScope = {
    ...scope,
    ...{ clusterName: secondaryName(scope.name), region, network },
  };
  const parts = createRegionParts(there, keyArn);
  const cluster = createCluster(there, {
    ...{ parts, after, master: { kind: "inherited" }, globalClusterId: global.id },
  });
  if (secondary === "readers")
    createInstances(there, { cluster, parts, zones: Object.keys(network.subnetIdByZone) });
  if (alarmTopicArn !== undefined) createGlobalLagAlarm(there, alarmTopicArn);
  return cluster;
}
