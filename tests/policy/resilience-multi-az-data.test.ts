import { resilienceMultiAzData } from "../../policy/rules/resilience-multi-az-data";
import { unknownText } from "../support/check-policy";
import { describeRule } from "./rule-table";

const cache = "aws:elasticache/replicationGroup:ReplicationGroup";
const broker = "aws:mq/broker:Broker";
const stream = "aws:msk/cluster:Cluster";

describeRule(resilienceMultiAzData, [
  ["a database in two zones passes", "aws:rds/instance:Instance", { multiAz: true }, []],
  ["one in one zone is reported", "aws:rds/instance:Instance", {}, ["multiAz: is not true"]],
  [
    "a cache that does not fail over is reported",
    cache,
    { automaticFailoverEnabled: true, multiAzEnabled: false },
    ["multiAzEnabled: is not true"],
  ],
  ["a cluster of brokers passes", broker, { deploymentMode: "CLUSTER_MULTI_AZ" }, []],
  [
    "a single broker is reported",
    broker,
    { deploymentMode: "SINGLE_INSTANCE" },
    ["deploymentMode: is not CLUSTER_MULTI_AZ or ACTIVE_STANDBY_MULTI_AZ"],
  ],
  ["three nodes of a stream pass", stream, { numberOfBrokerNodes: 3 }, []],
  [
    "two are reported",
    stream,
    { numberOfBrokerNodes: 2 },
    ["numberOfBrokerNodes: is not 3 or more"],
  ],
  [
    "a search that knows of zones passes",
    "aws:opensearch/domain:Domain",
    { clusterConfig: { zoneAwarenessEnabled: true } },
    [],
  ],
  [
    "one that the environment keeps in one zone passes",
    broker,
    { deploymentMode: "SINGLE_INSTANCE" },
    [],
    { settings: { singleZone: ["*aws:mq/broker:Broker::*"] } },
  ],
  ["what a preview does not know passes", broker, { deploymentMode: unknownText }, []],
]);
