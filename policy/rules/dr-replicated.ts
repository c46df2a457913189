import type { PolicyResource } from "@pulumi/policy";
import { awsFoundational } from "../shared/frameworks";
import type { Graph } from "../shared/graph";
import { snapshot, unknownValue } from "../shared/known";
import { stackRule } from "../shared/rule";
import { textAt, valueAt } from "../shared/tree";

interface Settings {
  /** Tag, as key=value, of what has to reach another region. */
  required: string;
  /** An environment that is made and thrown away at will: nothing of it goes elsewhere. */
  throwaway: boolean;
}

const bucketTypes = ["aws:s3/bucket:Bucket", "aws:s3/bucketV2:BucketV2"];
const clusterType = "aws:rds/cluster:Cluster";
const instanceType = "aws:rds/instance:Instance";
const instanceBackups =
  "aws:rds/instanceAutomatedBackupsReplication:InstanceAutomatedBackupsReplication";
const replicationType = "aws:s3/bucketReplicationConfig:BucketReplicationConfig";
const planType = "aws:backup/plan:Plan";
const kept = [...bucketTypes, clusterType, instanceType];

export const drReplicated = stackRule<Settings>({
  name: "dr-replicated",
  description:
    "Whatever may never be lost reaches another region, by replication or by backups that are copied, and is encrypted there with a key of its own.",
  reach: "production",
  severity: "high",
  framework: awsFoundational(
    "S3.7",
    "S3 general purpose buckets should use cross-Region replication",
  ),
  tags: ["fsbp:S3.7", "ckv:CKV_AWS_144", "ckv:CKV_AWS_245"],
  remediationSteps:
    "Replicate it, or select it by a backup plan whose rules copy to a vault in another region.",
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-7",
  settings: {
    required: { type: "string", default: "data-class=vital" },
    throwaway: { type: "boolean", default: false },
  },
  types: [...kept, replicationType, planType, instanceBackups],
  check: ({ graph, settings, report }) => {
    const [key = "", value] = settings.required.split("=");
    const copied = graph.ofType(planType).some(copies);
    for (const store of graph.ofType(...kept)) {
      const tags = snapshot((): unknown => store.props["tags"]);
      if (settings.throwaway || valueAt(tags, key) !== value) continue;
      if (!copied && !isReplicated(graph, store))
        report(
          "reaches no other region: nothing replicates it, and no backup of it is copied",
          store.urn,
        );
    }
    for (const replication of graph.ofType(replicationType))
      for (const [index, rule] of rulesOf(replication).entries()) {
        const destination = valueAt(rule, "destination");
        const encryption = valueAt(destination, "encryptionConfiguration");
        if (destination === unknownValue || encryption === unknownValue) continue;
        if (valueAt(encryption, "replicaKmsKeyId") === undefined)
          report(`rules[${index}].destination: names no key for the copies`, replication.urn);
      }
  },
});

function rulesOf({ props }: PolicyResource): readonly unknown[] {
  const rules = snapshot((): unknown => props["rules"]);
  return Array.isArray(rules) ? rules : [];
}

/** A preview may not know where to yet; that there is a copy is enough. */
function copies(plan: PolicyResource): boolean {
  return rulesOf(plan).some((rule) => {
    const actions = valueAt(rule, "copyActions");
    return actions === unknownValue || (Array.isArray(actions) && actions.length > 0);
  });
}

function isReplicated(graph: Graph, store: PolicyResource): boolean {
  if (store.type === clusterType)
    return ["globalClusterIdentifier", "replicationSourceIdentifier"].some(
      (key) => snapshot((): unknown => store.props[key]) !== undefined,
    );
  if (store.type === instanceType)
    return graph
      .ofType(instanceBackups)
      .some(
        (one) =>
          graph.referents(one, "sourceDbInstanceArn", instanceType)?.includes(store) !== false,
      );
  return graph.ofType(replicationType).some((replication) => {
    const sources = graph.referents(replication, "bucket", ...bucketTypes);
    if (sources === undefined || sources.includes(store)) return true;
    // The other end: what it holds is in the first region.
    const arn = snapshot((): unknown => store.props["arn"]);
    return rulesOf(replication).some(
      (rule) => textAt(valueAt(rule, "destination"), "bucket") === arn,
    );
  });
}
