import type { AthenaQuery } from "../shared/athena";
import { type AllowedFlow, internetTier } from "./allowed-flows";
import { conversations, isAllowed, isDaysAgo, noZone, placedFlows, type Subject } from "./sql";

export interface QueryArgs extends Subject {
  readonly allowedFlows: readonly AllowedFlow[];
  readonly lookbackDays: number;
  readonly crossZonePricePerGib?: number;
}

export const queryKeys = [
  "rejected-by-source",
  "new-destinations",
  "unexpected-traffic",
  "cross-zone-talkers",
  "records",
] as const;
export type QueryKey = (typeof queryKeys)[number];

/** More rows than anybody reads: what is left out is what is smallest. */
const mostRows = 500;

/** Each looks at the day before the one on which it runs, in UTC. */
export function flowLogQueries(args: QueryArgs): Readonly<Record<QueryKey, AthenaQuery>> {
  return {
    "rejected-by-source": rejectedBySource(args),
    "new-destinations": newDestinations(args),
    "unexpected-traffic": unexpectedTraffic(args),
    "cross-zone-talkers": crossZoneTalkers(args),
    records: {
      description: "How many records there are of yesterday: none means that nobody is logging",
      sql: `SELECT count(*) AS records
FROM "${args.database}"."${args.table}"
WHERE ${isDaysAgo(1)} AND log_status = 'OK'`,
    },
  };
}

function rejectedBySource(subject: Subject): AthenaQuery {
  return {
    description:
      "Who was refused yesterday, by security groups or network ACLs, most packets first",
    sql: `${placedFlows(subject, [1])}
SELECT source, source_tier,
  count(DISTINCT destination) AS destinations, count(DISTINCT dstport) AS ports, sum(packets) AS packets,
  from_unixtime(min("start")) AS first_seen, from_unixtime(max("end")) AS last_seen
FROM placed
WHERE action = 'REJECT'
GROUP BY source, source_tier
ORDER BY packets DESC, source
LIMIT ${mostRows}`,
  };
}

function newDestinations({ allowedFlows, lookbackDays, ...subject }: QueryArgs): AthenaQuery {
  const days = Array.from({ length: lookbackDays + 1 }, (_, index) => index + 1);
  return {
    description: `Addresses on the internet that something inside talked to yesterday, and not in the ${lookbackDays} days before`,
    sql: `${conversations(subject, days, allowedFlows)}
SELECT server, protocol, port,
  count(DISTINCT client) AS clients, min(client) AS a_client, sum(bytes) AS bytes,
  from_unixtime(min("start")) AS first_seen
FROM conversations
WHERE client_tier <> '${internetTier}' AND server_tier = '${internetTier}'
GROUP BY server, protocol, port
HAVING min(yesterday) = 1
ORDER BY bytes DESC, server, port
LIMIT ${mostRows}`,
  };
}

function unexpectedTraffic({ allowedFlows, ...subject }: QueryArgs): AthenaQuery {
  const ends = { client: "client_tier", server: "server_tier", port: "port" };
  return {
    description: "Conversations of yesterday between tiers that the catalogue does not allow",
    sql: `${conversations(subject, [1], allowedFlows)}
SELECT client_tier, server_tier, protocol, port, client, server,
  count(*) AS records, sum(bytes) AS bytes,
  from_unixtime(min("start")) AS first_seen, from_unixtime(max("end")) AS last_seen
FROM conversations
WHERE client_tier <> server_tier
  AND NOT ${isAllowed(allowedFlows, ends)}
GROUP BY client_tier, server_tier, protocol, port, client, server
ORDER BY bytes DESC, client, server, port
LIMIT ${mostRows}`,
  };
}

const bytesPerGib = 1024 ** 3;

function crossZoneTalkers({ crossZonePricePerGib: price, ...subject }: QueryArgs): AthenaQuery {
  // As whole numbers or decimals, the quotient would be cut off behind the point.
  const volume = `CAST(sum(bytes) AS DOUBLE) / ${bytesPerGib}`;
  const cost = price === undefined ? "" : `, ${volume} * ${decimal(price)} AS cost`;
  return {
    description: `Who sent most from one zone to another yesterday${price === undefined ? "" : ", and what it cost"}`,
    sql: `${placedFlows(subject, [1])}
SELECT source, source_tier, source_zone, destination, destination_tier, destination_zone,
  ${volume} AS gib${cost}
FROM placed
WHERE action = 'ACCEPT' AND flow_direction = 'egress'
  AND source_zone <> '${noZone}' AND destination_zone <> '${noZone}' AND source_zone <> destination_zone
GROUP BY source, source_tier, source_zone, destination, destination_tier, destination_zone
ORDER BY gib DESC, source, destination
LIMIT ${mostRows}`,
  };
}

/** Never 1e-7, which is another type of number in SQL. */
function decimal(value: number): string {
  return value.toFixed(10).replace(/0+$/, "").replace(/\.$/, ".0");
}
