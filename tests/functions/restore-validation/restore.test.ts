import {
  BackupClient,
  DescribeRestoreJobCommand,
  PutRestoreValidationResultCommand,
} from "@aws-sdk/client-backup";
import {
  CreateDBInstanceCommand,
  DeleteDBInstanceCommand,
  DescribeDBClustersCommand,
  DescribeDBInstancesCommand,
  RDSClient,
} from "@aws-sdk/client-rds";
import { GetObjectCommand, ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { mockClient } from "aws-sdk-client-mock";
import { expect } from "chai";
import {
  closeCluster,
  instanceName,
  NotReadyError,
  openCluster,
} from "../../../functions/restore-validation/restored-cluster";
import { validateRestore } from "../../../functions/restore-validation/validate-restore";

const backup = mockClient(BackupClient);
const rds = mockClient(RDSClient);
const s3 = mockClient(S3Client);
const startedAt = new Date("2026-07-01T09:00:00Z");
const at = (minutes: number) => new Date(startedAt.getTime() - minutes * 60_000);

const body = (text: string) => ({
  Body: { transformToByteArray: () => Promise.resolve(Buffer.from(text)) } as never,
  ContentLength: text.length,
});

async function validate(job: object): Promise<{ lines: string[] }> {
  backup.on(DescribeRestoreJobCommand).resolves({
    CreationDate: startedAt,
    CreatedBy: { RestoreTestingPlanArn: "plan" },
    ...job,
  });
  backup.on(PutRestoreValidationResultCommand).resolves({});
  const lines: string[] = [];
  await validateRestore(
    {
      environment: "prod",
      planArn: "plan",
      buckets: {
        "arn:aws:s3:::models": [
          { kind: "object-count", prefix: "", tolerancePercent: 10 },
          { kind: "newest-object", prefix: "", atMostSeconds: 3600 },
          { kind: "object-checksums", prefix: "", sample: 10 },
        ],
      },
    },
    "job",
    {
      backup: new BackupClient({}),
      rds: new RDSClient({}),
      s3: new S3Client({}),
      secrets: new SecretsManagerClient({}),
      write: (line) => lines.push(line),
      deadline: Date.now() + 1000,
      pauseMilliseconds: 1,
    },
  );
  return { lines };
}

const restored = {
  Status: "COMPLETED" as const,
  ResourceType: "S3",
  SourceResourceArn: "arn:aws:s3:::models",
  CreatedResourceArn: "arn:aws:s3:::awsbackup-restore-test-1",
};
const results = () =>
  backup.commandCalls(PutRestoreValidationResultCommand).map(({ args }) => args[0].input);

describe("the function that looks into what was restored", () => {
  beforeEach(() => {
    backup.reset();
    rds.reset();
    s3.reset();
  });
  after(() => {
    backup.restore();
    rds.restore();
    s3.restore();
  });
  const listed = (Bucket: string, ...objects: [key: string, minutes: number][]) =>
    s3.on(ListObjectsV2Command, { Bucket }).resolves({
      Contents: objects.map(([Key, minutes]) => ({ Key, LastModified: at(minutes) })),
    });
  const content = (Bucket: string, Key: string, text: string) =>
    s3.on(GetObjectCommand, { Bucket, Key }).resolves(body(text));

  it("finds a bucket to be what it was, and says what would be lost", async () => {
    listed("models", ["a", 600], ["b", 300], ["c", 5]);
    listed("awsbackup-restore-test-1", ["a", -1], ["b", -1]);
    for (const bucket of ["models", "awsbackup-restore-test-1"]) {
      content(bucket, "a", "A");
      content(bucket, "b", "B");
    }
    const { lines } = await validate(restored);
    expect(results()).to.deep.equal([
      {
        RestoreJobId: "job",
        ValidationStatus: "SUCCESSFUL",
        ValidationStatusMessage: results()[0]?.ValidationStatusMessage,
      },
    ]);
    expect(JSON.parse(lines[0] ?? "")).to.deep.include({
      Environment: "prod",
      ResourceType: "S3",
      MeasuredRpo: 300,
      RestoresValidated: 1,
    });
  });

  it("finds one changed byte", async () => {
    listed("models", ["a", 600]);
    listed("awsbackup-restore-test-1", ["a", -1]);
    content("models", "a", "A");
    content("awsbackup-restore-test-1", "a", "B");
    await validate(restored);
    expect(results()[0]?.ValidationStatus).to.equal("FAILED");
    expect(results()[0]?.ValidationStatusMessage).to.contain("1 of 1 objects differ");
  });

  it("finds objects that are missing, and a bucket that is empty", async () => {
    listed("models", ["a", 600], ["b", 600], ["c", 600]);
    listed("awsbackup-restore-test-1");
    await validate(restored);
    expect(results()[0]?.ValidationStatus).to.equal("FAILED");
  });

  it("refutes what nobody declared checks for, and a restore that failed, of which AWS Backup takes no result", async () => {
    await validate({ ...restored, SourceResourceArn: "arn:aws:s3:::stranger" });
    expect(results()[0]).to.include({ ValidationStatus: "FAILED" });
    backup.reset();
    const { lines } = await validate({ ...restored, Status: "FAILED", StatusMessage: "no key" });
    expect(results()).to.deep.equal([]);
    expect(JSON.parse(lines[0] ?? "")).to.deep.include({ RestoresRefuted: 1 });
  });

  it("leaves alone what people restore, and tests of another plan", async () => {
    for (const CreatedBy of [undefined, { RestoreTestingPlanArn: "another" }]) {
      const { lines } = await validate({ ...restored, CreatedBy });
      expect([results(), lines]).to.deep.equal([[], []]);
    }
  });

  it("says nothing twice", async () => {
    const { lines } = await validate({ ...restored, ValidationStatus: "SUCCESSFUL" });
    expect([results(), lines]).to.deep.equal([[], []]);
  });
});

describe("a restored cluster", () => {
  const clusterArn = "arn:aws:rds:us-west-2:123456789012:cluster:awsbackup-restore-test-1";
  const cluster = (deadline: number) => ({
    client: new RDSClient({}),
    clusterArn,
    instanceClass: "db.r6g.large",
    deadline,
    pauseMilliseconds: 1,
  });
  const gone = Object.assign(new Error("gone"), { name: "DBInstanceNotFoundFault" });
  beforeEach(() => rds.reset());

  it("gets an instance of a name that its role may use, and the next run goes on where the time ended", async () => {
    rds
      .on(DescribeDBClustersCommand)
      .resolves({ DBClusters: [{ DBClusterIdentifier: "r", Status: "available" }] });
    rds
      .on(DescribeDBInstancesCommand)
      .rejectsOnce(gone)
      .resolves({ DBInstances: [{ DBInstanceStatus: "creating" }] });
    const error = await openCluster(cluster(Date.now() + 20)).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).to.be.instanceOf(NotReadyError);
    const [created] = rds.commandCalls(CreateDBInstanceCommand);
    expect(created?.args[0].input).to.include({
      DBInstanceIdentifier: instanceName(clusterArn),
      PubliclyAccessible: false,
    });
    expect(instanceName(clusterArn)).to.match(/^restore-check-[0-9a-f]{16}$/);
  });

  it("loses its instance, or AWS Backup could not delete it", async () => {
    rds
      .on(DescribeDBInstancesCommand)
      .resolvesOnce({ DBInstances: [{ DBInstanceStatus: "available" }] })
      .rejects(gone);
    await closeCluster(cluster(Date.now() + 1000));
    expect(rds.commandCalls(DeleteDBInstanceCommand)).to.have.length(1);
  });
});
