import { expect } from "chai";
import { MultiAzDatabase, type MultiAzDatabaseArgs } from "../../../components/multi-az-database";
import {
  readBackupWindow,
  readMaintenanceWindow,
  windowsOverlap,
} from "../../../components/multi-az-database/windows";
import { ArgsError } from "../../../components/shared/args-error";
import { startOfflineEngine } from "../../support/engine";
import { multiZone, secondary, single } from "./fixture";

async function problemsOf(args: MultiAzDatabaseArgs, name = "shop"): Promise<readonly string[]> {
  const engine = await startOfflineEngine();
  try {
    new MultiAzDatabase(name, args);
  } catch (error) {
    await engine.settle();
    expect(engine.registrations).to.deep.equal([]);
    expect(error).to.be.instanceOf(ArgsError);
    return (error as ArgsError).problems;
  }
  await engine.settle();
  return [];
}

const memoryClasses = ["r6g", "r6i", "r7g", "r7i", "r8g"]
  .map((family) => `db.${family} (large, xlarge, 2xlarge, 4xlarge, 8xlarge)`)
  .join(", ");
const classes = `db.t3 (medium, large), db.t4g (medium, large), ${memoryClasses}`;

describe("MultiAzDatabase: what it refuses", () => {
  it("is every wrong value at once, with what is accepted", async () => {
    const wrong = {
      ...single,
      region: "west",
      accountId: "12",
      subnetIdByZone: { "us-east-1a": "subnet" },
      clientSecurityGroupIds: {},
      instanceClass: "db.m5.large",
      engineVersion: "15.4",
      backupRetentionDays: 36,
      logRetentionDays: 10,
      backupWindow: "8-9",
      maintenanceWindow: "sun:09:00-sun:09:10",
    };
    expect(await problemsOf(wrong, "Shop")).to.deep.equal([
      'name: got "Shop", need at most 40 lower-case letters, digits and single hyphens: it is the cluster\'s',
      'region: got "west", need a region such as us-west-2',
      'accountId: got "12", need 12 digits, or unassigned',
      'subnetIdByZone: got "us-east-1a", need zones of west',
      "subnetIdByZone: got 1 zone(s), need 2 or more: else nothing is left when one is lost",
      "clientSecurityGroupIds: got none, need whoever connects",
      `instanceClass: got "db.m5.large", need one of ${classes}`,
      'engineVersion: got "15.4", need an exact version such as 17.10: parameters are those of 17',
      "backupRetentionDays: got 36, need 1 to 35",
      "logRetentionDays: got 10, need one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731",
      'backupWindow: got "8-9", need HH:MM-HH:MM of 30 minutes or more, such as 08:00-09:00',
      'maintenanceWindow: got "sun:09:00-sun:09:10", need ddd:HH:MM-ddd:HH:MM of 30 minutes or more, such as sun:09:30-sun:10:30',
    ]);
  });

  it("is a class that is throttled where a zone's loss must not be noticed", async () => {
    expect(await problemsOf({ ...multiZone, instanceClass: "db.t3.medium" })).to.deep.equal([
      `instanceClass: got "db.t3.medium" with multi-zone, whose processor is throttled after bursts, need one of ${memoryClasses}`,
    ]);
  });

  it("is a global database in one region, of a class without it, or with a single instance", async () => {
    const globalDatabase = { role: "primary", copyRegion: "us-west-2" } as const;
    const args = { ...single, instanceClass: "db.t3.large", globalDatabase };
    expect(await problemsOf(args)).to.deep.equal([
      `instanceClass: got "db.t3.large" in a global database, need one of ${memoryClasses}`,
      'globalDatabase.copyRegion: got "us-west-2", which is the region of this cluster itself, need another one',
      'globalDatabase.role: got "primary" with single-instance, need multi-zone: a zone is lost more often than a region',
    ]);
  });

  it("is a secondary of nothing, of its own region, or of a kind that nobody knows", async () => {
    const globalDatabase = {
      role: "secondary" as const,
      ...{ identifier: "Shop_1", primaryRegion: "us-east-2", rpoSeconds: 0 },
      instances: "some" as "readers",
    };
    expect(await problemsOf({ ...secondary, globalDatabase })).to.deep.equal([
      'globalDatabase.primaryRegion: got "us-east-2", which is the region of this cluster itself, need another one',
      'globalDatabase.identifier: got "Shop_1", need the name of the primary',
      'globalDatabase.instances: got "some", need headless or readers',
      "globalDatabase.rpoSeconds: got 0, need 1 or more",
    ]);
  });

  it("is maintenance while the backup is made", async () => {
    const args = {
      ...single,
      backupWindow: "23:30-00:30",
      maintenanceWindow: "mon:00:00-mon:01:00",
    };
    expect(await problemsOf(args)).to.deep.equal([
      'maintenanceWindow: got "mon:00:00-mon:01:00", which overlaps backupWindow "23:30-00:30", need one apart from it',
    ]);
  });
});

describe("windows", () => {
  const overlap = (daily: string, weekly: string): boolean =>
    windowsOverlap(readBackupWindow(daily)!, readMaintenanceWindow(weekly)!);

  it("overlap over midnight and over the end of the week, and not where they touch", () => {
    expect(
      [
        ["08:00-09:00", "sun:09:00-sun:10:00"],
        ["08:00-09:01", "sun:09:00-sun:10:00"],
        ["23:00-00:30", "sun:23:30-mon:00:15"],
        ["00:00-00:30", "sun:23:30-mon:00:15"],
        ["12:00-12:30", "fri:00:00-sat:00:00"],
      ].map(([daily, weekly]) => overlap(daily!, weekly!)),
    ).to.deep.equal([false, true, true, true, true]);
  });

  it("are none with other days, times and lengths", () => {
    for (const text of ["24:00-01:00", "08:00-08:29", "", "08:00"])
      expect(readBackupWindow(text), text).to.equal(undefined);
    for (const text of ["son:08:00-son:09:00", "sun:08:00-09:00", "Sun:08:00-Sun:09:00"])
      expect(readMaintenanceWindow(text), text).to.equal(undefined);
  });
});
