import { awsFoundational } from "../shared/frameworks";
import { snapshot, unknownValue } from "../shared/known";
import { onResource, resourceRule } from "../shared/rule";
import { valueAt } from "../shared/tree";

/** What one kind of data store has to write down, by a path into its properties. */
interface Need {
  readonly path: string;
  readonly holds: (value: unknown) => boolean;
  readonly problem: string;
}

const isTrue = (value: unknown): boolean => value === true;
const hasSome = (value: unknown): boolean => Array.isArray(value) && value.length > 0;
const insights: Need = {
  path: "performanceInsightsEnabled",
  holds: isTrue,
  problem: "is not true",
};
const exported: Need = {
  path: "enabledCloudwatchLogsExports",
  holds: hasSome,
  problem: "names no log",
};
const watched: Need = {
  path: "monitoringInterval",
  holds: (value) => typeof value === "number" && value > 0,
  problem: "is not a number of seconds",
};

const needs: Readonly<Record<string, readonly Need[]>> = {
  "aws:rds/instance:Instance": [exported, insights, watched],
  "aws:rds/cluster:Cluster": [exported],
  // Of an Aurora cluster, logs are the cluster's.
  "aws:rds/clusterInstance:ClusterInstance": [insights, watched],
  "aws:elasticache/replicationGroup:ReplicationGroup": [
    { path: "logDeliveryConfigurations", holds: hasSome, problem: "delivers no log" },
  ],
  "aws:mq/broker:Broker": [{ path: "logs.general", holds: isTrue, problem: "is not true" }],
  "aws:msk/cluster:Cluster": [
    {
      path: "loggingInfo.brokerLogs",
      holds: (value) =>
        ["cloudwatchLogs", "firehose", "s3"].some((place) => {
          const enabled = valueAt(value, place, "enabled");
          return enabled === true || enabled === unknownValue;
        }),
      problem: "goes nowhere",
    },
  ],
  "aws:opensearch/domain:Domain": [
    {
      path: "logPublishingOptions",
      holds: (value) =>
        Array.isArray(value) &&
        value.some(
          (one) =>
            [one, valueAt(one, "logType"), valueAt(one, "enabled")].includes(unknownValue) ||
            (valueAt(one, "logType") === "ES_APPLICATION_LOGS" &&
              valueAt(one, "enabled") !== false),
        ),
      problem: "has no ES_APPLICATION_LOGS",
    },
  ],
};

export const logDataStores = resourceRule({
  name: "log-data-stores",
  description:
    "Databases, caches, brokers, streams and searches write their logs where they stay, and are measured.",
  reach: "production",
  severity: "medium",
  framework: awsFoundational("RDS.9", "RDS DB instances should publish logs to CloudWatch Logs"),
  tags: [
    "fsbp:RDS.37",
    "fsbp:OpenSearch.4",
    ...["fsbp:RDS.6", "fsbp:RDS.9", "fsbp:RDS.36"],
    ...["ckv:CKV_AWS_48", "ckv:CKV_AWS_80", "ckv:CKV_AWS_84"],
    ...["ckv:CKV_AWS_118", "ckv:CKV_AWS_129", "ckv:CKV_AWS_353"],
  ],
  remediationSteps: "Switch on what exports the engine's logs, and its monitoring.",
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-9",
  settings: {},
  checks: [
    onResource(Object.keys(needs), ({ type, props, report }) => {
      for (const { path, holds, problem } of needs[type] ?? []) {
        const [first = "", ...rest] = path.split(".");
        const value = valueAt({ value: snapshot(() => props[first]) }, "value", ...rest);
        if (value !== unknownValue && !holds(value)) report(`${path}: ${problem}`);
      }
    }),
  ],
});
