import { defaultTagsOf, missingTags } from "../shared/default-tags";
import { snapshot, unknownValue } from "../shared/known";
import { onResource, resourceRule } from "../shared/rule";
import { listAt, textAt, valueAt } from "../shared/tree";

interface Settings {
  /** Keys of tags that the bill is told apart by. */
  required: string[];
}

/** What a bill names, and what makes it. */
const billed = [
  "aws:backup/vault:Vault",
  "aws:cloudwatch/logGroup:LogGroup",
  "aws:docdb/cluster:Cluster",
  "aws:dynamodb/table:Table",
  "aws:ebs/volume:Volume",
  "aws:ec2/instance:Instance",
  "aws:ec2/natGateway:NatGateway",
  "aws:ec2/vpcEndpoint:VpcEndpoint",
  "aws:ecr/repository:Repository",
  "aws:efs/fileSystem:FileSystem",
  "aws:eks/cluster:Cluster",
  "aws:eks/nodeGroup:NodeGroup",
  "aws:elasticache/replicationGroup:ReplicationGroup",
  "aws:kms/key:Key",
  "aws:lambda/function:Function",
  "aws:lb/loadBalancer:LoadBalancer",
  "aws:mq/broker:Broker",
  "aws:msk/cluster:Cluster",
  "aws:opensearch/domain:Domain",
  "aws:rds/cluster:Cluster",
  "aws:rds/clusterInstance:ClusterInstance",
  "aws:rds/instance:Instance",
  "aws:s3/bucket:Bucket",
  "aws:s3/bucketV2:BucketV2",
  "aws:secretsmanager/secret:Secret",
  "aws:wafv2/webAcl:WebAcl",
];
const templateType = "aws:ec2/launchTemplate:LaunchTemplate";

export const costTags = resourceRule<Settings>({
  name: "cost-tags",
  description: "Whatever costs money has the tags in `required`, its own or the provider's.",
  reach: "everywhere",
  severity: "medium",
  tags: ["eks-bpg:cost-optimization"],
  remediationSteps:
    "Set defaultTags of the AWS provider, and tagSpecifications for instances and volumes in launch templates, which those do not reach.",
  url: "https://docs.aws.amazon.com/eks/latest/best-practices/cost-opt-awareness.html",
  settings: {
    required: { type: "array", items: { type: "string" }, default: ["project", "environment"] },
  },
  checks: [
    onResource<Settings>(billed, ({ props, provider, settings, report }) => {
      const own = snapshot((): unknown => props["tags"]);
      for (const key of missingTags(settings.required, own, defaultTagsOf(provider)))
        report(`tags.${key}: is missing, so that nobody can tell what it is paid for`);
    }),
    // What a template starts gets none of the provider's tags.
    onResource<Settings>([templateType], ({ props, settings, report }) => {
      const specifications = snapshot((): unknown => props["tagSpecifications"]);
      if (specifications === unknownValue) return;
      const list = listAt({ specifications }, "specifications");
      for (const kind of ["instance", "volume"]) {
        const tags = list
          .filter((entry) => textAt(entry, "resourceType") === kind)
          .map((entry) => valueAt(entry, "tags"));
        for (const key of missingTags(settings.required, ...tags))
          report(`tagSpecifications of ${kind}: tag ${key} is missing`);
      }
    }),
  ],
});
