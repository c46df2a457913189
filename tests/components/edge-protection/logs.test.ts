import { expect } from "chai";
import { full, inputsOf, least } from "./fixture";

const firewall = "auterity-dev-firewall-logs";
const balancer = "auterity-dev-balancer-logs";
const ofBucket = (bucket: string) => ({ region: "us-west-2", bucket });
const own = {
  StringEquals: { "aws:SourceAccount": "123456789012" },
  ArnLike: { "aws:SourceArn": "arn:aws:logs:us-west-2:123456789012:*" },
};
const delivery = { Service: "delivery.logs.amazonaws.com" };

async function policyOf(role: string): Promise<unknown> {
  const inputs = await inputsOf(least, "aws:s3/bucketPolicy:BucketPolicy", `${role}-policy`);
  return JSON.parse(inputs["policy"] as string);
}

const encryptedOnly = (role: string) => {
  const everything = {
    Effect: "Deny",
    Principal: "*",
    Action: "s3:*",
    Resource: [`arn:aws:s3:::${role}`, `arn:aws:s3:::${role}/*`],
  };
  return [
    {
      Sid: "NobodyWithoutTls",
      ...everything,
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    },
    {
      Sid: "NobodyWithOldTls",
      ...everything,
      Condition: { NumericLessThan: { "s3:TlsVersion": "1.2" } },
    },
  ];
};

describe("EdgeProtection: the firewall's log", () => {
  it("leaves out what requests prove themselves with", async () => {
    expect(
      await inputsOf(least, "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration"),
    ).to.deep.equal({
      region: "us-west-2",
      resourceArn: "arn:aws:wafv2:us-west-2:123456789012:auterity-dev",
      logDestinationConfigs: [`arn:aws:s3:::${firewall}`],
      redactedFields: [
        { singleHeader: { name: "authorization" } },
        { singleHeader: { name: "cookie" } },
        { queryString: {} },
      ],
    });
  });

  it("has a bucket named as WAF asks for, encrypted with a key of its own", async () => {
    expect(await inputsOf(full, "aws:s3/bucket:Bucket", firewall)).to.deep.equal({
      region: "us-west-2",
      bucketPrefix: "aws-waf-logs-auterity-dev-",
      forceDestroy: false,
      tags: { team: "platform", "data-class": "none" },
    });
    const encryption = await inputsOf(
      least,
      "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
      `${firewall}-encryption`,
    );
    expect(encryption).to.deep.equal({
      ...ofBucket(firewall),
      rules: [
        {
          applyServerSideEncryptionByDefault: {
            sseAlgorithm: "aws:kms",
            kmsMasterKeyId: "arn:aws:kms:us-west-2:123456789012:key/auterity-dev-edge-logs-id",
          },
          bucketKeyEnabled: true,
        },
      ],
    });
  });

  it("takes deliveries of this account and region alone", async () => {
    expect(await policyOf(firewall)).to.deep.equal({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "LogDeliveryWrites",
          Effect: "Allow",
          Principal: delivery,
          Action: "s3:PutObject",
          Resource: `arn:aws:s3:::${firewall}/AWSLogs/123456789012/*`,
          Condition: {
            ...own,
            StringEquals: {
              "aws:SourceAccount": "123456789012",
              "s3:x-amz-acl": "bucket-owner-full-control",
            },
          },
        },
        {
          Sid: "LogDeliveryChecks",
          Effect: "Allow",
          Principal: delivery,
          Action: ["s3:GetBucketAcl", "s3:ListBucket"],
          Resource: `arn:aws:s3:::${firewall}`,
          Condition: own,
        },
        ...encryptedOnly(firewall),
      ],
    });
  });

  it("has a key that serves it and the log of the probe", async () => {
    const key = await inputsOf(full, "aws:kms/key:Key");
    expect(key).to.include({ enableKeyRotation: true, deletionWindowInDays: 30 });
    const encrypt = [
      "kms:Decrypt",
      "kms:DescribeKey",
      "kms:Encrypt",
      "kms:GenerateDataKey*",
      "kms:ReEncrypt*",
    ];
    expect(JSON.parse(key["policy"] as string)).to.deep.equal({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "AccountAdministers",
          Effect: "Allow",
          Principal: { AWS: "arn:aws:iam::123456789012:root" },
          Action: "kms:*",
          Resource: "*",
        },
        {
          Sid: "LogDeliveryEncrypts",
          Effect: "Allow",
          Principal: delivery,
          Action: encrypt,
          Resource: "*",
          Condition: own,
        },
        {
          Sid: "LogsEncrypt",
          Effect: "Allow",
          Principal: { Service: "logs.us-west-2.amazonaws.com" },
          Action: encrypt,
          Resource: "*",
          Condition: {
            ArnEquals: {
              "kms:EncryptionContext:aws:logs:arn":
                "arn:aws:logs:us-west-2:123456789012:log-group:/aws/lambda/auterity-dev-edge-probe",
            },
          },
        },
      ],
    });
  });
});

describe("EdgeProtection: the load balancer's logs", () => {
  it("are encrypted with the only key that load balancers write with", async () => {
    const encryption = await inputsOf(
      least,
      "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
      `${balancer}-encryption`,
    );
    expect(encryption).to.deep.equal({
      ...ofBucket(balancer),
      rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }],
    });
  });

  it("come from load balancers of this account alone, each kind in its place", async () => {
    expect(await policyOf(balancer)).to.deep.equal({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "LoadBalancersWrite",
          Effect: "Allow",
          Principal: { Service: "logdelivery.elasticloadbalancing.amazonaws.com" },
          Action: "s3:PutObject",
          Resource: [
            `arn:aws:s3:::${balancer}/access/AWSLogs/123456789012/*`,
            `arn:aws:s3:::${balancer}/connection/AWSLogs/123456789012/*`,
          ],
        },
        ...encryptedOnly(balancer),
      ],
    });
  });
});

describe("EdgeProtection: both buckets", () => {
  for (const role of [firewall, balancer])
    it(`are closed, versioned and emptied in time: ${role}`, async () => {
      const of = (kind: string, part: string) => inputsOf(full, kind, `${role}-${part}`);
      expect(
        await of("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", "public-access"),
      ).to.deep.equal({
        ...ofBucket(role),
        blockPublicAcls: true,
        blockPublicPolicy: true,
        ignorePublicAcls: true,
        restrictPublicBuckets: true,
      });
      expect(
        await of("aws:s3/bucketOwnershipControls:BucketOwnershipControls", "ownership"),
      ).to.deep.equal({ ...ofBucket(role), rule: { objectOwnership: "BucketOwnerEnforced" } });
      expect(await of("aws:s3/bucketVersioning:BucketVersioning", "versioning")).to.deep.equal({
        ...ofBucket(role),
        versioningConfiguration: { status: "Enabled" },
      });
      expect(
        await of("aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration", "lifecycle"),
      ).to.deep.equal({
        ...ofBucket(role),
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
    });
});
