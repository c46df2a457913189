import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { childOptions } from "../shared/child-options";
import { createAlarms, createEventSubscriptions, createGlobalLagAlarms } from "./alarms";
import {
  type MultiAzDatabaseArgs,
  type MultiAzDatabaseSpec,
  resolveMultiAzDatabaseArgs,
} from "./args";
import { createCluster, createInstances, type Master } from "./cluster";
import { createOwnMaster, type OwnMaster } from "./master";
import { createRegionParts } from "./region-parts";
import {
  databasePort,
  engine,
  engineLifecycleSupport,
  type DatabaseScope,
  type RegionScope,
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
  /** User name and password of the administrator, for functions alone. A secondary has none: it is the primary's. */
  readonly masterSecretArn: pulumi.Output<string> | undefined;
  /** Who replaces the administrator's password: RDS, DatabaseUsers in a global database, or those of its primary. */
  readonly masterPassword: Master["kind"];
  /** Until they are there nobody can connect. */
  readonly instances: readonly aws.rds.ClusterInstance[];
  /** Of the global database, where this is its primary: a secondary joins it by this name. */
  readonly globalIdentifier: pulumi.Output<string> | undefined;

  constructor(name: string, args: MultiAzDatabaseArgs, opts?: pulumi.ComponentResourceOptions) {
    const spec = resolveMultiAzDatabaseArgs(name, args);
    super("platform:data:MultiAzDatabase", name, spec, opts);
    const scope: DatabaseScope = { name, spec, owned: childOptions(this, opts) };
    const here: RegionScope = {
      ...scope,
      ...{ clusterName: name, region: spec.region, network: spec },
    };

    const parts = createRegionParts(here);
    const { globalDatabase: member } = spec;
    const global = member?.role === "primary" ? createGlobal(scope) : undefined;
    const own = ownMaster(scope, parts.keyArn);
    const cluster = createCluster(here, {
      ...{ parts, master: masterOf(spec, own) },
      ...(global !== undefined && { globalClusterId: global.id }),
      ...(member?.role === "secondary" && {
        globalClusterId: member.identifier,
        sourceRegion: member.primaryRegion,
      }),
    });
    this.instances = createInstances(here, { cluster, parts, zones: zonesOf(spec) });
    createAlarms(here);
    if (member?.role === "secondary") createGlobalLagAlarms(here, member);
    createEventSubscriptions(here, cluster, this.instances);

    this.clusterIdentifier = cluster.clusterIdentifier;
    this.clusterArn = cluster.arn;
    this.subnetGroupName = parts.subnetGroup.name;
    this.endpoint = cluster.endpoint;
    this.readerEndpoint = cluster.readerEndpoint;
    this.securityGroupId = parts.securityGroup.id;
    this.keyArn = parts.keyArn;
    this.masterPassword = masterOf(spec, own).kind;
    this.masterSecretArn =
      this.masterPassword === "managed"
        ? cluster.masterUserSecrets.apply((secrets) => secrets[0]?.secretArn ?? "")
        : own?.secret.arn;
    this.globalIdentifier = global?.globalClusterIdentifier;
    this.registerOutputs({
      endpoint: this.endpoint,
      readerEndpoint: this.readerEndpoint,
      securityGroupId: this.securityGroupId,
      masterSecretArn: this.masterSecretArn,
    });
  }
}

function ownMaster(scope: DatabaseScope, keyArn: pulumi.Output<string>): OwnMaster | undefined {
  const { globalDatabase } = scope.spec;
  if (globalDatabase?.role !== "primary") return undefined;
  return createOwnMaster(scope, { keyArn, copyRegion: globalDatabase.copyRegion });
}

function masterOf({ globalDatabase }: MultiAzDatabaseSpec, own: OwnMaster | undefined): Master {
  if (globalDatabase?.role === "secondary") return { kind: "inherited" };
  return own?.master ?? { kind: "managed" };
}

function zonesOf({ availability, subnetIdByZone, globalDatabase }: MultiAzDatabaseSpec): string[] {
  if (globalDatabase?.role === "secondary" && globalDatabase.instances === "headless") return [];
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
