import { expect } from "chai";
import { DrReplication } from "../../../components/dr-replication";
import { startOfflineEngine } from "../../support/engine";
import { args, bucket, inputsOf, register } from "./fixture";

type Rule = Record<string, unknown> & { ruleName: string; copyActions: unknown[] };

const settings = ["encryption", "ownership", "public-access", "policy", "versioning", "lifecycle"];
const settingTypes: Record<string, string> = {
  encryption:
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
  ownership: "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
  "public-access": "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
  policy: "aws:s3/bucketPolicy:BucketPolicy",
  versioning: "aws:s3/bucketVersioning:BucketVersioning",
  lifecycle: "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
};
const vaults = (name: string) => [
  ["aws:kms/key:Key", name, true],
  ["aws:backup/vault:Vault", name, true],
  ["aws:backup/vaultPolicy:VaultPolicy", name, false],
  ["aws:backup/vaultLockConfiguration:VaultLockConfiguration", name, false],
];
const withPolicy = (name: string) => [
  ["aws:iam/role:Role", name, false],
  ["aws:iam/rolePolicy:RolePolicy", name, false],
];
const way = (name: string) => [
  ["aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule", name, false],
  ["aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", name, false],
];
const validation = "data-restore-validation";

describe("DrReplication", () => {
  for (const mode of ["known", "unknown"] as const)
    it(`registers vaults, plans, reports, tests and their function (${mode} values)`, async () => {
      const registrations = await register(args, mode);
      expect(
        registrations.map(({ type, name, protect }) => [type, name, protect]),
      ).to.have.deep.members([
        ["platform:recovery:DrReplication", "data", false],
        ...vaults("data-backups"),
        ...vaults("data-backup-copies"),
        ["aws:backup/vaultNotifications:VaultNotifications", "data-backups", false],
        ...withPolicy("data-backups"),
        ...["vital-continuous", "vital-snapshots", "reproducible-snapshots"].flatMap((plan) => [
          ["aws:backup/plan:Plan", `data-${plan}`, false],
          ["aws:backup/selection:Selection", `data-${plan}`, false],
        ]),
        ["aws:s3/bucket:Bucket", "data-backup-reports", true],
        ...settings.map((role) => [settingTypes[role], `data-backup-reports-${role}`, false]),
        ...["backup", "copy", "restore"].map((kind) => [
          "aws:backup/reportPlan:ReportPlan",
          `data-${kind}-jobs`,
          false,
        ]),
        ["aws:backup/restoreTestingPlan:RestoreTestingPlan", "data-restores", false],
        ...["aurora", "s3"].map((type) => [
          "aws:backup/restoreTestingSelection:RestoreTestingSelection",
          `data-restores-${type}`,
          false,
        ]),
        ...withPolicy("data-restores"),
        ["aws:ec2/securityGroup:SecurityGroup", validation, false],
        ["aws:ec2/securityGroup:SecurityGroup", "data-restored", false],
        ["aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule", `${validation}-aws`, false],
        ...way(`${validation}-database`),
        ...way(`${validation}-restored-database`),
        ...withPolicy(validation),
        ["aws:cloudwatch/logGroup:LogGroup", validation, false],
        ["aws:lambda/function:Function", validation, false],
        ...withPolicy(`${validation}-schedule`),
        ["aws:scheduler/schedule:Schedule", `${validation}-schedule`, false],
        ["aws:cloudwatch/eventRule:EventRule", validation, false],
        ["aws:lambda/permission:Permission", validation, false],
        ["aws:cloudwatch/eventTarget:EventTarget", validation, false],
        ...["restore-refuted", "restore-loss", "restore-time", "no-proof"].flatMap((role) =>
          ["aurora", "s3"].map((type) => [
            "aws:cloudwatch/metricAlarm:MetricAlarm",
            `data-${role}-${type}`,
            false,
          ]),
        ),
      ]);
    });

  it("backs vital data up daily, weekly and monthly, copies each, and lets the monthly ones go cold", async () => {
    const registrations = await register();
    const { rules } = inputsOf(registrations, "Plan", "data-vital-snapshots") as { rules: Rule[] };
    const copy = "arn:aws:backup:us-east-2:123456789012:backup-vault:data-backup-copies";
    expect(
      rules.map(({ ruleName, schedule, lifecycle, copyActions }) => ({
        ...{ ruleName, schedule, lifecycle, copyActions },
      })),
    ).to.deep.equal([
      {
        ruleName: "daily",
        schedule: "cron(0 5 * * ? *)",
        lifecycle: { deleteAfter: 35 },
        copyActions: [{ destinationVaultArn: copy, lifecycle: { deleteAfter: 35 } }],
      },
      {
        ruleName: "weekly",
        schedule: "cron(0 6 ? * SUN *)",
        lifecycle: { deleteAfter: 90 },
        copyActions: [{ destinationVaultArn: copy, lifecycle: { deleteAfter: 90 } }],
      },
      {
        ruleName: "monthly",
        schedule: "cron(0 7 1 * ? *)",
        lifecycle: {
          deleteAfter: 365,
          coldStorageAfter: 30,
          optInToArchiveForSupportedResources: true,
        },
        copyActions: [{ destinationVaultArn: copy, lifecycle: { deleteAfter: 365 } }],
      },
    ]);
  });

  it("selects by class and environment; every second of buckets alone, which the database keeps by itself", async () => {
    const registrations = await register();
    const selected = (plan: string) => inputsOf(registrations, "Selection", `data-${plan}`);
    expect(selected("vital-snapshots")).to.deep.include({
      resources: ["arn:aws:rds:*:*:cluster:*", "arn:aws:s3:::*", "arn:aws:ec2:*:*:volume/*"],
      conditions: [
        {
          stringEquals: [
            { key: "aws:ResourceTag/data-class", value: "vital" },
            { key: "aws:ResourceTag/environment", value: "prod" },
          ],
        },
      ],
    });
    expect(selected("vital-continuous")["resources"]).to.deep.equal(["arn:aws:s3:::*"]);
    const { rules } = inputsOf(registrations, "Plan", "data-vital-continuous") as { rules: Rule[] };
    expect(rules.map((rule) => [rule["enableContinuousBackup"], rule.copyActions])).to.deep.equal([
      [true, []],
    ]);
  });

  it("copies to another account beside the other region", async () => {
    const otherAccountVaultArn = "arn:aws:backup:us-west-2:210987654321:backup-vault:safe";
    const registrations = await register({ ...args, otherAccountVaultArn });
    const { rules } = inputsOf(registrations, "Plan", "data-vital-snapshots") as { rules: Rule[] };
    expect(rules.map(({ copyActions }) => copyActions.length)).to.deep.equal([2, 2, 2]);
    const reproducible = inputsOf(registrations, "Plan", "data-reproducible-snapshots");
    expect((reproducible["rules"] as Rule[]).map(({ copyActions }) => copyActions)).to.deep.equal([
      [],
      [],
    ]);
  });

  it("locks both vaults, for governance unless compliance is asked for, which is warned of", async () => {
    const governed = inputsOf(await register(), "VaultLockConfiguration", "data-backup-copies");
    expect(governed).to.include({ minRetentionDays: 7, maxRetentionDays: 365 });
    expect(governed).not.to.have.property("changeableForDays");
    const engine = await startOfflineEngine({ mode: "known" });
    new DrReplication("data", {
      ...args,
      lock: { mode: "compliance", minRetentionDays: 7, coolingOffDays: 14 },
    });
    await engine.settle();
    expect(inputsOf(engine.registrations, "VaultLockConfiguration", "data-backups")).to.include({
      changeableForDays: 14,
    });
  });

  it("keeps everybody from deleting a backup by hand, and tells of jobs that fail", async () => {
    const registrations = await register();
    expect(
      JSON.parse(inputsOf(registrations, "VaultPolicy", "data-backups")["policy"] as string),
    ).to.deep.nested.include({
      "Statement[0].Effect": "Deny",
      "Statement[0].Action": ["backup:DeleteRecoveryPoint", "backup:UpdateRecoveryPointLifecycle"],
    });
    expect(
      inputsOf(registrations, "VaultNotifications", "data-backups")["backupVaultEvents"],
    ).to.include.members(["BACKUP_JOB_FAILED", "BACKUP_JOB_EXPIRED", "COPY_JOB_FAILED"]);
  });

  it("restores behind a group that lets in the function alone, and tells it what to ask", async () => {
    const registrations = await register();
    expect(
      inputsOf(registrations, "RestoreTestingSelection", "data-restores-aurora"),
    ).to.deep.include({
      protectedResourceType: "Aurora",
      restoreMetadataOverrides: {
        dbSubnetGroupName: "data",
        vpcSecurityGroupIds: '["data-restored-id"]',
      },
    });
    const { environment } = inputsOf(registrations, "Function", validation) as {
      environment: { variables: Record<string, string> };
    };
    const order = JSON.parse(environment.variables["VALIDATION_ORDER"] ?? "") as {
      database: { checks: { kind: string }[] };
      buckets: Record<string, unknown>;
    };
    expect(order.database.checks.map(({ kind }) => kind)).to.deep.equal([
      "newest-record",
      "checksum",
      "row-counts",
    ]);
    expect(order.buckets).to.deep.equal({
      "arn:aws:s3:::models": [{ kind: "object-checksums", prefix: "", sample: 50 }],
    });
  });

  it("makes neither function nor alarms without tests, and no copy without a region", async () => {
    const { region, accountId, environment, alarmTopicArn } = args;
    const registrations = await register({
      ...{ region, accountId, environment, alarmTopicArn },
      stores: { models: bucket },
    });
    const types = new Set(registrations.map(({ type }) => type.split(":").at(-1)));
    for (const absent of ["Function", "MetricAlarm", "RestoreTestingPlan", "SecurityGroup"])
      expect(types).not.to.include(absent);
    expect(registrations.filter(({ type }) => type.endsWith(":Vault"))).to.have.length(1);
  });
});
