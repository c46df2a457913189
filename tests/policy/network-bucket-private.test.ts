import { expect } from "chai";
import { networkBucketPrivate } from "../../policy/rules/network-bucket-private";
import { unknownText } from "../support/check-policy";
import { excusing, existing, finder } from "../support/stack-rule";

const find = finder(networkBucketPrivate);
const bucket = existing("aws:s3/bucket:Bucket", "bucket");
const closed = {
  ...{ blockPublicAcls: true, blockPublicPolicy: true },
  ...{ ignorePublicAcls: true, restrictPublicBuckets: true },
};
const block = (given: object, of = "bucket") =>
  existing("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", "block", {
    bucket: of,
    ...given,
  });
const open = ["bucket", "nothing blocks public access"];

describe("network-bucket-private", () => {
  it("is silent about a bucket that is closed in all four ways", async () => {
    expect(await find([bucket, block(closed)])).to.deep.equal([]);
  });
  it("reports one without a block, and one whose block is another's", async () => {
    expect(await find([bucket])).to.deep.equal([open]);
    expect(await find([bucket, block(closed, "other")])).to.deep.equal([open]);
  });
  it("reports each way that is open, also where nothing is said", async () => {
    const { blockPublicAcls, ignorePublicAcls } = closed;
    const three = { blockPublicAcls, ignorePublicAcls };
    expect(await find([bucket, block({ ...three, blockPublicPolicy: false })])).to.deep.equal([
      ["block", "blockPublicPolicy: is not true"],
      ["block", "restrictPublicBuckets: is not true"],
    ]);
  });
  it("waits for what a preview does not know, and excuses what a waiver names", async () => {
    expect(await find([bucket, block({ ...closed, blockPublicAcls: unknownText })])).to.deep.equal(
      [],
    );
    expect(await find([bucket], excusing("bucket"))).to.deep.equal([]);
  });
});
