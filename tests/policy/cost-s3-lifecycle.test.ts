import { expect } from "chai";
import { costS3Lifecycle } from "../../policy/rules/cost-s3-lifecycle";
import { unknownText } from "../support/check-policy";
import { excusing, existing, finder } from "../support/stack-rule";

const find = finder(costS3Lifecycle);
const bucket = existing("aws:s3/bucket:Bucket", "bucket");
const lifecycle = (rules: unknown, of = "bucket") =>
  existing("aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration", "rules", {
    ...{ bucket: of, rules },
  });
const rule = { status: "Enabled", abortIncompleteMultipartUpload: { daysAfterInitiation: 7 } };
const expiring = { ...rule, expiration: { days: 30 } };
const dear = ["bucket", "no lifecycle rule makes old objects cheaper or ends them"];
const broken = ["bucket", "no lifecycle rule ends uploads that were broken off"];

describe("cost-s3-lifecycle", () => {
  it("is silent about a bucket whose objects go or move, and broken uploads too", async () => {
    expect(await find([bucket, lifecycle([expiring])])).to.deep.equal([]);
    const moving = { ...rule, transitions: [{ days: 30, storageClass: "STANDARD_IA" }] };
    expect(await find([bucket, lifecycle([moving])])).to.deep.equal([]);
  });
  it("reports one without rules, with another's, and with rules that are switched off", async () => {
    expect(await find([bucket])).to.deep.equal([dear, broken]);
    expect(await find([bucket, lifecycle([expiring], "other")])).to.deep.equal([dear, broken]);
    const off = { ...expiring, status: "Disabled" };
    expect(await find([bucket, lifecycle([off])])).to.deep.equal([dear, broken]);
  });
  it("reports what is missing of the two", async () => {
    expect(await find([bucket, lifecycle([rule])])).to.deep.equal([dear]);
    const without = { status: "Enabled", expiration: { days: 1 } };
    expect(await find([bucket, lifecycle([without])])).to.deep.equal([broken]);
  });
  it("waits for rules that a preview does not know", async () => {
    expect(await find([bucket, lifecycle(unknownText)])).to.deep.equal([]);
  });
  it("leaves out what is listed, and what a waiver names", async () => {
    expect(await find([bucket], { keptBuckets: ["bucket"] })).to.deep.equal([]);
    expect(await find([bucket], excusing("bucket"))).to.deep.equal([]);
  });
});
