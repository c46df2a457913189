import { expect } from "chai";
import { FlowLogAnalysis, type FlowLogAnalysisArgs } from "../../../components/flow-log-analysis";
import { checkMetrics } from "../../../components/flow-log-analysis/check";
import { flowLogColumns } from "../../../components/flow-log-analysis/table";
import { SecureVpc } from "../../../components/secure-vpc";
import { metricNamespace, metricLine } from "../../../functions/flow-log-check/metrics";
import { type Registration, startOfflineEngine, valueOf } from "../../support/engine";
import { args } from "./analysis-args";
import { queries } from "./flow-log-files";

const location =
  "s3://vpc-logs/AWSLogs/aws-account-id=123456789012/aws-service=vpcflowlogs/aws-region=us-west-2";

const resultKeyArn = "arn:aws:kms:us-west-2:123456789012:key/auterity-test-results-id";

describe("FlowLogAnalysis", () => {
  for (const mode of ["known", "unknown"] as const)
    it(`registers table, workgroup, queries, check and alarm (${mode} values)`, async () => {
      const registrations = await register(args, mode);
      expect(registrations.map(({ type, name }) => `${type} ${name}`)).to.have.deep.members([
        "platform:observation:FlowLogAnalysis auterity-test",
        "aws:glue/catalogDatabase:CatalogDatabase auterity-test-database",
        "aws:glue/catalogTable:CatalogTable auterity-test-table",
        "aws:kms/key:Key auterity-test-results",
        "aws:s3/bucket:Bucket auterity-test-results",
        "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration auterity-test-results-encryption",
        "aws:s3/bucketOwnershipControls:BucketOwnershipControls auterity-test-results-ownership",
        "aws:s3/bucketVersioning:BucketVersioning auterity-test-results-versioning",
        "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration auterity-test-results-lifecycle",
        "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock auterity-test-results-public-access",
        "aws:s3/bucketPolicy:BucketPolicy auterity-test-results-policy",
        "aws:athena/workgroup:Workgroup auterity-test-workgroup",
        "aws:athena/namedQuery:NamedQuery auterity-test-query-rejected-by-source",
        "aws:athena/namedQuery:NamedQuery auterity-test-query-new-destinations",
        "aws:athena/namedQuery:NamedQuery auterity-test-query-unexpected-traffic",
        "aws:athena/namedQuery:NamedQuery auterity-test-query-cross-zone-talkers",
        "aws:athena/namedQuery:NamedQuery auterity-test-query-records",
        "aws:cloudwatch/logGroup:LogGroup auterity-test-check",
        "aws:iam/role:Role auterity-test-check",
        "aws:iam/rolePolicy:RolePolicy auterity-test-check",
        "aws:lambda/function:Function auterity-test-check",
        "aws:iam/role:Role auterity-test-check-schedule",
        "aws:iam/rolePolicy:RolePolicy auterity-test-check-schedule",
        "aws:scheduler/schedule:Schedule auterity-test-check-schedule",
        "aws:cloudwatch/metricAlarm:MetricAlarm auterity-test-unexpected-traffic",
      ]);
    });

  it("has a column for each field that SecureVpc logs, in its order", async () => {
    const engine = await startOfflineEngine({ mode: "known" });
    new SecureVpc("network", {
      region: "us-west-2",
      accountId: "123456789012",
      cidrBlock: "10.0.0.0/16",
      availabilityZones: ["us-west-2a", "us-west-2b"],
      flowLogRetentionDays: 30,
    });
    await engine.settle();
    const { inputs } = find(engine.registrations, "aws:ec2/flowLog:FlowLog");
    const fields = [...String(inputs["logFormat"]).matchAll(/\$\{([^}]+)\}/g)].map((match) =>
      (match[1] ?? "").replaceAll("-", "_"),
    );
    expect(Object.keys(flowLogColumns)).to.deep.equal(fields);
    expect(inputs["destinationOptions"]).to.deep.equal({
      fileFormat: "parquet",
      hiveCompatiblePartitions: true,
      perHourPartition: true,
    });
  });

  it("computes the partitions of the table from the path that AWS writes to", async () => {
    const registrations = await register(args);
    const { inputs } = find(registrations, "aws:glue/catalogTable:CatalogTable");
    expect(inputs["databaseName"]).to.equal("auterity_test_flow_logs");
    expect(inputs["name"]).to.equal("flow_logs");
    expect(inputs["parameters"]).to.deep.equal({
      EXTERNAL: "TRUE",
      classification: "parquet",
      "projection.enabled": "true",
      "projection.year.type": "integer",
      "projection.year.range": "2025,2060",
      "projection.year.digits": "4",
      "projection.month.type": "integer",
      "projection.month.range": "1,12",
      "projection.month.digits": "2",
      "projection.day.type": "integer",
      "projection.day.range": "1,31",
      "projection.day.digits": "2",
      "projection.hour.type": "integer",
      "projection.hour.range": "0,23",
      "projection.hour.digits": "2",
      "storage.location.template": `${location}/year=\${year}/month=\${month}/day=\${day}/hour=\${hour}`,
    });
    expect(inputs["partitionKeys"]).to.deep.equal(
      ["year", "month", "day", "hour"].map((name) => ({ name, type: "int" })),
    );
    const storage = inputs["storageDescriptor"] as Record<string, unknown>;
    expect(storage["location"]).to.equal(location);
    expect(storage["columns"]).to.deep.include({ name: "end", type: "bigint" }).and.have.length(27);
  });

  it("limits what a query reads, and leaves nobody a choice of where results go", async () => {
    const registrations = await register({ ...args, scanLimitBytes: 2 ** 30 });
    const { inputs, dependencies } = find(registrations, "aws:athena/workgroup:Workgroup");
    expect(inputs["configuration"]).to.deep.equal({
      enforceWorkgroupConfiguration: true,
      publishCloudwatchMetricsEnabled: true,
      bytesScannedCutoffPerQuery: 2 ** 30,
      engineVersion: { selectedEngineVersion: "Athena engine version 3" },
      resultConfiguration: {
        outputLocation: "s3://auterity-test-results/results/",
        encryptionConfiguration: { encryptionOption: "SSE_KMS", kmsKeyArn: resultKeyArn },
      },
    });
    for (const setting of ["encryption", "ownership", "public-access", "policy"])
      expect(dependencies.map((urn) => urn.split("::")[3])).to.include(
        `auterity-test-results-${setting}`,
      );
    const lifecycle = find(
      registrations,
      "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
    );
    expect(lifecycle.inputs["rules"]).to.deep.equal([
      {
        id: "expire",
        status: "Enabled",
        filter: { prefix: "" },
        expiration: { days: 30 },
        noncurrentVersionExpiration: { noncurrentDays: 7 },
        abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
      },
    ]);
  });

  it("stores the queries that the tests run, under names that people find", async () => {
    const registrations = await register(args);
    const stored = registrations.filter(({ type }) => type === "aws:athena/namedQuery:NamedQuery");
    expect(
      Object.fromEntries(stored.map(({ inputs }) => [inputs["name"], inputs["query"]])),
    ).to.deep.equal(
      Object.fromEntries(
        Object.entries(queries).map(([key, { sql }]) => [`auterity-test-${key}`, sql]),
      ),
    );
    const priced = await register({ ...args, crossZonePricePerGib: 0.0000005 });
    const { inputs } = find(priced, "aws:athena/namedQuery:NamedQuery", "cross-zone-talkers");
    expect(inputs["query"]).to.contain("* 0.0000005 AS cost");
  });

  it("tells the check what to run, and when", async () => {
    const registrations = await register(args);
    const { inputs } = find(registrations, "aws:lambda/function:Function");
    expect(inputs["name"]).to.equal("auterity-test-flow-log-check");
    const id = (key: string) => `auterity-test-query-${key}`;
    const { variables } = inputs["environment"] as { variables: Record<string, string> };
    expect(variables).to.include({
      ENVIRONMENT: "test",
      WORKGROUP: "auterity-test-flow-logs",
      DATABASE: "auterity_test_flow_logs",
    });
    expect(variables["RECORDS_QUERY"]).to.contain(id("records"));
    expect(variables["UNEXPECTED_QUERY"]).to.contain(id("unexpected-traffic"));
    const schedule = find(registrations, "aws:scheduler/schedule:Schedule");
    expect(schedule.inputs["scheduleExpression"]).to.equal("cron(30 2 * * ? *)");
  });

  it("alarms on what was found, on nothing to look at, and on nobody looking", async () => {
    const registrations = await register(args);
    const { inputs } = find(registrations, "aws:cloudwatch/metricAlarm:MetricAlarm");
    const metric = (id: string, metricName: string) => ({
      id,
      metric: {
        namespace: "Auterity/FlowLogs",
        metricName,
        dimensions: { Environment: "test" },
        period: 86400,
        stat: "Maximum",
      },
    });
    const { alarmDescription, ...rest } = inputs;
    expect(alarmDescription).to.be.a("string");
    expect(rest).to.deep.equal({
      region: "us-west-2",
      metricQueries: [
        {
          id: "found",
          label: "Conversations outside of the catalogue",
          expression: "IF(records > 0, unexpected, 1)",
          returnData: true,
        },
        metric("unexpected", "UnexpectedConversations"),
        metric("records", "FlowLogRecords"),
      ],
      comparisonOperator: "GreaterThanThreshold",
      threshold: 0,
      evaluationPeriods: 1,
      treatMissingData: "breaching",
      alarmActions: [args.alarmTopicArn],
      okActions: [args.alarmTopicArn],
      tags: {},
    });
  });

  it("alarms on what its function counts", () => {
    expect(checkMetrics.namespace).to.equal(metricNamespace);
    const line = metricLine({ environment: "test", records: 7, findings: [] }, new Date(0));
    expect(JSON.parse(line)).to.include({
      [checkMetrics.unexpected]: 0,
      [checkMetrics.records]: 7,
    });
  });

  it("hands its roles the boundary, its resources the tags", async () => {
    const boundary = "arn:aws:iam::123456789012:policy/boundary";
    const registrations = await register({
      ...args,
      permissionsBoundaryArn: boundary,
      tags: { team: "platform" },
      protect: false,
    });
    const roles = registrations.filter(({ type }) => type === "aws:iam/role:Role");
    expect(roles.map(({ inputs }) => inputs["permissionsBoundary"])).to.deep.equal([
      boundary,
      boundary,
    ]);
    const bucket = find(registrations, "aws:s3/bucket:Bucket");
    expect(bucket.inputs).to.deep.equal({
      region: "us-west-2",
      forceDestroy: true,
      tags: { team: "platform", "data-class": "none" },
    });
    expect(bucket.protect).to.equal(false);
    expect(find(await register(args), "aws:s3/bucket:Bucket").protect).to.equal(true);
  });

  it("tells where to query", async () => {
    const engine = await startOfflineEngine({ mode: "known" });
    const analysis = new FlowLogAnalysis("auterity-test", args);
    await engine.settle();
    expect(await valueOf(analysis.databaseName)).to.equal("auterity_test_flow_logs");
    expect(await valueOf(analysis.workgroupName)).to.equal("auterity-test-flow-logs");
    expect(Object.keys(analysis.queryIds)).to.have.members(Object.keys(queries));
  });
});

async function register(
  given: FlowLogAnalysisArgs,
  mode: "known" | "unknown" = "known",
): Promise<readonly Registration[]> {
  const engine = await startOfflineEngine({ mode });
  new FlowLogAnalysis("auterity-test", given);
  await engine.settle();
  return engine.registrations;
}

function find(registrations: readonly Registration[], type: string, part = ""): Registration {
  const found = registrations.find(
    (registration) => registration.type === type && registration.name.includes(part),
  );
  if (found === undefined) throw new Error(`${type} was not registered`);
  return found;
}
