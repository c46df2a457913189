import { networkDataPrivate } from "../../policy/rules/network-data-private";
import { unknownText } from "../support/check-policy";
import { describeRule } from "./rule-table";

const instance = "aws:rds/instance:Instance";
const placed = { dbSubnetGroupName: "data", vpcSecurityGroupIds: ["sg-1"] };

describeRule(networkDataPrivate, [
  ["a placed database passes", instance, placed, []],
  [
    "a public one is reported",
    instance,
    { ...placed, publiclyAccessible: true },
    ["publiclyAccessible: makes it public"],
  ],
  [
    "one of defaults lands in the default network",
    instance,
    { engine: "postgres" },
    ["dbSubnetGroupName: is missing", "vpcSecurityGroupIds: is missing"],
  ],
  [
    "no groups are none",
    "aws:rds/cluster:Cluster",
    { ...placed, vpcSecurityGroupIds: [] },
    ["vpcSecurityGroupIds: is missing"],
  ],
  ["a replica stands where its source does", instance, { replicateSourceDb: "db" }, []],
  [
    "but may not be public",
    instance,
    { replicateSourceDb: "db", publiclyAccessible: true },
    ["publiclyAccessible: makes it public"],
  ],
  [
    "an instance of a cluster is judged by its openness alone",
    "aws:rds/clusterInstance:ClusterInstance",
    { publiclyAccessible: true },
    ["publiclyAccessible: makes it public"],
  ],
  [
    "a broker is judged",
    "aws:mq/broker:Broker",
    { publiclyAccessible: true, subnetIds: ["subnet-1"] },
    ["publiclyAccessible: makes it public", "securityGroups: is missing"],
  ],
  [
    "a stream is judged, deep inside too",
    "aws:msk/cluster:Cluster",
    {
      brokerNodeGroupInfo: {
        clientSubnets: ["subnet-1"],
        securityGroups: ["sg-1"],
        connectivityInfo: { publicAccess: { type: "SERVICE_PROVIDED_EIPS" } },
      },
    },
    ["brokerNodeGroupInfo.connectivityInfo.publicAccess.type: makes it public"],
  ],
  [
    "a search outside of a VPC is reported",
    "aws:opensearch/domain:Domain",
    { domainName: "d" },
    ["vpcOptions.subnetIds: is missing", "vpcOptions.securityGroupIds: is missing"],
  ],
  [
    "a cache is judged",
    "aws:elasticache/replicationGroup:ReplicationGroup",
    { subnetGroupName: "data" },
    ["securityGroupIds: is missing"],
  ],
  [
    "a member of a global cache stands where that does",
    "aws:elasticache/replicationGroup:ReplicationGroup",
    { globalReplicationGroupId: "global" },
    [],
  ],
  [
    "what a preview does not know is there",
    instance,
    { dbSubnetGroupName: unknownText, vpcSecurityGroupIds: unknownText },
    [],
  ],
]);
