import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { parquetStorage } from "../shared/athena";
import type { ChildOptions } from "../shared/child-options";
import type { ResolvedFlowLogAnalysisArgs } from "./args";

/**
 * Fields of SecureVpc's flow logs in their order, as Athena types them.
 * @see https://docs.aws.amazon.com/athena/latest/ug/vpc-flow-logs-parquet.html
 */
export const flowLogColumns = {
  version: "int",
  account_id: "string",
  interface_id: "string",
  srcaddr: "string",
  dstaddr: "string",
  srcport: "int",
  dstport: "int",
  protocol: "bigint",
  packets: "bigint",
  bytes: "bigint",
  start: "bigint",
  end: "bigint",
  action: "string",
  log_status: "string",
  vpc_id: "string",
  subnet_id: "string",
  instance_id: "string",
  tcp_flags: "int",
  type: "string",
  pkt_srcaddr: "string",
  pkt_dstaddr: "string",
  region: "string",
  az_id: "string",
  pkt_src_aws_service: "string",
  pkt_dst_aws_service: "string",
  flow_direction: "string",
  traffic_path: "int",
} as const;

/**
 * Parts of the path, computed rather than listed: a new hour needs no new partition. Years are bounded, so that a query
 * without one ends; every query of ours names its days.
 * @see https://docs.aws.amazon.com/athena/latest/ug/partition-projection-supported-types.html
 */
const partitions = {
  year: { range: "2025,2060", digits: 4 },
  month: { range: "1,12", digits: 2 },
  day: { range: "1,31", digits: 2 },
  hour: { range: "0,23", digits: 2 },
} as const;

/** Names that queries are written with, so plain: in Athena without hyphens. */
export function databaseName(name: string): string {
  return `${name.replaceAll("-", "_")}_flow_logs`;
}

export const tableName = "flow_logs";

/** Database and table over the flow logs of one VPC. */
export function createTable(
  name: string,
  spec: ResolvedFlowLogAnalysisArgs,
  owned: ChildOptions,
): aws.glue.CatalogTable {
  const { region, tags } = spec;
  const database = new aws.glue.CatalogDatabase(
    `${name}-database`,
    { region, name: databaseName(name), description: `Flow logs of ${name}`, tags },
    owned,
  );
  const location = pulumi.interpolate`s3://${spec.flowLogBucketName}/${flowLogPrefix(spec)}`;
  return new aws.glue.CatalogTable(
    `${name}-table`,
    {
      region,
      name: tableName,
      databaseName: database.name,
      description: "A row for what each network interface saw of a conversation within a minute",
      tableType: "EXTERNAL_TABLE",
      parameters: {
        EXTERNAL: "TRUE",
        classification: "parquet",
        ...projection(),
        "storage.location.template": pulumi.interpolate`${location}/year=$\{year}/month=$\{month}/day=$\{day}/hour=$\{hour}`,
      },
      partitionKeys: Object.keys(partitions).map((key) => ({ name: key, type: "int" })),
      storageDescriptor: parquetStorage(location, flowLogColumns),
    },
    owned,
  );
}

/** @see https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-s3-path.html */
export function flowLogPrefix({
  accountId,
  region,
}: Pick<ResolvedFlowLogAnalysisArgs, "accountId" | "region">): string {
  return `AWSLogs/aws-account-id=${accountId}/aws-service=vpcflowlogs/aws-region=${region}`;
}

function projection(): Record<string, string> {
  const settings = Object.entries(partitions).flatMap(([key, { range, digits }]) => [
    [`projection.${key}.type`, "integer"],
    [`projection.${key}.range`, range],
    [`projection.${key}.digits`, String(digits)],
  ]);
  return { "projection.enabled": "true", ...(Object.fromEntries(settings) as object) };
}
