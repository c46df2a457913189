import { expect } from "chai";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Parser } from "node-sql-parser/build/athena";
import { flowLogQueries, queryKeys } from "../../../components/flow-log-analysis/queries";
import {
  addresses,
  allowedFlows,
  conversation,
  type Flow,
  flowLogDatabase,
  type FlowLogs,
  queries,
  queryArgs,
} from "./flow-log-files";

const { podA, podB, balancer, gateway, database, controlPlane, visitor, outside } = addresses;
const parser = new Parser();

describe("the queries on flow logs, read by a parser of Athena's dialect", () => {
  const priced = flowLogQueries({ ...queryArgs, crossZonePricePerGib: 0.5 });
  for (const key of queryKeys)
    for (const [variant, { sql }] of [
      ["without a price", queries[key]],
      ["with a price", priced[key]],
    ] as const)
      it(`${key} ${variant} is one SELECT on the one table`, () => {
        const { ast, tableList } = parser.parse(sql, { database: "athena" });
        const statements = Array.isArray(ast) ? ast : [ast];
        expect(statements.map(({ type }) => type)).to.deep.equal(["select"]);
        expect(
          tableList.filter((table) => table.includes("auterity_test_flow_logs")),
        ).to.deep.equal(["select::auterity_test_flow_logs::flow_logs"]);
      });

  it("would notice a query that is none", () => {
    const broken = queries["unexpected-traffic"].sql.replace("GROUP BY", "GROUP");
    expect(() => parser.astify(broken)).to.throw(/Expected/);
  });
});

/** What a day looks like on which nothing happens that should not. */
const ordinary: Flow[] = [
  ...conversation([visitor, balancer], 443),
  ...conversation([balancer, podA], 8080),
  ...conversation([podA, database], 5432),
  ...conversation([podA, database], 6380),
  ...conversation([podA, outside], 443),
  ...conversation([gateway, outside], 443),
  ...conversation([podA, controlPlane], 443),
  ...conversation([controlPlane, podB], 9443),
  // Within a tier it is for network policies to say.
  ...conversation([podA, podB], 12345),
  // Allowed, and its answer.
  { from: podA, to: controlPlane, toPort: 53, protocol: 17 },
  { from: controlPlane, to: podA, fromPort: 53, protocol: 17 },
  { from: podA, to: outside, toPort: 123, fromPort: 123, protocol: 17 },
  { from: outside, to: podA, toPort: 123, fromPort: 123, protocol: 17 },
  // Scans, which the interface of the NAT gateway accepts and nobody answers.
  { from: visitor, to: gateway, toPort: 3389, flags: 2 },
  { from: visitor, to: gateway, toPort: 161, protocol: 17 },
  // Errors and pings.
  { from: podA, to: outside, protocol: 1, fromPort: 0, toPort: 0 },
  // Refused is not talked.
  { from: visitor, to: database, toPort: 5432, flags: 2, action: "REJECT", packets: 3 },
  // An interface without traffic, and addresses that are no IPv4.
  { from: "-", to: "-", fromPort: 0, toPort: 0, status: "NODATA" },
];

describe("the queries on flow logs, run on Parquet files", () => {
  const opened: { logs: FlowLogs; folder: string }[] = [];
  const open = async (flows: readonly Flow[]): Promise<FlowLogs> => {
    const folder = mkdtempSync(join(tmpdir(), "auterity-flow-logs-"));
    const logs = await flowLogDatabase(flows, folder);
    opened.push({ logs, folder });
    return logs;
  };
  after(() => {
    for (const { logs, folder } of opened) {
      logs.close();
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it("find nothing unexpected on an ordinary day", async () => {
    const logs = await open(ordinary);
    expect(await logs.run(queries["unexpected-traffic"].sql)).to.deep.equal([]);
    expect(await logs.run(queries.records.sql)).to.deep.equal([
      { records: String(ordinary.length - 1) },
    ]);
    const [{ folder } = { folder: "" }] = opened;
    expect(readdirSync(folder)[0]).to.match(/^year=\d{4}$/);
    expect(readdirSync(join(folder, readdirSync(folder)[0] ?? ""))[0]).to.match(/^month=\d\d$/);
  });

  it("find each conversation that the catalogue does not allow, and nothing else", async () => {
    const logs = await open([
      ...ordinary,
      // Somebody reaches the database past the services.
      ...conversation([balancer, database], 5432, { bytes: 9000 }),
      // Data leave by a port that nobody named.
      ...conversation([podB, outside], 6667, { bytes: 8000 }),
      ...conversation([database, outside], 443, { bytes: 7000 }),
      // The same, without connections.
      { from: podA, to: database, toPort: 5353, protocol: 17, bytes: 6000 },
      { from: podA, to: outside, protocol: 47, fromPort: 0, toPort: 0, bytes: 5000 },
      // In from the internet, past the load balancer.
      ...conversation([visitor, podA], 8080, { bytes: 1500 }),
      // A port that is allowed in one direction alone.
      ...conversation([database, podA], 5432, { bytes: 1400 }),
      // Not of yesterday.
      ...conversation([balancer, database], 22, { daysAgo: 2 }),
      ...conversation([balancer, database], 23, { daysAgo: 0 }),
    ]);
    const rows = await logs.run(queries["unexpected-traffic"].sql);
    expect(
      rows.map((row) => [
        ...[row["client_tier"], row["server_tier"], Number(row["protocol"]), row["port"]],
        ...[row["client"], row["server"], Number(row["records"]), Number(row["bytes"])],
      ]),
    ).to.deep.equal([
      ["public", "data", 6, 5432, balancer, database, 2, 18000],
      ["private", "internet", 6, 6667, podB, outside, 2, 16000],
      ["data", "internet", 6, 443, database, outside, 2, 14000],
      ["private", "data", 17, 5353, podA, database, 1, 6000],
      ["private", "internet", 47, 0, podA, outside, 1, 5000],
      ["internet", "private", 6, 8080, visitor, podA, 2, 3000],
      ["data", "private", 6, 5432, database, podA, 2, 2800],
    ]);
    expect(Object.keys(rows[0] ?? {}).slice(-2)).to.deep.equal(["first_seen", "last_seen"]);
  });

  for (const [index, { from, to, protocol, ports }] of allowedFlows.entries()) {
    // Nothing of the day uses it; the catalogue allows more than a day shows.
    if (to === "internet" && from === "public") continue;
    it(`find traffic once ${from} to ${to} by ${protocol} ${JSON.stringify(ports)} is not allowed any more`, async () => {
      const logs = await open(ordinary);
      const { "unexpected-traffic": query } = flowLogQueries({
        ...queryArgs,
        allowedFlows: allowedFlows.filter((_, other) => other !== index),
      });
      const rows = await logs.run(query.sql);
      expect(
        new Set(rows.map((row) => `${String(row["client_tier"])} ${String(row["server_tier"])}`)),
      ).to.include(`${from} ${to}`);
    });
  }

  it("allow all ports where a flow says so", async () => {
    const logs = await open([...ordinary, ...conversation([podB, outside], 6667)]);
    const all = { from: "private", to: "internet", protocol: "tcp", ports: "all" } as const;
    const { "unexpected-traffic": query } = flowLogQueries({
      ...queryArgs,
      allowedFlows: [...allowedFlows, all],
    });
    expect(await logs.run(query.sql)).to.deep.equal([]);
  });

  it("count by source who was refused", async () => {
    const logs = await open([
      ...ordinary,
      { from: visitor, to: podA, toPort: 22, flags: 2, action: "REJECT", packets: 4 },
      { from: podA, to: database, toPort: 22, flags: 2, action: "REJECT", packets: 5 },
      { from: podB, to: database, flags: 2, action: "REJECT", packets: 99, daysAgo: 2 },
    ]);
    const rows = await logs.run(queries["rejected-by-source"].sql);
    expect(
      rows.map((row) => [
        ...[row["source"], row["source_tier"], Number(row["destinations"])],
        ...[Number(row["ports"]), Number(row["packets"])],
      ]),
    ).to.deep.equal([
      [visitor, "internet", 2, 2, 7],
      [podA, "private", 1, 1, 5],
    ]);
  });

  it("name destinations that nobody talked to in the days before", async () => {
    const known = conversation([podA, outside], 443);
    const logs = await open([
      ...known,
      ...known.map((flow) => ({ ...flow, daysAgo: 15 })),
      ...conversation([podA, "203.0.113.50"], 443),
      ...conversation([podB, "203.0.113.50"], 443),
      // Long forgotten is new again.
      ...conversation([podA, "203.0.113.60"], 443, { bytes: 10 }),
      ...conversation([podA, "203.0.113.60"], 443, { daysAgo: 16 }),
      // Not of yesterday, or not opened from inside.
      ...conversation([podA, "203.0.113.70"], 443, { daysAgo: 2 }),
      ...conversation(["203.0.113.80", balancer], 443),
    ]);
    const rows = await logs.run(queries["new-destinations"].sql);
    expect(rows.map((row) => [row["server"], row["port"], Number(row["clients"])])).to.deep.equal([
      ["203.0.113.50", 443, 2],
      ["203.0.113.60", 443, 1],
    ]);
  });

  it("add up what crosses zones, each byte once, and leave the cost out where no price is given", async () => {
    const gib = 1024 ** 3;
    const logs = await open([
      ...conversation([podA, podB], 8080, { bytes: gib }),
      { from: podB, to: database, bytes: gib / 4 },
      // Within the zone, and over its edge.
      ...conversation([podA, database], 5432, { bytes: 9 * gib }),
      ...conversation([podA, outside], 443, { bytes: 9 * gib }),
      { from: podA, to: podB, bytes: 9 * gib, action: "REJECT" },
    ]);
    const rows = await logs.run(queries["cross-zone-talkers"].sql);
    expect(rows.map((row) => [row["source"], row["source_zone"], row["gib"]])).to.deep.equal([
      [podA, "us-west-2a", 1],
      [podB, "us-west-2b", 1],
      [podB, "us-west-2b", 0.25],
    ]);
    expect(rows[0]).to.not.have.property("cost");
    const { "cross-zone-talkers": priced } = flowLogQueries({
      ...queryArgs,
      crossZonePricePerGib: 0.5,
    });
    const costs = (await logs.run(priced.sql)).map((row) => Number(row["cost"]));
    expect(costs).to.deep.equal([0.5, 0.5, 0.125]);
  });
});
