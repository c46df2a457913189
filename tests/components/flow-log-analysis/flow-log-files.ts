import { DuckDBInstance, type DuckDBConnection } from "@duckdb/node-api";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { planSubnets } from "../../../components/secure-vpc";
import { catalogueFlows, type AllowedFlow } from "../../../components/flow-log-analysis";
import { flowLogColumns } from "../../../components/flow-log-analysis/table";
import { flowLogQueries, type QueryArgs } from "../../../components/flow-log-analysis/queries";

export const subnets = planSubnets({
  cidrBlock: "10.0.0.0/16",
  availabilityZones: ["us-west-2a", "us-west-2b"],
});

/** Addresses in the plan above. */
export const addresses = {
  podA: "10.0.0.10",
  podB: "10.0.64.10",
  balancer: "10.0.16.5",
  gateway: "10.0.16.200",
  database: "10.0.17.5",
  controlPlane: "10.0.18.4",
  visitor: "198.51.100.7",
  outside: "203.0.113.9",
} as const;

export const allowedFlows: readonly AllowedFlow[] = [
  ...catalogueFlows({
    records: [],
    storePorts: {},
    controlPlaneCalls: [9443],
  }),
  { from: "internet", to: "public", protocol: "tcp", ports: [80, 443] },
  { from: "public", to: "private", protocol: "tcp", ports: [8080] },
  { from: "private", to: "data", protocol: "tcp", ports: [5432, [6379, 6380]] },
  { from: "private", to: "cluster", protocol: "udp", ports: [53] },
  { from: "private", to: "internet", protocol: "udp", ports: [123] },
];

export const queryArgs: QueryArgs = {
  database: "auterity_test_flow_logs",
  table: "flow_logs",
  subnets,
  allowedFlows,
  lookbackDays: 14,
};

export const queries = flowLogQueries(queryArgs);

/** What one interface saw: by default, an accepted TCP flow of yesterday that carries both SYN and ACK of its sender. */
export interface Flow {
  readonly from: string;
  readonly to: string;
  readonly fromPort?: number;
  readonly toPort?: number;
  readonly protocol?: number;
  readonly flags?: number;
  readonly bytes?: number;
  readonly packets?: number;
  readonly action?: "ACCEPT" | "REJECT";
  readonly direction?: "egress" | "ingress";
  readonly status?: "OK" | "NODATA";
  readonly daysAgo?: number;
}

const ephemeral = 49152;

/** Both directions of an answered TCP conversation, as the client's and the server's interface each see them. */
export function conversation(
  [client, server]: readonly [client: string, server: string],
  port: number,
  more: Partial<Flow> = {},
): Flow[] {
  const request: Flow = {
    from: client,
    to: server,
    fromPort: ephemeral,
    toPort: port,
    flags: 3,
    ...more,
  };
  const answer: Flow = {
    from: server,
    to: client,
    fromPort: port,
    toPort: ephemeral,
    flags: 19,
    ...more,
  };
  return (["egress", "ingress"] as const).flatMap((direction) => [
    { ...request, direction },
    { ...answer, direction },
  ]);
}

/** A database that reads the flows from Parquet files laid out as AWS lays them out, and knows Athena's functions. */
export async function flowLogDatabase(flows: readonly Flow[], folder: string): Promise<FlowLogs> {
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  mkdirSync(folder, { recursive: true });
  const columns = Object.entries(flowLogColumns)
    .map(([column, type]) => `"${column}" ${type === "string" ? "VARCHAR" : type}`)
    .join(", ");
  for (const statement of [
    "SET TimeZone = 'UTC'",
    "CREATE MACRO bitwise_and(a, b) AS a & b",
    "CREATE MACRO from_unixtime(seconds) AS to_timestamp(seconds)",
    `CREATE TABLE rows (${columns}, "year" INT, "month" INT, "day" INT, "hour" INT)`,
    `INSERT INTO rows VALUES ${flows.map((flow) => `(${values(flow)})`).join(", ")}`,
    // The parts of the path with two digits, which DuckDB's own partitioning does not write.
    `COPY (SELECT * REPLACE (lpad("month"::VARCHAR, 2, '0') AS "month", lpad("day"::VARCHAR, 2, '0') AS "day",
       lpad("hour"::VARCHAR, 2, '0') AS "hour") FROM rows)
     TO '${folder}' (FORMAT parquet, PARTITION_BY ("year", "month", "day", "hour"))`,
    `CREATE SCHEMA ${queryArgs.database}`,
    `CREATE VIEW ${queryArgs.database}.${queryArgs.table} AS SELECT * FROM read_parquet(
       '${join(folder, "*", "*", "*", "*", "*.parquet")}', hive_partitioning = true,
       hive_types = {'year': INT, 'month': INT, 'day': INT, 'hour': INT})`,
  ])
    await connection.run(statement);
  return new FlowLogs(connection);
}

export class FlowLogs {
  constructor(private readonly connection: DuckDBConnection) {}

  async run(sql: string): Promise<Record<string, unknown>[]> {
    const reader = await this.connection.runAndReadAll(sql);
    return reader.getRowObjectsJson();
  }

  close(): void {
    this.connection.closeSync();
  }
}

function values(flow: Flow): string {
  const { from, to, fromPort = ephemeral, toPort = ephemeral, protocol = 6, flags = 19 } = flow;
  const {
    bytes = 1000,
    packets = 10,
    action = "ACCEPT",
    direction = "egress",
    status = "OK",
  } = flow;
  const day = `(current_date - INTERVAL '${flow.daysAgo ?? 1}' DAY)`;
  const start = `epoch(${day})::BIGINT + 3600`;
  const row: Record<keyof typeof flowLogColumns, string> = {
    version: "5",
    account_id: "'123456789012'",
    interface_id: "'eni-1'",
    // The interface's own: queries that went by it would find nothing.
    srcaddr: "'192.0.2.1'",
    dstaddr: "'192.0.2.2'",
    srcport: String(fromPort),
    dstport: String(toPort),
    protocol: String(protocol),
    packets: String(packets),
    bytes: String(bytes),
    start,
    end: `${start} + 60`,
    action: `'${action}'`,
    log_status: `'${status}'`,
    vpc_id: "'vpc-1'",
    subnet_id: "'subnet-1'",
    instance_id: "'-'",
    tcp_flags: String(protocol === 6 ? flags : 0),
    type: "'IPv4'",
    pkt_srcaddr: `'${from}'`,
    pkt_dstaddr: `'${to}'`,
    region: "'us-west-2'",
    az_id: "'usw2-az1'",
    pkt_src_aws_service: "'-'",
    pkt_dst_aws_service: "'-'",
    flow_direction: `'${direction}'`,
    traffic_path: "1",
  };
  return [...Object.values(row), `year(${day})`, `month(${day})`, `day(${day})`, "1"].join(", ");
}
