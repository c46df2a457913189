import { awsFoundational } from "../shared/frameworks";
import { snapshot, unknownValue } from "../shared/known";
import { matchesWildcard } from "../shared/pattern";
import { onResource, resourceRule } from "../shared/rule";
import { valueAt } from "../shared/tree";

interface Settings {
  /** URNs (patterns) of stores that an environment without a promise keeps in one zone. */
  singleZone: string[];
}

/** What one kind of data store has to say to outlive a zone, by a path into its properties. */
interface Need {
  readonly path: string;
  readonly holds: (value: unknown) => boolean;
  readonly need: string;
}

const isTrue = (value: unknown): boolean => value === true;
const needs: Readonly<Record<string, readonly Need[]>> = {
  "aws:rds/instance:Instance": [{ path: "multiAz", holds: isTrue, need: "true" }],
  "aws:elasticache/replicationGroup:ReplicationGroup": [
    { path: "automaticFailoverEnabled", holds: isTrue, need: "true" },
    { path: "multiAzEnabled", holds: isTrue, need: "true" },
  ],
  "aws:mq/broker:Broker": [
    {
      path: "deploymentMode",
      holds: (value) => value === "CLUSTER_MULTI_AZ" || value === "ACTIVE_STANDBY_MULTI_AZ",
      need: "CLUSTER_MULTI_AZ or ACTIVE_STANDBY_MULTI_AZ",
    },
  ],
  "aws:msk/cluster:Cluster": [
    {
      path: "numberOfBrokerNodes",
      holds: (value) => typeof value === "number" && value >= 3,
      need: "3 or more",
    },
  ],
  "aws:opensearch/domain:Domain": [
    { path: "clusterConfig.zoneAwarenessEnabled", holds: isTrue, need: "true" },
  ],
};

export const resilienceMultiAzData = resourceRule<Settings>({
  name: "resilience-multi-az-data",
  description: "Databases, caches, brokers, streams and searches outlive the loss of a zone.",
  reach: "production",
  severity: "high",
  framework: awsFoundational(
    "RDS.5",
    "RDS DB instances should be configured with multiple Availability Zones",
  ),
  tags: [
    "fsbp:RDS.5",
    "fsbp:RDS.15",
    "fsbp:ElastiCache.3",
    "ckv:CKV_AWS_157",
    "ckv:CKV_AWS_318",
    "ckv:CKV2_AWS_50",
  ],
  remediationSteps: "Switch on what replicates the store over zones and fails over by itself.",
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-5",
  settings: { singleZone: { type: "array", items: { type: "string" }, default: [] } },
  checks: [
    onResource<Settings>(Object.keys(needs), ({ type, urn, props, settings, report }) => {
      if (settings.singleZone.some((pattern) => matchesWildcard(pattern, urn))) return;
      for (const { path, holds, need } of needs[type] ?? []) {
        const [first = "", ...rest] = path.split(".");
        const value = valueAt({ value: snapshot(() => props[first]) }, "value", ...rest);
        if (value !== unknownValue && !holds(value)) report(`${path}: is not ${need}`);
      }
    }),
  ],
});
