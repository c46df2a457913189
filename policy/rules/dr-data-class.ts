import { snapshot, unknownValue } from "../shared/known";
import { onResource, resourceRule } from "../shared/rule";
import { valueAt } from "../shared/tree";

interface Settings {
  /** Tag that says what the loss of the data would be. */
  tag: string;
  values: string[];
}

/** Whatever keeps data by itself; a copy of it counts too. */
const stateful = [
  "aws:rds/cluster:Cluster",
  "aws:rds/instance:Instance",
  "aws:docdb/cluster:Cluster",
  "aws:dynamodb/table:Table",
  "aws:elasticache/replicationGroup:ReplicationGroup",
  "aws:mq/broker:Broker",
  "aws:msk/cluster:Cluster",
  "aws:opensearch/domain:Domain",
  "aws:efs/fileSystem:FileSystem",
  "aws:ebs/volume:Volume",
  "aws:cognito/userPool:UserPool",
  "aws:s3/bucket:Bucket",
  "aws:s3/bucketV2:BucketV2",
];

export const drDataClass = resourceRule<Settings>({
  name: "dr-data-class",
  description:
    "Whatever keeps data has a tag that says what its loss would be, by which backups are selected.",
  reach: "production",
  severity: "high",
  tags: ["house:data-class"],
  remediationSteps: "Give it the tag data-class, with the value vital, reproducible or none.",
  url: "https://docs.aws.amazon.com/aws-backup/latest/devguide/assigning-resources.html",
  settings: {
    tag: { type: "string", default: "data-class" },
    values: {
      type: "array",
      items: { type: "string" },
      default: ["vital", "reproducible", "none"],
    },
  },
  checks: [
    onResource(stateful, ({ props, settings: { tag, values }, report }) => {
      const tags = snapshot((): unknown => props["tags"]);
      const given = tags === unknownValue ? unknownValue : valueAt(tags, tag);
      if (given === unknownValue) return;
      if (typeof given === "string" && values.includes(given)) return;
      report(
        `tags.${tag}: is ${given === undefined ? "missing" : "none of them"}, need one of ${values.join(", ")}`,
      );
    }),
  ],
});
