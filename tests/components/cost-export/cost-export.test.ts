import { expect } from "chai";
import { CostExport, type CostExportArgs } from "../../../components/cost-export";
import { costExportDefaults } from "../../../components/cost-export/args";
import { costQueryKeys } from "../../../components/cost-export/queries";
import { costViewKeys } from "../../../components/cost-export/views";
import { startOfflineEngine } from "../../support/engine";
import { inputsOf, problemsOf, registrationsOf } from "../../support/store-fixture";

const args: CostExportArgs = { region: "us-west-2", accountId: "123456789012" };

const register = (mode: "known" | "unknown" = "known") =>
  registrationsOf(() => new CostExport("shop", args), mode);

describe("CostExport", () => {
  for (const mode of ["known", "unknown"] as const)
    it(`registers key, bucket, export, table, views and queries (${mode} values)`, async () => {
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
        ...costViewKeys.map((key) => [
          "aws:glue/catalogTable:CatalogTable",
          `shop-costs-${key}`,
          false,
        ]),
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
