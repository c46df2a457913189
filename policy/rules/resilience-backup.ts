import type { PolicyResource } from "@pulumi/policy";
import { awsFoundational } from "../shared/frameworks";
import type { Graph } from "../shared/graph";
import { snapshot } from "../shared/known";
import { stackRule } from "../shared/rule";
import { isListed } from "../shared/workloads";
import { valueAt } from "../shared/tree";

interface Settings {
  /** Fewest days for which a store can be brought back to a moment. */
  fewestDays: number;
  /** Patterns of the Pulumi names of buckets that hold what others can make again, such as logs of a probe. */
  unversionedBuckets: string[];
}

/** By type: the property with its days of backups. */
const retention: Readonly<Record<string, string>> = {
  "aws:rds/instance:Instance": "backupRetentionPeriod",
  "aws:rds/cluster:Cluster": "backupRetentionPeriod",
  "aws:docdb/cluster:Cluster": "backupRetentionPeriod",
  "aws:elasticache/replicationGroup:ReplicationGroup": "snapshotRetentionLimit",
};
const bucketTypes = ["aws:s3/bucket:Bucket", "aws:s3/bucketV2:BucketV2"];
const versioningTypes = [
  "aws:s3/bucketVersioning:BucketVersioning",
  "aws:s3/bucketVersioningV2:BucketVersioningV2",
];

export const resilienceBackup = stackRule<Settings>({
  name: "resilience-backup",
  description:
    "Stores keep backups for `fewestDays`, and buckets keep the versions of what is written over or deleted.",
  reach: "production",
  severity: "high",
  framework: awsFoundational("RDS.11", "RDS instances should have automatic backups enabled"),
  tags: [
    "fsbp:ElastiCache.1",
    "fsbp:DocumentDB.2",
    "fsbp:RDS.11",
    "fsbp:S3.14",
    "ckv:CKV_AWS_21",
    "ckv:CKV_AWS_133",
    "ckv:CKV_AWS_134",
  ],
  remediationSteps:
    "Set the days of backups, and add an aws.s3.BucketVersioning with the status Enabled.",
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-11",
  settings: {
    fewestDays: { type: "number", default: 7 },
    unversionedBuckets: { type: "array", items: { type: "string" }, default: [] },
  },
  types: [...Object.keys(retention), ...bucketTypes],
  check: ({ graph, settings, report }) => {
    for (const [type, property] of Object.entries(retention))
      for (const { urn, props } of graph.ofType(type)) {
        const days = snapshot((): unknown => props[property]) ?? 0;
        if (typeof days === "number" && days < settings.fewestDays)
          report(`${property}: is ${days}, need ${settings.fewestDays} or more`, urn);
      }
    for (const bucket of graph.ofType(...bucketTypes)) {
      if (isListed(settings.unversionedBuckets, bucket.name)) continue;
      if (!isVersioned(graph, bucket)) report("keeps no versions of its objects", bucket.urn);
    }
  },
});

function isVersioned(graph: Graph, bucket: PolicyResource): boolean {
  if (snapshot((): unknown => valueAt(bucket.props["versioning"], "enabled")) === true) return true;
  return graph.ofType(...versioningTypes).some((versioning) => {
    const status = valueAt(
      snapshot((): unknown => versioning.props["versioningConfiguration"]),
      "status",
    );
    const buckets = graph.referents(versioning, "bucket", ...bucketTypes);
    // Where a preview cannot tell whose it is, the update does.
    return status !== "Suspended" && (buckets === undefined || buckets.includes(bucket));
  });
}
