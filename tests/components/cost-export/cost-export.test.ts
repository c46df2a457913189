import { DuckDBInstance } from "@duckdb/node-api";
import { expect } from "chai";
import { Parser } from "node-sql-parser/build/athena";
import { CostExport, type CostExportArgs } from "../../../components/cost-export";
import { costExportDefaults } from "../../../components/cost-export/args";
import { exportedColumns } from "../../../components/cost-export/columns";
import { costQueries, costQueryKeys } from "../../../components/cost-export/queries";
import { startOfflineEngine } from "../../support/engine";
import { inputsOf, problemsOf, registrationsOf } from "../../support/store-fixture";

const args: CostExportArgs = { region: "us-west-2", accountId: "123456789012" };

const register = (mode: "known" | "unknown" = "known") =>
  registrationsOf(() => new CostExport("shop", args), mode);

describe("CostExport", () => {
  for (const mode of ["known", "unknown"] as const)
    it(`registers key, bucket, export, table and queries (${mode} values)`, async () => {
      const registrations = await register(mode);
      expect(
        registrations.map(({ type, name, protect }) => [type, name, protect]),
      ).to.have.deep.members([
        ["platform:cost:CostExport", "shop", false],
        ["aws:kms/key:Key", "shop-cost-export", false],
        ["aws:s3/bucket:Bucket", "shop-cost-export", true],
        ...[
          ["BucketServerSideEncryptionConfiguration", "encryption"],
          ["BucketOwnershipControls", "ownership"],
          ["BucketPublicAccessBlock", "public-access"],
          ["BucketPolicy", "policy"],
          ["BucketVersioning", "versioning"],
          ["BucketLifecycleConfiguration", "lifecycle"],
        ].map(([kind = "", part = ""]) => [
          `aws:s3/${kind.charAt(0).toLowerCase()}${kind.slice(1)}:${kind}`,
          `shop-cost-export-${part}`,
          false,
        ]),
        ["aws:bcmdata/export:Export", "shop-cost-export", false],
        ["aws:glue/catalogDatabase:CatalogDatabase", "shop-cost-export", false],
        ["aws:glue/catalogTable:CatalogTable", "shop-cost-export", false],
        ["aws:athena/workgroup:Workgroup", "shop-cost-export", false],
        ...costQueryKeys.map((key) => [
          "aws:athena/namedQuery:NamedQuery",
          `shop-costs-${key}`,
          false,
        ]),
      ]);
    });

  it("exports what the table reads, with pods' parts of their nodes", async () => {
    const registrations = await register();
    const exported = inputsOf(registrations, "Export", "shop-cost-export");
    const table = inputsOf(registrations, "CatalogTable", "shop-cost-export");
    const { export: given } = exported as {
      readonly export: {
        readonly dataQueries: readonly {
          readonly queryStatement: string;
          readonly tableConfigurations: Readonly<Record<string, Record<string, string>>>;
        }[];
      };
    };
    const [query] = given.dataQueries;
    const configuration = query?.tableConfigurations["COST_AND_USAGE_REPORT"];
    expect(configuration?.["INCLUDE_SPLIT_COST_ALLOCATION_DATA"]).to.equal("TRUE");
    const { columns } = table["storageDescriptor"] as { readonly columns: { name: string }[] };
    expect(query?.queryStatement).to.equal(
      `SELECT ${columns.map(({ name }) => name).join(", ")} FROM COST_AND_USAGE_REPORT`,
    );
  });

  it("lets Data Exports of this account write, and nobody else", async () => {
    const registrations = await register();
    const { policy } = inputsOf(registrations, "BucketPolicy", "shop-cost-export-policy") as {
      readonly policy: string;
    };
    const { Statement } = JSON.parse(policy) as { readonly Statement: Record<string, unknown>[] };
    const allowed = Statement.filter(({ Effect }) => Effect === "Allow");
    expect(allowed).to.have.length(1);
    expect(allowed[0]).to.deep.include({
      Principal: { Service: "bcm-data-exports.amazonaws.com" },
      Action: ["s3:PutObject", "s3:GetBucketPolicy"],
      Condition: {
        StringEquals: { "aws:SourceAccount": "123456789012" },
        ArnLike: { "aws:SourceArn": "arn:aws:bcm-data-exports:us-east-1:123456789012:export/*" },
      },
    });
  });

  it("has the defaults that its arguments document", () => {
    const { retentionDays, scanLimitBytes, protect } = costExportDefaults;
    expect([retentionDays, scanLimitBytes, protect]).to.deep.equal([400, 10 * 1024 ** 3, true]);
  });

  it("refuses what AWS would refuse later, all at once", async () => {
    const wrong = { region: "nowhere", accountId: "1", retentionDays: 31, scanLimitBytes: 1 };
    expect(await problemsOf(() => new CostExport("Shop", wrong))).to.deep.equal([
      'name: got "Shop", need at most 40 lower-case letters, digits and hyphens, a letter first',
      'region: got "nowhere", need an AWS region',
      'accountId: got "1", need 12 digits, or unassigned',
      "retentionDays: got 31, need whole days, at least 32: a month is written until it ends",
      "scanLimitBytes: got 1, need at least 10000000",
    ]);
  });
});

describe("queries on the export of costs", () => {
  const queries = costQueries({ database: "main", table: "cost_and_usage" });

  for (const key of costQueryKeys)
    it(`${key} is what Athena reads`, () => {
      expect(() => new Parser().astify(queries[key].sql)).not.to.throw();
    });

  async function run(key: (typeof costQueryKeys)[number]): Promise<unknown[][]> {
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
    const month = "strftime(current_date, '%Y-%m')";
    const insert = (values: Record<string, string>): Promise<unknown> =>
      connection.run(
        `INSERT INTO cost_and_usage (${Object.keys(values).join(", ")}, billing_period) VALUES (${Object.values(values).join(", ")}, ${month})`,
      );
    const node = {
      line_item_product_code: "'AmazonEC2'",
      line_item_usage_type: "'BoxUsage:m6i.xlarge'",
      split_line_item_parent_resource_id: "''",
    };
    await insert({
      ...node,
      line_item_unblended_cost: "10",
      resource_tags: "MAP {'user_environment': 'prod'}",
    });
    await insert({
      ...node,
      line_item_product_code: "'AmazonS3'",
      line_item_unblended_cost: "2",
      resource_tags: "MAP {'user_team': 'shop', 'user_service': 'web'}",
    });
    await insert({
      ...node,
      line_item_usage_type: "'USW2-NatGateway-Bytes'",
      line_item_resource_id: "'nat-1'",
      line_item_unblended_cost: "3",
      line_item_usage_amount: "60",
      resource_tags: "MAP {'user_environment': 'prod'}",
    });
    await insert({
      ...{ line_item_product_code: "'AmazonEKS'", split_line_item_parent_resource_id: "'i-1'" },
      ...{
        line_item_usage_start_date: "TIMESTAMP '2026-12-01 05:00:00'",
        line_item_unblended_cost: "0",
      },
      ...{ split_line_item_split_cost: "4", split_line_item_unused_cost: "1" },
      resource_tags: "MAP {'aws_eks_namespace': 'shop', 'aws_eks_cluster_name': 'prod'}",
    });
    // Athena's function by its name in DuckDB.
    const sql = queries[key].sql.replaceAll("element_at(", "map_extract_value(");
    const rows = await (await connection.run(sql)).getRowsJS();
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
    "nodes-by-namespace": [["shop", "none", 4, 1]],
    "idle-nodes": [["2026-12-01T00:00:00.000Z", "prod", 1]],
    "nat-traffic": [["nat-1", "USW2-NatGateway-Bytes", 60, 3]],
    "traffic-between-zones": [],
  };
  for (const [key, rows] of Object.entries(expected))
    it(`${key} finds what it is for`, async () => {
      expect(await run(key as keyof typeof expected)).to.deep.equal(rows);
    });
});

describe("the example of CostExport", () => {
  it("runs by itself, all with the provider of its account", async () => {
    const engine = await startOfflineEngine({ config: { "auterity:accountId": "123456789012" } });
    await import("../../../examples/cost-export/index.js");
    await engine.settle();
    const providers = engine.registrations
      .filter(({ type }) => type.startsWith("aws:"))
      .map(({ provider }) => provider.split("::")[3]);
    expect(providers).to.have.length.above(10);
    expect(new Set(providers)).to.deep.equal(new Set(["account"]));
  });
});
