import type { StoreAlarm } from "../shared/store-alarms";
import type { TraceStoreSpec } from "./args";

const minute = 60;
const mibOfGib = 1024;
/** Below a quarter of a node's disk the domain begins to refuse writes soon. @see https://docs.aws.amazon.com/opensearch-service/latest/developerguide/cloudwatch-alarms.html */
const freeShare = 0.25;

/** @see https://docs.aws.amazon.com/opensearch-service/latest/developerguide/managedomains-cloudwatchmetrics.html */
export function traceStoreAlarms({
  accountId,
  domainName,
  storageGiB,
}: Pick<TraceStoreSpec, "accountId" | "domainName" | "storageGiB">): Record<string, StoreAlarm> {
  const dimensions = { DomainName: domainName, ClientId: accountId };
  return {
    red: {
      description: `Traces of ${domainName} are not there: an index has no copy left`,
      measure: { metricName: "ClusterStatus.red", dimensions },
      statistic: "Maximum",
      threshold: 1,
      comparison: "GreaterThanOrEqualToThreshold",
      periodSeconds: minute,
      periods: 5,
      missing: "notBreaching",
    },
    "writes-blocked": {
      description: `${domainName} takes no traces: its disks or its memory are full`,
      measure: { metricName: "ClusterIndexWritesBlocked", dimensions },
      statistic: "Maximum",
      threshold: 1,
      comparison: "GreaterThanOrEqualToThreshold",
      periodSeconds: 5 * minute,
      periods: 1,
      missing: "notBreaching",
    },
    disk: {
      description: `Less than a quarter of the smallest disk of ${domainName} is free: keep traces for fewer days, or give it more`,
      measure: { metricName: "FreeStorageSpace", dimensions },
      statistic: "Minimum",
      threshold: Math.round(storageGiB * mibOfGib * freeShare),
      comparison: "LessThanThreshold",
      periodSeconds: 5 * minute,
      periods: 3,
      missing: "notBreaching",
    },
  };
}
