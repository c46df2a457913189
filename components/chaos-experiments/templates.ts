import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { ChaosExperimentsSpec } from "./args";
import type { Experiment } from "./experiment";
import { reportPrefix, type Results } from "./results";
import type { CreatedExperiment, Scope } from "./scope";

/** Version of the form of FIS's log entries. */
const logSchemaVersion = 2;
/** What the report shows of the time around the experiment. */
const reportBefore = "PT10M";
const reportAfter = "PT20M";

/** A role for each experiment: none can do what another does. */
export function createExperiment(
  { name, spec, owned }: Scope,
  experiment: Experiment,
  results: Results,
): CreatedExperiment {
  const child = `${name}-${experiment.name}`;
  const { role, policy } = createRole({ name, spec, owned }, experiment, results);
  const template = new aws.fis.ExperimentTemplate(
    child,
    {
      region: spec.region,
      description: experiment.hypothesis,
      roleArn: role.arn,
      actions: [...experiment.actions],
      targets: [...experiment.targets],
      stopConditions: spec.stopAlarmArns.map((value) => ({
        source: "aws:cloudwatch:alarm",
        value,
      })),
      // One that hits nothing shows nothing.
      experimentOptions: { accountTargeting: "single-account", emptyTargetResolutionMode: "fail" },
      logConfiguration: {
        logSchemaVersion,
        cloudwatchLogsConfiguration: { logGroupArn: pulumi.interpolate`${results.logGroup.arn}:*` },
      },
      experimentReportConfiguration: {
        preExperimentDuration: reportBefore,
        postExperimentDuration: reportAfter,
        outputs: {
          s3Configuration: {
            bucketName: results.bucket.bucket,
            prefix: `${reportPrefix}/${experiment.name}`,
          },
        },
      },
      // By which the command finds it.
      tags: {
        ...spec.tags,
        Name: `${spec.environment}-${experiment.name}`,
        environment: spec.environment,
        experiment: experiment.name,
      },
    },
    { parent: owned.parent, dependsOn: [policy, ...results.settings] },
  );
  return { name: experiment.name, template, role };
}

function createRole(
  { name, spec, owned }: Scope,
  experiment: Experiment,
  results: Results,
): { readonly role: aws.iam.Role; readonly policy: aws.iam.RolePolicy } {
  const child = `${name}-${experiment.name}`;
  const role = new aws.iam.Role(
    child,
    {
      description: `Lets the experiment ${experiment.name} of ${spec.environment} do what it is for`,
      assumeRolePolicy: JSON.stringify(trustPolicy(spec)),
      ...(spec.permissionsBoundaryArn !== undefined && {
        permissionsBoundary: spec.permissionsBoundaryArn,
      }),
      tags: spec.tags,
    },
    owned,
  );
  const policy = new aws.iam.RolePolicy(
    child,
    {
      role: role.name,
      policy: pulumi.jsonStringify({
        Version: "2012-10-17",
        Statement: [...experiment.statements, ...recordStatements(results)],
      }),
    },
    owned,
  );
  return { role, policy };
}

/** Only experiments of this account: the service would otherwise act for anybody's. */
function trustPolicy({ region, accountId }: ChaosExperimentsSpec): aws.iam.PolicyDocument {
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Service: "fis.amazonaws.com" },
        Action: "sts:AssumeRole",
        Condition: {
          StringEquals: { "aws:SourceAccount": accountId },
          ArnLike: { "aws:SourceArn": `arn:aws:fis:${region}:${accountId}:experiment/*` },
        },
      },
    ],
  };
}

/**
 * The role writes log and report; setting up the delivery of logs takes no resource but `*`. A report shows no dashboard of
 * CloudWatch, so nothing of CloudWatch is read for it.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-and-resource-policy.html#AWS-logs-infrastructure-CWL
 * @see https://docs.aws.amazon.com/fis/latest/userguide/experiment-report-configuration.html
 */
function recordStatements({ bucket, key }: Results): aws.iam.PolicyStatement[] {
  return [
    {
      Sid: "DeliverLogs",
      Effect: "Allow",
      Action: [
        "logs:CreateLogDelivery",
        "logs:DescribeLogGroups",
        "logs:DescribeResourcePolicies",
        "logs:PutResourcePolicy",
      ],
      Resource: "*",
    },
    {
      Sid: "WriteReport",
      Effect: "Allow",
      Action: ["s3:GetObject", "s3:PutObject"],
      Resource: pulumi.interpolate`${bucket.arn}/${reportPrefix}/*`,
    },
    {
      Sid: "EncryptReport",
      Effect: "Allow",
      Action: ["kms:Decrypt", "kms:GenerateDataKey"],
      Resource: key.arn,
    },
  ];
}
