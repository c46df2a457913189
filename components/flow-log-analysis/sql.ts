import { parseIpv4Cidr } from "../shared/cidr";
import { type AllowedFlow, internetTier, protocolNumbers } from "./allowed-flows";
import type { TieredSubnet } from "./args";

/** Zone of an address outside of the subnets. */
export const noZone = "outside";

/** What queries are about. */
export interface Subject {
  readonly database: string;
  readonly table: string;
  readonly subnets: readonly TieredSubnet[];
}

/** A day in UTC: 1 is the whole one before this. Constant within a query, so that only its partitions are read. */
export function isDaysAgo(days: number): string {
  const date = `current_date - INTERVAL '${days}' DAY`;
  return `(year = year(${date}) AND month = month(${date}) AND day = day(${date}))`;
}

/**
 * Every flow of the days, with tier and zone at both ends, as common table expressions. Addresses are those of the packet:
 * the interface's own would name load balancer and NAT gateway in place of who is behind them.
 */
export function placedFlows(
  { database, table, subnets }: Subject,
  days: readonly number[],
): string {
  return `WITH flows AS (
  SELECT pkt_srcaddr AS source, pkt_dstaddr AS destination,
    ${addressNumber("pkt_srcaddr")} AS source_number,
    ${addressNumber("pkt_dstaddr")} AS destination_number,
    srcport, dstport, protocol, tcp_flags, packets, bytes, action, flow_direction, "start", "end",
    CASE WHEN ${isDaysAgo(1)} THEN 1 ELSE 0 END AS yesterday
  FROM "${database}"."${table}"
  WHERE (${days.map(isDaysAgo).join("\n    OR ")})
    AND log_status = 'OK'
), placed AS (
  SELECT source, destination, srcport, dstport, protocol, tcp_flags, packets, bytes, action, flow_direction,
    "start", "end", yesterday,
    ${placeOf("source_number", subnets, "tier")} AS source_tier,
    ${placeOf("destination_number", subnets, "tier")} AS destination_tier,
    ${placeOf("source_number", subnets, "zone")} AS source_zone,
    ${placeOf("destination_number", subnets, "zone")} AS destination_zone
  FROM flows
)`;
}

/** FIN 1, SYN 2, RST 4, ACK 16, of all packets together. @see https://docs.aws.amazon.com/vpc/latest/userguide/flow-log-records.html */
const synchronizedAndAcknowledged = 18;

/**
 * Adds who opened a conversation with whom. Of TCP, whoever sent SYN and ACK was the server, and did answer: what merely
 * reached an interface that ignores it, such as the scans that a NAT gateway sees all day, is no conversation. Other
 * protocols do not tell, so whoever sends from inside counts as the client, unless it is an answer that is allowed. ICMP,
 * which reports errors, is left out.
 */
export function conversations(
  subject: Subject,
  days: readonly number[],
  flows: readonly AllowedFlow[],
): string {
  const { tcp } = protocolNumbers;
  const udp = flows.filter(({ protocol }) => protocol === "udp");
  const answers =
    udp.length === 0
      ? ""
      : `\n    AND NOT ${isAllowed(udp, { client: "destination_tier", server: "source_tier", port: "srcport" })}`;
  return `${placedFlows(subject, days)}, conversations AS (
  SELECT destination AS client, destination_tier AS client_tier, source AS server, source_tier AS server_tier,
    protocol, srcport AS port, bytes, "start", "end", yesterday
  FROM placed
  WHERE action = 'ACCEPT' AND protocol = ${tcp}
    AND bitwise_and(tcp_flags, ${synchronizedAndAcknowledged}) = ${synchronizedAndAcknowledged}
  UNION ALL
  SELECT source AS client, source_tier AS client_tier, destination AS server, destination_tier AS server_tier,
    protocol, dstport AS port, bytes, "start", "end", yesterday
  FROM placed
  WHERE action = 'ACCEPT' AND protocol NOT IN (${icmp}, ${tcp})
    AND source_tier <> '${internetTier}'${answers}
)`;
}

const icmp = 1;

/** Names of the columns that hold the ends of a conversation. */
interface Ends {
  readonly client: string;
  readonly server: string;
  readonly port: string;
}

export function isAllowed(flows: readonly AllowedFlow[], { client, server, port }: Ends): string {
  const clauses = flows.map(({ from, to, protocol, ports }) =>
    [
      `${client} = '${from}'`,
      `${server} = '${to}'`,
      `protocol = ${protocolNumbers[protocol]}`,
      ...(ports === "all" ? [] : [anyPort(port, ports)]),
    ].join(" AND "),
  );
  return `(${clauses.map((clause) => `(${clause})`).join("\n    OR ")})`;
}

function anyPort(column: string, ports: Exclude<AllowedFlow["ports"], "all">): string {
  const clauses = ports.map((port) =>
    typeof port === "number"
      ? `${column} = ${port}`
      : `${column} BETWEEN ${port[0]} AND ${port[1]}`,
  );
  return `(${clauses.join(" OR ")})`;
}

/** An IPv4 address as a number, so that ranges compare; NULL for any other text. */
function addressNumber(column: string): string {
  const parts = [2 ** 24, 2 ** 16, 2 ** 8, 1].map(
    (weight, index) => `CAST(split_part(${column}, '.', ${index + 1}) AS BIGINT) * ${weight}`,
  );
  return `try(${parts.join(" + ")})`;
}

function placeOf(column: string, subnets: readonly TieredSubnet[], what: "tier" | "zone"): string {
  const cases = subnets.flatMap((subnet) => {
    const { cidr } = parseIpv4Cidr(subnet.cidrBlock);
    return cidr === undefined
      ? []
      : [`WHEN ${column} BETWEEN ${cidr.first} AND ${cidr.last} THEN '${subnet[what]}'`];
  });
  const otherwise = what === "tier" ? internetTier : noZone;
  return `CASE ${cases.join(" ")} ELSE '${otherwise}' END`;
}
