import { expect } from "chai";
import { DrReplication, type DrReplicationArgs } from "../../../components/dr-replication";
import { ArgsError } from "../../../components/shared/args-error";
import { startOfflineEngine } from "../../support/engine";
import { args, bucket, database } from "./fixture";

async function problemsOf(given: DrReplicationArgs, name = "data"): Promise<readonly string[]> {
  const engine = await startOfflineEngine({ mode: "known" });
  try {
    new DrReplication(name, given);
  } catch (error) {
    await engine.settle();
    expect(engine.registrations).to.deep.equal([]);
    if (error instanceof ArgsError) return error.problems;
    throw error;
  }
  throw new Error("nothing was refused");
}

const none = {
  continuousDays: 0,
  dailyDays: 0,
  weeklyDays: 0,
  monthlyDays: 0,
  coldAfterDays: 0,
};

describe("arguments of DrReplication", () => {
  it("are refused with every problem at once, and nothing is registered", async () => {
    const unclassed = { ...database, dataClass: undefined };
    expect(
      await problemsOf(
        {
          ...args,
          region: "oregon",
          accountId: "12",
          stores: {
            database: unclassed as unknown as typeof database,
            models: {
              ...bucket,
              checks: [{ kind: "object-checksums", prefix: "", sample: 0 }],
            } as typeof bucket,
            cache: { kind: "elsewhere", dataClass: "reproducible", broughtBackBy: " " },
          },
          plans: {
            vital: { ...none, continuousDays: 36, monthlyDays: 100, coldAfterDays: 30 },
            reproducible: { ...none, dailyDays: 1.5 },
          },
          copyRegion: "oregon",
          otherAccountVaultArn: "vault",
          lock: { mode: "compliance", minRetentionDays: 40, coolingOffDays: 1 },
          protect: false,
          restoreTest: { ...args.restoreTest!, schedule: "sundays", rpoHours: 0, rtoMinutes: -1 },
        },
        "Data",
      ),
    ).to.deep.equal([
      'name: got "Data", need at most 30 lower-case letters, digits and hyphens, a letter first',
      'region: got "oregon", need a region such as us-west-2',
      'accountId: got "12", need 12 digits or "unassigned"',
      "stores.database.dataClass: got none, need one of none, reproducible, vital; nobody could say whether its loss matters",
      "stores.models.checks[0].sample: got 0, need 1 to 1000",
      "stores.cache.broughtBackBy: got nothing, need what brings it back",
      'copyRegion: got "oregon", which is the region of the stores, need another one',
      'otherAccountVaultArn: got "vault", need the ARN of a backup vault',
      "plans.vital.continuousDays: got 36, need 35 at most; longer ones are daily, weekly or monthly",
      "plans.vital.coldAfterDays: got 30 with monthlyDays 100, need monthlyDays 120 or more; cold storage keeps for 90 days at least",
      "plans.reproducible.dailyDays: got 1.5, need whole days, or 0 for none",
      "lock.minRetentionDays: got 40, which outlives plans.vital.continuousDays 36; the vault would refuse those backups",
      "lock.minRetentionDays: got 40, which outlives plans.reproducible.dailyDays 1.5; the vault would refuse those backups",
      "lock.coolingOffDays: got 1, need 3 or more",
      "lock.mode: got compliance without protect, need protect true; nobody could delete the vault anyway",
      'restoreTest.schedule: got "sundays", need cron(…) with six fields',
      "restoreTest.rpoHours: got 0, need more than 0",
      "restoreTest.rtoMinutes: got -1, need more than 0",
    ]);
  });

  it("need a backup of every class that a store has: a database is not backed up by what is for buckets", async () => {
    expect(
      await problemsOf({
        ...args,
        plans: { vital: { ...none, continuousDays: 35 }, reproducible: none },
        lock: { mode: "none" },
      }),
    ).to.deep.equal([
      "stores.database: is vital, and plans.vital makes no backup of a database, need one kind that is not 0",
    ]);
  });

  it("need a vault of another account in the region of the stores", async () => {
    const vault = (region: string, account: string) =>
      problemsOf({
        ...args,
        otherAccountVaultArn: `arn:aws:backup:${region}:${account}:backup-vault:safe`,
      });
    expect(await vault("us-west-2", "123456789012")).to.deep.equal([
      "otherAccountVaultArn: is of this account, need one that it cannot delete",
    ]);
    expect(await vault("us-east-2", "210987654321")).to.deep.equal([
      "otherAccountVaultArn: is in us-east-2, need a vault in us-west-2; a database's snapshot goes to another region or to another account",
    ]);
  });

  it("need names of tables that are plain", async () => {
    expect(
      await problemsOf({
        ...args,
        stores: {
          database: {
            ...database,
            checks: [
              {
                kind: "newest-record",
                database: "auterity",
                table: "orders; DROP",
                column: "at",
                atMostSeconds: 60,
              },
            ],
          } as typeof database,
        },
      }),
    ).to.deep.equal([
      'stores.database.checks[0]: got the table "orders; DROP", need SCHEMA.TABLE such as public.orders',
    ]);
  });
});
