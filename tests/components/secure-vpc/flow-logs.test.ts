import { expect } from "chai";
import { type Registration } from "../../support/engine";
import { buildVpc } from "./fixture";

const ofBucket = { region: "us-west-2", bucket: "net-flow-logs" };

function names(urns: readonly string[]): string[] {
  return urns.map((urn) => urn.split("::").at(-1) ?? "").sort();
}

describe("SecureVpc's flow logs", () => {
  it("hold all traffic as Parquet, partitioned by the hour", async () => {
    const { find } = await buildVpc();
    const { logFormat, ...inputs } = find("aws:ec2/flowLog:FlowLog", "net-flow-logs").inputs;
    expect(inputs).to.deep.equal({
      region: "us-west-2",
      vpcId: "vpc-net",
      trafficType: "ALL",
      logDestinationType: "s3",
      logDestination: "arn:aws:s3:::net-flow-logs",
      maxAggregationInterval: 60,
      destinationOptions: {
        fileFormat: "parquet",
        hiveCompatiblePartitions: true,
        perHourPartition: true,
      },
      tags: { Name: "net-flow-logs" },
    });
    expect(logFormat).to.equal(
      "${version} ${account-id} ${interface-id} ${srcaddr} ${dstaddr} ${srcport} ${dstport} ${protocol} " +
        "${packets} ${bytes} ${start} ${end} ${action} ${log-status} ${vpc-id} ${subnet-id} ${instance-id} " +
        "${tcp-flags} ${type} ${pkt-srcaddr} ${pkt-dstaddr} ${region} ${az-id} ${pkt-src-aws-service} " +
        "${pkt-dst-aws-service} ${flow-direction} ${traffic-path}",
    );
  });

  it("wait until the bucket is encrypted, closed and open to the delivery service", async () => {
    const { find } = await buildVpc();
    expect(names(find("aws:ec2/flowLog:FlowLog", "net-flow-logs").dependencies)).to.include.members(
      [
        "net-flow-logs-encryption",
        "net-flow-logs-ownership",
        "net-flow-logs-policy",
        "net-flow-logs-public-access",
        "net-flow-logs-versioning",
      ],
    );
  });

  it("are encrypted with a key of their own that rotates", async () => {
    const { find } = await buildVpc();
    const { policy, ...inputs } = find("aws:kms/key:Key", "net-flow-logs").inputs;
    expect(policy).to.be.a("string").that.contains("LogDeliveryEncrypts");
    expect(inputs).to.deep.equal({
      region: "us-west-2",
      description: "Flow logs of net",
      enableKeyRotation: true,
      deletionWindowInDays: 30,
      tags: { Name: "net-flow-logs" },
    });
    expect(
      find(
        "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
        "net-flow-logs-encryption",
      ).inputs,
    ).to.deep.equal({
      ...ofBucket,
      rules: [
        {
          applyServerSideEncryptionByDefault: {
            sseAlgorithm: "aws:kms",
            kmsMasterKeyId: "arn:aws:kms:us-west-2:123456789012:key/net-flow-logs-id",
          },
          bucketKeyEnabled: true,
        },
      ],
    });
  });

  it("lie in a bucket that nobody can open to the public", async () => {
    const { find } = await buildVpc();
    expect(
      find("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", "net-flow-logs-public-access")
        .inputs,
    ).to.deep.equal({
      ...ofBucket,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    expect(
      find("aws:s3/bucketOwnershipControls:BucketOwnershipControls", "net-flow-logs-ownership")
        .inputs,
    ).to.deep.equal({ ...ofBucket, rule: { objectOwnership: "BucketOwnerEnforced" } });
    const policy = find("aws:s3/bucketPolicy:BucketPolicy", "net-flow-logs-policy");
    expect(policy.inputs["bucket"]).to.equal("net-flow-logs");
    expect(policy.inputs["policy"]).to.be.a("string").that.contains("NobodyWithoutTls");
    expect(waitsFor(policy, "net-flow-logs-public-access")).to.equal(true);
  });

  it("keep versions, and end after the days they are kept", async () => {
    const { find } = await buildVpc({ flowLogRetentionDays: 90 });
    expect(
      find("aws:s3/bucketVersioning:BucketVersioning", "net-flow-logs-versioning").inputs,
    ).to.deep.equal({ ...ofBucket, versioningConfiguration: { status: "Enabled" } });
    const lifecycle = find(
      "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
      "net-flow-logs-lifecycle",
    );
    expect(lifecycle.inputs).to.deep.equal({
      ...ofBucket,
      rules: [
        {
          id: "expire",
          status: "Enabled",
          filter: { prefix: "" },
          expiration: { days: 90 },
          noncurrentVersionExpiration: { noncurrentDays: 7 },
          abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
        },
      ],
    });
    expect(waitsFor(lifecycle, "net-flow-logs-versioning")).to.equal(true);
  });
});

function waitsFor({ dependencies }: Registration, name: string): boolean {
  return names(dependencies).includes(name);
}
