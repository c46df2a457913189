import { expect } from "chai";
import { inputsOf, register } from "./fixture";

const validation = "data-restore-validation";

describe("the policies of DrReplication", () => {
  it("gives its roles nothing but these stores, and what is restored under its own names", async () => {
    const registrations = await register();
    const documents = ["data-backups", "data-restores", validation].map((name) => {
      const inputs = inputsOf(registrations, "RolePolicy", name);
      return JSON.parse(inputs["policy"] as string) as {
        Statement: { Sid: string; Action: string | string[]; Resource: string | string[] }[];
      };
    });
    const everywhere = documents.flatMap(({ Statement }) =>
      Statement.filter(({ Resource }) => [Resource].flat().includes("*")).flatMap(
        ({ Action }) => Action,
      ),
    );
    expect(everywhere.sort()).to.deep.equal(
      [
        ...["backup:DescribeRestoreJob", "backup:PutRestoreValidationResult"],
        ...["cloudwatch:GetMetricData", "tag:GetResources"],
        ...["events:ListRules", "s3:ListAllMyBuckets"],
        ...["ec2:DescribeNetworkInterfaces", "ec2:DescribeSubnets"],
        ...["ec2:AssignPrivateIpAddresses", "ec2:CreateNetworkInterface"],
        ...["ec2:DeleteNetworkInterface", "ec2:DescribeNetworkInterfaces"],
        ...["ec2:DescribeSubnets", "ec2:UnassignPrivateIpAddresses"],
      ].sort(),
    );
    const opens = documents[2]?.Statement.find(({ Sid }) => Sid === "OpenRestoredDatabases");
    expect(opens?.Resource).to.deep.equal([
      "arn:aws:rds:us-west-2:123456789012:cluster:awsbackup-restore-test-*",
      "arn:aws:rds:us-west-2:123456789012:db:restore-check-*",
      "arn:aws:rds:us-west-2:123456789012:pg:default.*",
      "arn:aws:rds:us-west-2:123456789012:og:default:*",
      "arn:aws:rds:us-west-2:123456789012:subgrp:*",
    ]);
    for (const name of ["data-backups", "data-restores"])
      expect(
        JSON.parse(inputsOf(registrations, "Role", name)["assumeRolePolicy"] as string),
      ).to.deep.nested.include({
        "Statement[0].Principal": { Service: "backup.amazonaws.com" },
        "Statement[0].Condition": { StringEquals: { "aws:SourceAccount": "123456789012" } },
      });
  });

  it("may restore as far as AWS's own policies for it go, and needs every kind of thing named", async () => {
    const { policy } = inputsOf(await register(), "RolePolicy", "data-restores");
    const { Statement } = JSON.parse(policy as string) as {
      Statement: { Sid: string; Action: string[]; Resource: string | string[] }[];
    };
    const of = (sid: string) => Statement.find(({ Sid }) => Sid === sid);
    // AWSBackupServiceRolePolicyForRestores, version 35 of 2026-02-12.
    const ofClusters = [
      ...["rds:AddTagsToResource", "rds:DescribeDBClusters", "rds:DescribeDBClusterSnapshots"],
      ...["rds:ListTagsForResource", "rds:RestoreDBClusterFromSnapshot"],
    ];
    expect(of("RestoreDatabases")).to.deep.include({
      Action: ofClusters,
      Resource: [
        ...["cluster:awsbackup-restore-test-*", "cluster-snapshot:awsbackup:*"],
        ...["cluster-pg:*", "og:*", "subgrp:*"],
      ].map((resource) => `arn:aws:rds:us-west-2:123456789012:${resource}`),
    });
    expect(of("RestoreWithKeys")).to.deep.include({
      Action: [
        ...["kms:Encrypt", "kms:GenerateDataKeyWithoutPlaintext"],
        ...["kms:ReEncryptFrom", "kms:ReEncryptTo"],
      ],
      Condition: { StringEquals: { "kms:ViaService": "rds.us-west-2.amazonaws.com" } },
    });
    // AWSBackupServiceRolePolicyForS3Restore, version 2 of 2023-02-07.
    expect(of("RestoreBuckets")?.Action).to.have.members(
      [
        ...["CreateBucket", "ListBucketVersions", "ListBucket", "GetBucketVersioning"],
        ...["GetBucketLocation", "PutBucketVersioning", "PutBucketOwnershipControls"],
        "GetBucketOwnershipControls",
      ].map((action) => `s3:${action}`),
    );
    expect(of("RestoreObjects")?.Action).to.have.members(
      [
        ...["GetObject", "GetObjectVersion", "DeleteObject", "PutObjectVersionAcl"],
        ...["GetObjectVersionAcl", "GetObjectTagging", "PutObjectTagging", "GetObjectAcl"],
        ...["PutObjectAcl", "ListMultipartUploadParts", "PutObject"],
      ].map((action) => `s3:${action}`),
    );
  });

  it("restores buckets under the vault's key, by the keys that the page of AWS Backup lists", async () => {
    const { restoreMetadataOverrides } = inputsOf(
      await register(),
      "RestoreTestingSelection",
      "data-restores-s3",
    );
    expect(Object.keys(restoreMetadataOverrides as object)).to.deep.equal([
      ...["encryptionType", "kmsKey"],
    ]);
    expect(restoreMetadataOverrides).to.include({ encryptionType: "SSE-KMS" });
  });
});
