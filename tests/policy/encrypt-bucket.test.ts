import { expect } from "chai";
import { encryptBucket } from "../../policy/rules/encrypt-bucket";
import { resource, unknownText } from "../support/check-policy";
import { existing, finder } from "../support/stack-rule";

const encryption =
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration";
const policy = "aws:s3/bucketPolicy:BucketPolicy";
const unencrypted = "nothing says how it is encrypted";
const unguarded = "no policy denies requests without TLS";
const inline = (sseAlgorithm: string) => ({
  serverSideEncryptionConfiguration: {
    rule: { applyServerSideEncryptionByDefault: { sseAlgorithm } },
  },
});

describe("encrypt-bucket", () => {
  const found = finder(encryptBucket);
  for (const type of ["aws:s3/bucket:Bucket", "aws:s3/bucketV2:BucketV2"])
    it(`reports a bare ${type}`, async () => {
      expect(await found([existing(type, "data")])).to.have.deep.members([
        ["data", unencrypted],
        ["data", unguarded],
      ]);
    });

  const data = existing("aws:s3/bucket:Bucket", "data");
  it("takes companions, by what they depend on in a preview too", async () => {
    expect(
      await found([
        data,
        resource(encryption, { bucket: "data", rules: [] }),
        resource(policy, { bucket: unknownText }, { propertyDependencies: { bucket: [data.urn] } }),
      ]),
    ).to.deep.equal([]);
  });

  it("reports a bucket next to another's companions", async () => {
    const other = existing("aws:s3/bucket:Bucket", "other");
    expect(
      await found([
        data,
        other,
        resource(encryption, { bucket: "other" }),
        resource(policy, { bucket: "other" }),
      ]),
    ).to.have.deep.members([
      ["data", unencrypted],
      ["data", unguarded],
    ]);
  });

  it("takes what a bucket says itself, with a key of the account", async () => {
    const given = (algorithm: string) => [
      existing("aws:s3/bucket:Bucket", "data", inline(algorithm)),
      resource(policy, { bucket: "data" }),
    ];
    expect(await found(given("aws:kms"))).to.deep.equal([]);
    expect(await found(given("AES256"))).to.deep.equal([
      ["data", "serverSideEncryptionConfiguration: is a key of AWS, need aws:kms"],
    ]);
  });
});
