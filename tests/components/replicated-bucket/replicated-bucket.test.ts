import { expect } from "chai";
import { bucketClientStatements } from "../../../components/replicated-bucket";
import { args, inputsOf, register } from "./fixture";

const logSettings = [
  "encryption",
  "ownership",
  "public-access",
  "policy",
  "versioning",
  "lifecycle",
];

describe("ReplicatedBucket", () => {
  for (const mode of ["known", "unknown"] as const)
    it(`registers key, bucket, settings and access logs (${mode} values)`, async () => {
      const registrations = await register(args, mode);
      const ofType: Record<string, string> = {
        encryption:
          "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
        ownership: "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
        "public-access": "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
        policy: "aws:s3/bucketPolicy:BucketPolicy",
        versioning: "aws:s3/bucketVersioning:BucketVersioning",
        lifecycle: "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
      };
      const settings = (bucket: string) =>
        logSettings.map((role) => [ofType[role], `${bucket}-${role}`, false]);
      expect(
        registrations.map(({ type, name, protect }) => [type, name, protect]),
      ).to.have.deep.members([
        ["platform:data:ReplicatedBucket", "models", false],
        ["aws:kms/key:Key", "models", true],
        ["aws:s3/bucket:Bucket", "models", true],
        ...settings("models"),
        ["aws:s3/bucket:Bucket", "models-access-logs", true],
        ...settings("models-access-logs"),
        ["aws:s3/bucketLogging:BucketLogging", "models-logging", false],
      ]);
    });

  it("moves by age, deletes only what can be made again, and never a vital object", async () => {
    const { rules } = inputsOf(await register(), ":BucketLifecycleConfiguration", "-lifecycle");
    const moves = (days: string) => [
      { [days]: 30, storageClass: "STANDARD_IA" },
      { [days]: 90, storageClass: "GLACIER_IR" },
    ];
    const common = {
      status: "Enabled",
      transitions: moves("days"),
      noncurrentVersionTransitions: moves("noncurrentDays"),
      noncurrentVersionExpiration: { noncurrentDays: 365 },
    };
    expect(rules).to.deep.equal([
      {
        id: "clean",
        status: "Enabled",
        filter: { prefix: "" },
        abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
        expiration: { expiredObjectDeleteMarker: true },
      },
      { id: "folder models/", filter: { prefix: "models/" }, ...common },
      {
        id: "folder checkpoints/",
        filter: { prefix: "checkpoints/" },
        ...common,
        expiration: { days: 365 },
      },
    ]);
  });

  it("takes ages of a folder's own, and moves no replaced version that goes before", async () => {
    const folders = { "": { infrequentAccessDays: 40, expireDays: 50, replacedDays: 7 } };
    const registrations = await register({ ...args, folders });
    const { rules } = inputsOf(registrations, ":BucketLifecycleConfiguration", "-lifecycle");
    expect((rules as unknown[])[1]).to.deep.equal({
      id: "folder (all)",
      status: "Enabled",
      filter: { prefix: "" },
      transitions: [{ days: 40, storageClass: "STANDARD_IA" }],
      expiration: { days: 50 },
      noncurrentVersionTransitions: [],
      noncurrentVersionExpiration: { noncurrentDays: 7 },
    });
  });

  it("is closed: own key alone, TLS 1.2, no ACL, nothing public, versions kept", async () => {
    const registrations = await register();
    const policy = JSON.parse(
      inputsOf(registrations, ":BucketPolicy", "-policy")["policy"] as string,
    ) as { Statement: { Sid: string; Effect: string; Condition: unknown }[] };
    const keyArn = "arn:aws:kms:us-west-2:123456789012:key/models-id";
    expect(
      policy.Statement.map(({ Sid, Effect, Condition }) => [Sid, Effect, Condition]),
    ).to.deep.equal([
      [
        "NoOtherEncryption",
        "Deny",
        { StringNotEqualsIfExists: { "s3:x-amz-server-side-encryption": "aws:kms" } },
      ],
      [
        "NoOtherKey",
        "Deny",
        { StringNotEqualsIfExists: { "s3:x-amz-server-side-encryption-aws-kms-key-id": keyArn } },
      ],
      ["NobodyWithoutTls", "Deny", { Bool: { "aws:SecureTransport": "false" } }],
      ["NobodyWithOldTls", "Deny", { NumericLessThan: { "s3:TlsVersion": "1.2" } }],
    ]);
    expect(
      inputsOf(registrations, ":BucketServerSideEncryptionConfiguration", "-encryption")["rules"],
    ).to.deep.equal([
      {
        applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: keyArn },
        bucketKeyEnabled: true,
      },
    ]);
    expect(inputsOf(registrations, ":BucketOwnershipControls", "-ownership")["rule"]).to.deep.equal(
      {
        objectOwnership: "BucketOwnerEnforced",
      },
    );
    expect(inputsOf(registrations, ":BucketPublicAccessBlock", "-public-access")).to.include({
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    expect(
      inputsOf(registrations, ":BucketVersioning", "-versioning")["versioningConfiguration"],
    ).to.deep.equal({
      status: "Enabled",
    });
    expect(inputsOf(registrations, ":Bucket")).to.include({
      forceDestroy: false,
      objectLockEnabled: false,
    });
  });

  it("logs who came, by day, into a bucket that only the logging of this bucket writes to", async () => {
    const registrations = await register();
    expect(inputsOf(registrations, ":BucketLogging", "-logging")).to.deep.include({
      targetBucket: "models-access-logs",
      targetObjectKeyFormat: { partitionedPrefix: { partitionDateSource: "EventTime" } },
    });
    const policy = JSON.parse(
      inputsOf(registrations, ":BucketPolicy", "-access-logs-policy")["policy"] as string,
    ) as { Statement: object[] };
    expect(policy.Statement[0]).to.deep.include({
      Principal: { Service: "logging.s3.amazonaws.com" },
      Condition: {
        StringEquals: { "aws:SourceAccount": "123456789012" },
        ArnLike: { "aws:SourceArn": "arn:aws:s3:::models" },
      },
    });
  });

  it("locks versions where it is asked to", async () => {
    const registrations = await register({ ...args, objectLock: { mode: "governance", days: 30 } });
    expect(inputsOf(registrations, ":Bucket")["objectLockEnabled"]).to.equal(true);
    expect(
      inputsOf(registrations, ":BucketObjectLockConfiguration", "-object-lock")["rule"],
    ).to.deep.equal({
      defaultRetention: { mode: "GOVERNANCE", days: 30 },
    });
  });

  it("lets a client use objects and the key, delete no version and change no bucket", () => {
    const actions = bucketClientStatements({
      region: "us-west-2",
      bucketArn: "arn:aws:s3:::models",
      keyArn: "arn:aws:kms:us-west-2:123456789012:key/models",
    }).flatMap(({ Action }) => Action);
    expect(actions).to.deep.equal([
      "s3:GetBucketLocation",
      "s3:ListBucket",
      "s3:ListBucketMultipartUploads",
      "s3:AbortMultipartUpload",
      "s3:DeleteObject",
      "s3:GetObject",
      "s3:GetObjectVersion",
      "s3:ListMultipartUploadParts",
      "s3:PutObject",
      "kms:Decrypt",
      "kms:GenerateDataKey",
    ]);
  });
});
