import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { expect } from "chai";
import { Parser } from "node-sql-parser/build/athena";
import { CostExport } from "../../../components/cost-export";
import { exportedColumns } from "../../../components/cost-export/columns";
import { costQueries, costQueryKeys } from "../../../components/cost-export/queries";
import { costViewKeys } from "../../../components/cost-export/views";
import { inputsOf, registrationsOf } from "../../support/store-fixture";

const args = { region: "us-west-2", accountId: "123456789012" };

/** As Athena reads them out of the catalogue. */
interface Definition {
  readonly originalSql: string;
  readonly catalog: string;
  readonly schema: string;
  readonly columns: readonly { readonly name: string; readonly type: string }[];
}

async function registeredViews(): Promise<
  { readonly inputs: Record<string, unknown>; readonly definition: Definition }[]
> {
  const registrations = await registrationsOf(() => new CostExport("shop", args));
  return costViewKeys.map((key) => {
    const inputs = inputsOf(registrations, "CatalogTable", `shop-costs-${key}`);
    const text = inputs["viewOriginalText"] as string;
    const encoded = /^\/\* Presto View: ([A-Za-z0-9+/=]+) \*\/$/.exec(text)?.[1] ?? "";
    const definition = JSON.parse(Buffer.from(encoded, "base64").toString("utf8")) as Definition;
    return { inputs, definition };
  });
}

describe("views on the export of costs", () => {
  it("lie in the catalogue as Athena would have put them there", async () => {
    for (const { inputs, definition } of await registeredViews()) {
      expect(inputs).to.include({
        ...{ tableType: "VIRTUAL_VIEW", viewExpandedText: "/* Presto View */" },
        ...{ databaseName: "shop_costs", region: "us-west-2" },
      });
      expect(inputs["parameters"]).to.deep.equal({ presto_view: "true", comment: "Presto View" });
      expect(Object.keys(definition)).to.have.members([
        ...["originalSql", "catalog", "schema", "columns"],
      ]);
      expect(definition).to.include({ catalog: "awsdatacatalog", schema: "shop_costs" });
      const { columns } = inputs["storageDescriptor"] as Pick<Definition, "columns">;
      expect(columns).to.deep.equal(
        definition.columns.map(({ name, type }) => ({
          ...{ name, type: type === "varchar" ? "string" : type },
        })),
      );
    }
  });

  it("have these columns", async () => {
    const views = await registeredViews();
    expect(
      views.map(({ inputs, definition }) => [
        inputs["name"],
        definition.columns.map(({ name, type }) => `${name} ${type}`).join(", "),
      ]),
    ).to.deep.equal([
      ...["team", "service", "environment"].map((key) => [
        `costs_by_${key}`,
        `billing_period varchar, day date, ${key} varchar, product varchar, usd double`,
      ]),
      [
        "costs_by_pod",
        "billing_period varchar, day date, cluster varchar, namespace varchar, workload varchar, pod varchar, used_usd double, unused_usd double",
      ],
    ]);
  });

  it("are what their statements give, on the table as it is exported", async () => {
    const connection = await exportedTable();
    for (const { inputs, definition } of await registeredViews()) {
      expect(() => new Parser().astify(definition.originalSql)).not.to.throw();
      const described = await connection.run(`DESCRIBE ${forDuckDb(definition.originalSql)}`);
      const rows = (await described.getRowsJS()) as string[][];
      expect(
        rows.map(([name = "", type = ""]) => ({ name, type: type.toLowerCase() })),
        String(inputs["name"]),
      ).to.deep.equal(definition.columns);
    }
    connection.closeSync();
  });

  it("read nothing that is not exported", async () => {
    const known = new Set([...Object.keys(exportedColumns), "billing_period"]);
    for (const { definition } of await registeredViews()) {
      const { originalSql } = definition;
      const { columnList } = new Parser().parse(originalSql);
      const read = columnList.map((entry) => entry.split("::").at(-1) ?? "");
      expect(read).to.have.length.above(3);
      expect(read.filter((column) => !known.has(column))).to.deep.equal([]);
    }
  });
});

/** Athena's names in DuckDB. */
const forDuckDb = (sql: string): string =>
  sql.replaceAll("element_at(", "map_extract_value(").replaceAll('"shop_costs".', "");

async function exportedTable(): Promise<DuckDBConnection> {
  const connection = await (await DuckDBInstance.create(":memory:")).connect();
  const types = {
    timestamp: "TIMESTAMP",
    string: "VARCHAR",
    double: "DOUBLE",
    "map<string,string>": "MAP(VARCHAR, VARCHAR)",
  };
  const columns = Object.entries(exportedColumns).map(([name, type]) => `${name} ${types[type]}`);
  await connection.run(
    `CREATE TABLE cost_and_usage (${columns.join(", ")}, billing_period VARCHAR);
     CREATE MACRO date_format(day, format) AS strftime(day, format);`,
  );
  return connection;
}

describe("queries on the export of costs", () => {
  const queries = costQueries({ database: "shop_costs", table: "cost_and_usage" });

  for (const key of costQueryKeys)
    it(`${key} is what Athena reads`, () => {
      expect(() => new Parser().astify(queries[key].sql)).not.to.throw();
    });

  async function run(key: (typeof costQueryKeys)[number]): Promise<unknown[][]> {
    const connection = await exportedTable();
    for (const { inputs, definition } of await registeredViews())
      await connection.run(
        `CREATE VIEW ${String(inputs["name"])} AS ${forDuckDb(definition.originalSql)}`,
      );
    const thisMonth = "strftime(current_date, '%Y-%m')";
    const insert = (values: Record<string, string>, month = thisMonth): Promise<unknown> =>
      connection.run(
        `INSERT INTO cost_and_usage (${Object.keys(values).join(", ")}, billing_period) VALUES (${Object.values(values).join(", ")}, ${month})`,
      );
    await insertMonth(insert);
    const rows = await (await connection.run(forDuckDb(queries[key].sql))).getRowsJS();
    connection.closeSync();
    return rows.map((cells) =>
      cells.map((cell) => (cell instanceof Date ? cell.toISOString() : cell)),
    );
  }

  const expected: Partial<Record<(typeof costQueryKeys)[number], unknown[][]>> = {
    "by-team": [
      ["none", "AmazonEC2", 13],
      ["shop", "AmazonS3", 2],
      ["none", "AmazonEKS", 0],
    ],
    "by-environment": [
      ["prod", "AmazonEC2", 13],
      ["none", "AmazonS3", 2],
      ["none", "AmazonEKS", 0],
    ],
    "nodes-by-namespace": [["shop", "none", 7, 1]],
    "idle-nodes": [["2026-12-01T00:00:00.000Z", "prod", 1]],
    "nat-traffic": [["nat-1", "USW2-NatGateway-Bytes", 60, 3]],
    "traffic-between-zones": [],
  };
  for (const [key, rows] of Object.entries(expected))
    it(`${key} finds what it is for`, async () => {
      expect(await run(key as keyof typeof expected)).to.deep.equal(rows);
    });
});

async function insertMonth(
  insert: (values: Record<string, string>, month?: string) => Promise<unknown>,
): Promise<void> {
  const node = {
    line_item_product_code: "'AmazonEC2'",
    line_item_usage_type: "'BoxUsage:m6i.xlarge'",
    split_line_item_parent_resource_id: "''",
  };
  const ofProd = { ...node, resource_tags: "MAP {'user_environment': 'prod'}" };
  await insert({ ...ofProd, line_item_unblended_cost: "10" });
  await insert({ ...ofProd, line_item_unblended_cost: "500" }, "'2020-01'");
  await insert({
    ...node,
    line_item_product_code: "'AmazonS3'",
    line_item_unblended_cost: "2",
    resource_tags: "MAP {'user_team': 'shop', 'user_service': 'web'}",
  });
  await insert({
    ...ofProd,
    line_item_usage_type: "'USW2-NatGateway-Bytes'",
    line_item_resource_id: "'nat-1'",
    line_item_unblended_cost: "3",
    line_item_usage_amount: "60",
  });
  const pod = {
    ...{ line_item_product_code: "'AmazonEKS'", split_line_item_parent_resource_id: "'i-1'" },
    ...{
      line_item_usage_start_date: "TIMESTAMP '2026-12-01 05:00:00'",
      line_item_unblended_cost: "0",
    },
    resource_tags: "MAP {'aws_eks_namespace': 'shop', 'aws_eks_cluster_name': 'prod'}",
  };
  await insert({ ...pod, split_line_item_split_cost: "4", split_line_item_unused_cost: "1" });
  await insert({ ...pod, split_line_item_split_cost: "3", split_line_item_unused_cost: "0" });
}
