import { awsFoundational } from "../shared/frameworks";
import { snapshot, unknownValue } from "../shared/known";
import { onResource, resourceRule } from "../shared/rule";
import { valueAt } from "../shared/tree";

/** What one kind of data store says about its network, by paths into its properties. */
interface Placement {
  /** What makes it public, and the value that does. */
  readonly open?: readonly [path: string, value: unknown];
  /** What has to be given: else it lands in the default subnets, or the default security group. */
  readonly needed: readonly string[];
  /** What puts it into the network of another. */
  readonly inherits?: readonly string[];
}

const subnetGroup = "dbSubnetGroupName";
const vpcGroups = "vpcSecurityGroupIds";
const placements: Readonly<Record<string, Placement>> = {
  "aws:rds/instance:Instance": {
    open: ["publiclyAccessible", true],
    needed: [subnetGroup, vpcGroups],
    inherits: ["replicateSourceDb"],
  },
  "aws:rds/cluster:Cluster": { needed: [subnetGroup, vpcGroups] },
  "aws:rds/clusterInstance:ClusterInstance": { open: ["publiclyAccessible", true], needed: [] },
  "aws:docdb/cluster:Cluster": { needed: [subnetGroup, vpcGroups] },
  "aws:mq/broker:Broker": {
    open: ["publiclyAccessible", true],
    needed: ["subnetIds", "securityGroups"],
  },
  "aws:msk/cluster:Cluster": {
    open: ["brokerNodeGroupInfo.connectivityInfo.publicAccess.type", "SERVICE_PROVIDED_EIPS"],
    needed: ["brokerNodeGroupInfo.clientSubnets", "brokerNodeGroupInfo.securityGroups"],
  },
  "aws:opensearch/domain:Domain": {
    needed: ["vpcOptions.subnetIds", "vpcOptions.securityGroupIds"],
  },
  "aws:elasticache/replicationGroup:ReplicationGroup": {
    needed: ["subnetGroupName", "securityGroupIds"],
    inherits: ["globalReplicationGroupId"],
  },
  "aws:elasticache/cluster:Cluster": {
    needed: ["subnetGroupName", "securityGroupIds"],
    inherits: ["replicationGroupId"],
  },
  "aws:elasticache/serverlessCache:ServerlessCache": { needed: ["subnetIds", "securityGroupIds"] },
};

export const networkDataPrivate = resourceRule({
  name: "network-data-private",
  description:
    "Databases, caches, queues and searches stand in subnets and security groups of their own.",
  reach: "everywhere",
  severity: "critical",
  framework: awsFoundational(
    "RDS.2",
    "RDS DB Instances should prohibit public access, as determined by the PubliclyAccessible configuration",
  ),
  tags: [
    "fsbp:ElastiCache.7",
    "fsbp:OpenSearch.2",
    "fsbp:RDS.18",
    "fsbp:RDS.2",
    "ckv:CKV_AWS_17",
    "ckv:CKV_AWS_69",
    "ckv:CKV_AWS_137",
    "ckv:CKV_AWS_248",
    "ckv:CKV_AWS_291",
    "ckv:CKV_AWS_323",
  ],
  remediationSteps: "Name private subnets and a security group, and leave public access off.",
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-2",
  settings: {},
  checks: [
    onResource(Object.keys(placements), ({ type, props, report }) => {
      const { open, needed, inherits = [] } = placements[type] ?? { needed: [] };
      const read = (path: string) => {
        const [first = "", ...rest] = path.split(".");
        return valueAt({ value: snapshot(() => props[first]) }, "value", ...rest);
      };
      if (open !== undefined && read(open[0]) === open[1]) report(`${open[0]}: makes it public`);
      if (inherits.some((key) => key in props)) return;
      for (const path of needed) if (isMissing(read(path))) report(`${path}: is missing`);
    }),
  ],
});

function isMissing(value: unknown): boolean {
  if (value === unknownValue) return false;
  return value === undefined || value === "" || (Array.isArray(value) && value.length === 0);
}
