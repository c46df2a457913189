import { expect } from "chai";
import { drReplicated } from "../../policy/rules/dr-replicated";
import { excusing, existing, finder } from "../support/stack-rule";

const find = finder(drReplicated);
const tags = { "data-class": "vital" };
const bucket = (name: string, given: object = tags) =>
  existing("aws:s3/bucket:Bucket", name, {
    ...{ bucket: name, arn: `arn:aws:s3:::${name}`, name, tags: given },
  });
const cluster = (inputs: object = {}) =>
  existing("aws:rds/cluster:Cluster", "database", { tags, ...inputs });
const replication = (destination: object) =>
  existing("aws:s3/bucketReplicationConfig:BucketReplicationConfig", "replication", {
    bucket: "models",
    rules: [{ destination: { bucket: "arn:aws:s3:::copies", ...destination } }],
  });
const encrypted = { encryptionConfiguration: { replicaKmsKeyId: "key" } };
const plan = (...copyActions: object[]) =>
  existing("aws:backup/plan:Plan", "plan", { rules: [{ ruleName: "daily", copyActions }] });
const lost = "reaches no other region: nothing replicates it, and no backup of it is copied";

describe("dr-replicated", () => {
  it("reports what is vital and stays in its region", async () => {
    expect(await find([bucket("models"), cluster()])).to.deep.equal([
      ["models", lost],
      ["database", lost],
    ]);
    expect(await find([bucket("models"), plan()])).to.deep.equal([["models", lost]]);
  });
  it("is silent about what can be made again", async () => {
    expect(
      await find([bucket("logs", { "data-class": "none" }), bucket("more", {})]),
    ).to.deep.equal([]);
  });
  it("takes both ends of a replication, a global database, and backups that are copied", async () => {
    expect(await find([bucket("models"), bucket("copies"), replication(encrypted)])).to.deep.equal(
      [],
    );
    expect(await find([cluster({ globalClusterIdentifier: "global" })])).to.deep.equal([]);
    const copy = { destinationVaultArn: "arn:aws:backup:us-east-2:1:backup-vault:copies" };
    expect(await find([bucket("models"), cluster(), plan(copy)])).to.deep.equal([]);
  });
  it("reports copies without a key of their own", async () => {
    expect(await find([bucket("models"), bucket("copies"), replication({})])).to.deep.equal([
      ["replication", "rules[0].destination: names no key for the copies"],
    ]);
  });
  it("takes the tag from its settings, and excuses what a waiver names", async () => {
    expect(await find([bucket("models")], { required: "dr=required" })).to.deep.equal([]);
    expect(await find([bucket("models")], { throwaway: true })).to.deep.equal([]);
    expect(await find([bucket("models")], excusing("models"))).to.deep.equal([]);
  });
});
