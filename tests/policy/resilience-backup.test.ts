import { expect } from "chai";
import { resilienceBackup } from "../../policy/rules/resilience-backup";
import { excusing, existing, finder } from "../support/stack-rule";

const find = finder(resilienceBackup);
const database = (backupRetentionPeriod?: number) =>
  existing("aws:rds/cluster:Cluster", "database", {
    ...(backupRetentionPeriod !== undefined && { backupRetentionPeriod }),
  });
const bucket = existing("aws:s3/bucket:Bucket", "models", { bucket: "models" });
const versioning = (status: string) =>
  existing("aws:s3/bucketVersioning:BucketVersioning", "versioning", {
    bucket: "models",
    versioningConfiguration: { status },
  });
const unversioned = ["models", "keeps no versions of its objects"];

describe("resilience-backup", () => {
  it("is silent about seven days, and a bucket with versions", async () => {
    expect(await find([database(7), bucket, versioning("Enabled")])).to.deep.equal([]);
  });
  it("reports fewer days, and none", async () => {
    expect(await find([database(6)])).to.deep.equal([
      ["database", "backupRetentionPeriod: is 6, need 7 or more"],
    ]);
    expect(await find([database()])).to.deep.equal([
      ["database", "backupRetentionPeriod: is 0, need 7 or more"],
    ]);
  });
  it("counts a cache's snapshots", async () => {
    const cache = existing("aws:elasticache/replicationGroup:ReplicationGroup", "cache", {});
    expect(await find([cache])).to.deep.equal([
      ["cache", "snapshotRetentionLimit: is 0, need 7 or more"],
    ]);
  });
  it("reports a bucket without versions, or with suspended ones", async () => {
    expect(await find([bucket])).to.deep.equal([unversioned]);
    expect(await find([bucket, versioning("Suspended")])).to.deep.equal([unversioned]);
  });
  it("takes what others can make again from its settings", async () => {
    expect(await find([bucket], { unversionedBuckets: ["models"] })).to.deep.equal([]);
    expect(await find([database(6)], { fewestDays: 5 })).to.deep.equal([]);
  });
  it("excuses what a waiver names", async () => {
    expect(await find([bucket], excusing("models"))).to.deep.equal([]);
  });
});
