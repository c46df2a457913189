import {
  DescribeDBClustersCommand,
  DescribeDBInstancesCommand,
  DescribeGlobalClustersCommand,
  FailoverGlobalClusterCommand,
  SwitchoverGlobalClusterCommand,
} from "@aws-sdk/client-rds";
import { GetMetricStatisticsCommand } from "@aws-sdk/client-cloudwatch";
import type { Cloud } from "./cloud";
import type { Place } from "./sides";

/** A cluster as its own region sees it. */
export interface ClusterState {
  readonly arn: string;
  readonly status: string;
  /** Takes writes: it follows no other. */
  readonly writable: boolean;
  readonly instances: number;
}

/** Undefined where there is none. */
export async function clusterOf(
  { rds }: Cloud,
  { prefix }: Place,
): Promise<ClusterState | undefined> {
  const { DBClusters = [] } = await rds.send(
    new DescribeDBClustersCommand({
      Filters: [{ Name: "db-cluster-id", Values: [prefix] }],
    }),
  );
  const cluster = DBClusters.find(({ DBClusterIdentifier }) => DBClusterIdentifier === prefix);
  if (cluster === undefined) return undefined;
  const { DBInstances = [] } = await rds.send(
    new DescribeDBInstancesCommand({ Filters: [{ Name: "db-cluster-id", Values: [prefix] }] }),
  );
  return {
    arn: cluster.DBClusterArn ?? "",
    status: cluster.Status ?? "",
    writable: (cluster.ReplicationSourceIdentifier ?? "") === "",
    instances: DBInstances.filter(({ DBInstanceStatus }) => DBInstanceStatus === "available")
      .length,
  };
}

export interface GlobalState {
  readonly status: string;
  /** ARN of the member that takes the writes. */
  readonly writerArn: string | undefined;
  readonly memberArns: readonly string[];
}

export async function globalOf(
  { rds }: Cloud,
  identifier: string,
): Promise<GlobalState | undefined> {
  const { GlobalClusters = [] } = await rds.send(
    new DescribeGlobalClustersCommand({ GlobalClusterIdentifier: identifier }),
  );
  const [global] = GlobalClusters;
  if (global === undefined) return undefined;
  const members = global.GlobalClusterMembers ?? [];
  return {
    status: global.Status ?? "",
    writerArn: members.find(({ IsWriter }) => IsWriter === true)?.DBClusterArn,
    memberArns: members.flatMap(({ DBClusterArn }) => DBClusterArn ?? []),
  };
}

const looksBackMinutes = 10;

/** The most that the copy was behind in the last minutes; undefined if nobody measured. */
export async function lagSeconds(
  { watch }: Cloud,
  { copy, writer, now }: { readonly copy: Place; readonly writer: Place; readonly now: Date },
): Promise<number | undefined> {
  const { Datapoints = [] } = await watch.send(
    new GetMetricStatisticsCommand({
      Namespace: "AWS/RDS",
      MetricName: "AuroraGlobalDBRPOLag",
      Dimensions: [
        { Name: "DBClusterIdentifier", Value: copy.prefix },
        { Name: "SourceRegion", Value: writer.region },
      ],
      StartTime: new Date(now.getTime() - looksBackMinutes * 60_000),
      EndTime: now,
      Period: 60,
      Statistics: ["Maximum"],
    }),
  );
  const values = Datapoints.flatMap(({ Maximum }) => Maximum ?? []);
  return values.length === 0 ? undefined : Math.max(...values) / 1000;
}

/** Nothing is lost; both regions have to work. */
export async function switchOver(
  { rds }: Cloud,
  identifier: string,
  target: string,
): Promise<void> {
  await rds.send(
    new SwitchoverGlobalClusterCommand({
      GlobalClusterIdentifier: identifier,
      TargetDbClusterIdentifier: target,
    }),
  );
}

/** What had not arrived is lost. */
export async function failOver({ rds }: Cloud, identifier: string, target: string): Promise<void> {
  await rds.send(
    new FailoverGlobalClusterCommand({
      GlobalClusterIdentifier: identifier,
      TargetDbClusterIdentifier: target,
      AllowDataLoss: true,
    }),
  );
}
