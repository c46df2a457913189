import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { exportedLogs } from "./policies";
import {
  databasePort,
  engine,
  engineLifecycleSupport,
  type RegionParts,
  type RegionScope,
} from "./scope";

const caCertificate = "rds-ca-rsa2048-g1";
const monitoringSeconds = 60;
/** Advanced insights ask for no less; standard ones keep so much for nothing. @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/USER_DatabaseInsights.Considerations.html */
const insightsDays = { standard: 7, advanced: 465 } as const;

/** Where the password of the administrator comes from. */
export type Master =
  | { readonly kind: "managed" }
  | { readonly kind: "own"; readonly password: pulumi.Output<string> }
  /** Of the cluster that it is a copy of. */
  | { readonly kind: "inherited" };

export const masterUsername = "platform";

interface ClusterArgs {
  readonly parts: RegionParts;
  readonly master: Master;
  readonly globalClusterId?: pulumi.Input<string>;
  /** Of the cluster that it is a copy of: RDS asks there for what is encrypted. */
  readonly sourceRegion?: string;
}

/** The storage, its backups and its endpoints; instances come beside it. */
export function createCluster(scope: RegionScope, args: ClusterArgs): aws.rds.Cluster {
  const { clusterName, region, spec, owned } = scope;
  const { parts, master, globalClusterId, sourceRegion } = args;
  return new aws.rds.Cluster(
    clusterName,
    {
      region,
      clusterIdentifier: clusterName,
      engine,
      engineMode: "provisioned",
      engineVersion: spec.engineVersion,
      engineLifecycleSupport,
      // A major version is a project of its own: docs/database.md.
      allowMajorVersionUpgrade: false,
      applyImmediately: false,
      ...masterSettings(master, parts),
      ...(globalClusterId !== undefined && { globalClusterIdentifier: globalClusterId }),
      // "Source cluster is encrypted; pre-signed URL has to be specified": it follows from the region.
      // https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/719
      ...(sourceRegion !== undefined && { sourceRegion }),
      iamDatabaseAuthenticationEnabled: true,
      port: databasePort,
      dbSubnetGroupName: parts.subnetGroup.name,
      vpcSecurityGroupIds: [parts.securityGroup.id],
      dbClusterParameterGroupName: parts.clusterParameters.name,
      storageEncrypted: true,
      kmsKeyId: parts.keyArn,
      enabledCloudwatchLogsExports: [...exportedLogs],
      databaseInsightsMode: spec.insights,
      performanceInsightsEnabled: true,
      performanceInsightsKmsKeyId: parts.keyArn,
      performanceInsightsRetentionPeriod: insightsDays[spec.insights],
      backupRetentionPeriod: spec.backupRetentionDays,
      preferredBackupWindow: spec.backupWindow,
      preferredMaintenanceWindow: spec.maintenanceWindow,
      copyTagsToSnapshot: true,
      deletionProtection: spec.protect,
      skipFinalSnapshot: !spec.protect,
      ...(spec.protect && { finalSnapshotIdentifier: `${clusterName}-final` }),
      tags: spec.tags,
    },
    {
      ...owned,
      protect: spec.protect,
      dependsOn: [...dependencies(owned), ...parts.logGroups],
      ...ignored(master),
    },
  );
}

function masterSettings(master: Master, { keyArn }: RegionParts) {
  switch (master.kind) {
    case "managed":
      return {
        masterUsername,
        manageMasterUserPassword: true,
        masterUserSecretKmsKeyId: keyArn,
      };
    case "own":
      return { masterUsername, masterPassword: master.password };
    case "inherited":
      return {};
  }
}

/**
 * What changes without this program: the first password at once, and who copies whom with a switch of regions. Whoever sent
 * either of the last two again would take the cluster out of the global database.
 * @see https://github.com/hashicorp/terraform-provider-aws/pull/40921
 * @see https://github.com/cloudposse/terraform-aws-rds-cluster/issues/281
 */
function ignored({ kind }: Master): { ignoreChanges?: string[] } {
  if (kind === "managed") return {};
  return {
    ignoreChanges: [
      ...(kind === "own" ? ["masterPassword"] : []),
      "globalClusterIdentifier",
      "replicationSourceIdentifier",
    ],
  };
}

function dependencies({ dependsOn }: RegionScope["owned"]): pulumi.Input<pulumi.Resource>[] {
  return dependsOn === undefined ? [] : ([dependsOn].flat() as pulumi.Input<pulumi.Resource>[]);
}

/** An instance in each of these zones; the first is preferred as writer, and all are good enough to be it. */
export function createInstances(
  scope: RegionScope,
  {
    cluster,
    parts,
    zones,
  }: { cluster: aws.rds.Cluster; parts: RegionParts; zones: readonly string[] },
): aws.rds.ClusterInstance[] {
  const { clusterName, region, spec, owned } = scope;
  return zones.map(
    (zone, index) =>
      new aws.rds.ClusterInstance(
        `${clusterName}-${zone}`,
        {
          region,
          identifier: `${clusterName}-${zone}`,
          clusterIdentifier: cluster.id,
          engine,
          engineVersion: cluster.engineVersion,
          instanceClass: spec.instanceClass,
          availabilityZone: zone,
          promotionTier: index,
          dbSubnetGroupName: parts.subnetGroup.name,
          dbParameterGroupName: parts.instanceParameters.name,
          publiclyAccessible: false,
          // versions.ts says which: one that moves by itself would be moved back by the next update.
          autoMinorVersionUpgrade: false,
          applyImmediately: false,
          caCertIdentifier: caCertificate,
          monitoringInterval: monitoringSeconds,
          monitoringRoleArn: parts.monitoringRole.arn,
          performanceInsightsEnabled: true,
          performanceInsightsKmsKeyId: parts.keyArn,
          performanceInsightsRetentionPeriod: insightsDays[spec.insights],
          preferredMaintenanceWindow: spec.maintenanceWindow,
          copyTagsToSnapshot: true,
          tags: spec.tags,
        },
        { ...owned, protect: spec.protect },
      ),
  );
}
