import { expect } from "chai";
import { logS3 } from "../../policy/rules/log-s3";
import { resource, unknownText } from "../support/check-policy";
import { excusing, existing, finder } from "../support/stack-rule";

const bucket = (id: string, inputs: Record<string, unknown> = {}) =>
  existing("aws:s3/bucket:Bucket", id, { id, ...inputs });
const logging = (from: string, to: string) =>
  existing("aws:s3/bucketLogging:BucketLogging", `${from}-logging`, {
    bucket: from,
    targetBucket: to,
  });
const silent = "nothing logs who reads and writes it";

describe("log-s3", () => {
  const found = finder(logS3);

  it("takes a bucket that is logged, and the one that its log goes to", async () => {
    expect(await found([bucket("data"), bucket("logs"), logging("data", "logs")])).to.deep.equal(
      [],
    );
  });
  it("reports one that is not", async () => {
    expect(
      await found([bucket("data"), bucket("other"), bucket("logs"), logging("data", "logs")]),
    ).to.deep.equal([["other", silent]]);
  });
  it("takes buckets of logs that the environment lists, and the older way to say it", async () => {
    expect(await found([bucket("flow-logs")], { logBuckets: ["*::flow-*"] })).to.deep.equal([]);
    expect(await found([bucket("old", { loggings: [{ targetBucket: "x" }] })])).to.deep.equal([]);
  });
  it("finds both by what the log was built from, in a preview", async () => {
    const made = resource("aws:s3/bucketV2:BucketV2", {});
    const attached = resource(
      "aws:s3/bucketLoggingV2:BucketLoggingV2",
      { bucket: unknownText, targetBucket: "elsewhere" },
      { propertyDependencies: { bucket: [made.urn] } },
    );
    expect(await found([made, attached])).to.deep.equal([]);
    expect(await found([made])).to.deep.equal([["subject", silent]]);
  });
  it("excuses what a waiver names", async () => {
    expect(await found([bucket("data")], excusing("data"))).to.deep.equal([]);
  });
});
