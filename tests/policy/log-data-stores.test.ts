import { logDataStores } from "../../policy/rules/log-data-stores";
import { unknownText } from "../support/check-policy";
import { describeRule } from "./rule-table";

const instance = "aws:rds/instance:Instance";
const stream = "aws:msk/cluster:Cluster";
const search = "aws:opensearch/domain:Domain";
const measured = { performanceInsightsEnabled: true, monitoringInterval: 60 };

describeRule(logDataStores, [
  [
    "a database that is logged and measured passes",
    instance,
    { ...measured, enabledCloudwatchLogsExports: ["postgresql"] },
    [],
  ],
  [
    "one that is neither is reported",
    instance,
    { enabledCloudwatchLogsExports: [], monitoringInterval: 0 },
    [
      "enabledCloudwatchLogsExports: names no log",
      "performanceInsightsEnabled: is not true",
      "monitoringInterval: is not a number of seconds",
    ],
  ],
  [
    "an instance of Aurora leaves logs to its cluster",
    "aws:rds/clusterInstance:ClusterInstance",
    measured,
    [],
  ],
  [
    "the cluster has to export them",
    "aws:rds/cluster:Cluster",
    {},
    ["enabledCloudwatchLogsExports: names no log"],
  ],
  [
    "a cache that delivers none is reported",
    "aws:elasticache/replicationGroup:ReplicationGroup",
    {},
    ["logDeliveryConfigurations: delivers no log"],
  ],
  ["a broker that logs passes", "aws:mq/broker:Broker", { logs: { general: true } }, []],
  ["one that does not is reported", "aws:mq/broker:Broker", {}, ["logs.general: is not true"]],
  [
    "a stream that logs somewhere passes",
    stream,
    { loggingInfo: { brokerLogs: { s3: { enabled: true, bucket: "b" } } } },
    [],
  ],
  [
    "one that logs nowhere is reported",
    stream,
    { loggingInfo: { brokerLogs: { s3: { enabled: false } } } },
    ["loggingInfo.brokerLogs: goes nowhere"],
  ],
  [
    "a search with its application's log passes",
    search,
    { logPublishingOptions: [{ logType: "ES_APPLICATION_LOGS", cloudwatchLogGroupArn: "arn" }] },
    [],
  ],
  [
    "one with other logs alone, or with that one switched off, is reported",
    search,
    {
      logPublishingOptions: [
        { logType: "INDEX_SLOW_LOGS" },
        { logType: "ES_APPLICATION_LOGS", enabled: false },
      ],
    },
    ["logPublishingOptions: has no ES_APPLICATION_LOGS"],
  ],
  ["what a preview does not know passes", stream, { loggingInfo: unknownText }, []],
]);
