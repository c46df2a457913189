import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type ChildOptions, childOptions } from "../shared/child-options";
import { bundleFunction } from "../shared/function-code";
import { functionTrustPolicy } from "../shared/function-policies";
import { createStoreAlarms, type StoreAlarm } from "../shared/store-alarms";
import { createStoreKey } from "../shared/store-key";
import { canaryRuntime } from "../shared/versions";
import {
  type Canary,
  canaryDefaults,
  resolveSyntheticMonitoringArgs,
  type SyntheticMonitoringArgs,
  type SyntheticMonitoringSpec,
} from "./args";
import { createHours } from "./hours";
import { canaryName, canaryPlan, timeoutSeconds } from "./plan";
import { canaryPolicy, functionPrefix, logPolicy, metricNamespace } from "./policies";

/** The least that AWS gives a canary. */
const memoryMiB = 960;
const script = "canary";

/**
 * Asks for what people ask for, from outside of everything that is watched: canaries of CloudWatch, their log and what they
 * leave, and alarms when they fail, are slow or do not run.
 */
export class SyntheticMonitoring extends pulumi.ComponentResource {
  /** In AWS, by the name in the arguments. */
  readonly canaryNames: Readonly<Record<string, string>>;

  constructor(name: string, args: SyntheticMonitoringArgs, opts?: pulumi.ComponentResourceOptions) {
    const spec = resolveSyntheticMonitoringArgs(name, args);
    super("platform:observation:SyntheticMonitoring", name, spec, opts);

    const owned = childOptions(this, opts);
    const key = createStoreKey(
      `${name}-canaries`,
      {
        ...spec,
        description: `Environments and logs of the canaries of ${name}`,
        logGroupNames: [`/aws/lambda/${functionPrefix}*`],
      },
      owned,
    );
    const code = createCode(name, spec, owned);
    for (const [each, canary] of Object.entries(spec.canaries))
      createCanary({ name, each, canary, spec, key, code }, owned);

    this.canaryNames = Object.fromEntries(
      Object.keys(spec.canaries).map((each) => [each, canaryName(name, each)]),
    );
    this.registerOutputs({ canaryNames: this.canaryNames });
  }
}

/** One for all: what they do stands in their environment. */
function createCode(
  name: string,
  { region, bucket, tags }: SyntheticMonitoringSpec,
  owned: ChildOptions,
): aws.s3.BucketObject {
  return new aws.s3.BucketObject(
    `${name}-canary-code`,
    {
      region,
      bucket: bucket.name,
      key: `code/${script}.zip`,
      source: new pulumi.asset.AssetArchive({
        // Where the runtime looks for it.
        [`nodejs/node_modules/${script}.js`]: new pulumi.asset.StringAsset(bundleFunction(script)),
      }),
      serverSideEncryption: "aws:kms",
      kmsKeyId: bucket.keyArn,
      tags,
    },
    owned,
  );
}

interface CanaryParts {
  readonly name: string;
  readonly each: string;
  readonly canary: Canary;
  readonly spec: SyntheticMonitoringSpec;
  readonly key: aws.kms.Key;
  readonly code: aws.s3.BucketObject;
}

function createCanary(parts: CanaryParts, owned: ChildOptions): void {
  const { name, each, canary, spec, key, code } = parts;
  const { region, bucket, signIn, network, retentionDays, everyMinutes, workingWeek, tags } = spec;
  const child = `${name}-canary-${each}`;
  const { role, policy } = createRole(child, parts, owned);
  const created = new aws.synthetics.Canary(
    child,
    {
      region,
      name: canaryName(name, each),
      runtimeVersion: canaryRuntime,
      handler: `${script}.handler`,
      s3Bucket: bucket.name,
      s3Key: code.key,
      s3Version: code.versionId,
      artifactS3Location: pulumi.interpolate`s3://${bucket.name}/canaries/${each}`,
      artifactConfig: { s3Encryption: { encryptionMode: "SSE_KMS", kmsKeyArn: bucket.keyArn } },
      executionRoleArn: role.arn,
      kmsKeyArn: key.arn,
      schedule: { expression: `rate(${everyMinutes} minute${everyMinutes === 1 ? "" : "s"})` },
      runConfig: {
        timeoutInSeconds: timeoutSeconds(canary),
        memoryInMb: memoryMiB,
        environmentVariables: {
          CANARY_PLAN: pulumi
            .output(signIn?.secretArn ?? "")
            .apply((secretArn) => canaryPlan(each, canary, { signIn, secretArn })),
        },
      },
      ...(canary.internal === true &&
        network !== undefined && {
          vpcConfig: {
            vpcId: network.vpcId,
            subnetIds: network.subnetIds,
            securityGroupIds: network.securityGroupIds,
          },
        }),
      successRetentionPeriod: retentionDays,
      failureRetentionPeriod: retentionDays,
      // With hours it is the schedule that starts it: made at night, it would fail until the first morning.
      startCanary: workingWeek === undefined,
      deleteLambda: true,
      tags,
    },
    { parent: owned.parent, dependsOn: [policy] },
  );
  if (workingWeek !== undefined)
    createHours(child, { name, each, spec, week: workingWeek, canary: created }, owned);
  createLog(child, { ...parts, created, role }, owned);
  createStoreAlarms(
    child,
    {
      ...{ region, namespace: metricNamespace, alarmTopicArn: spec.alarmTopicArn, tags },
      alarms: alarmsOf(parts),
    },
    owned,
  );
}

function createRole(
  child: string,
  { name, each, canary, spec }: CanaryParts,
  owned: ChildOptions,
): { role: aws.iam.Role; policy: aws.iam.RolePolicy } {
  const role = new aws.iam.Role(
    child,
    {
      description: `Lets the canary ${canaryName(name, each)} do its work`,
      assumeRolePolicy: JSON.stringify(functionTrustPolicy),
      permissionsBoundary: spec.permissionsBoundaryArn,
      tags: spec.tags,
    },
    owned,
  );
  const policy = new aws.iam.RolePolicy(
    child,
    { role: role.name, policy: pulumi.jsonStringify(canaryPolicy(each, canary, spec)) },
    owned,
  );
  return { role, policy };
}

interface LogParts extends CanaryParts {
  readonly created: aws.synthetics.Canary;
  readonly role: aws.iam.Role;
}

/** Under the name of the function that AWS has made; until it is there the canary writes no log, and none that stays for ever. */
function createLog(
  child: string,
  { spec, key, created, role }: LogParts,
  owned: ChildOptions,
): void {
  const { region, retentionDays, tags } = spec;
  const group = new aws.cloudwatch.LogGroup(
    child,
    {
      region,
      name: created.engineArn.apply((arn) => `/aws/lambda/${arn.split(":")[6] ?? ""}`),
      retentionInDays: retentionDays,
      kmsKeyId: key.arn,
      tags,
    },
    owned,
  );
  new aws.iam.RolePolicy(
    `${child}-log`,
    { role: role.name, policy: pulumi.jsonStringify(logPolicy(group.arn)) },
    owned,
  );
}

/** Each judged over two runs: one that fails, or comes a moment late, wakes nobody. */
function alarmsOf({ name, each, canary, spec }: CanaryParts): Record<string, StoreAlarm> {
  const dimensions = { CanaryName: canaryName(name, each) };
  const periodSeconds = spec.everyMinutes * 2 * 60;
  const { slowRunMilliseconds = canaryDefaults.slowRunMilliseconds } = canary;
  return {
    failing: {
      description: `The canary ${dimensions.CanaryName} fails, or does not run: people cannot do what it does. Its log says which step`,
      measure: { metricName: "SuccessPercent", dimensions },
      statistic: "Average",
      threshold: 50,
      comparison: "LessThanThreshold",
      periodSeconds,
      periods: 1,
      // One that rests gives no numbers; then Prometheus tells by day that it does not run.
      missing: spec.workingWeek === undefined ? "breaching" : "notBreaching",
    },
    slow: {
      description: `The canary ${dimensions.CanaryName} takes longer than ${slowRunMilliseconds} ms, three times in a row`,
      measure: { metricName: "Duration", dimensions },
      statistic: "Average",
      threshold: slowRunMilliseconds,
      comparison: "GreaterThanThreshold",
      periodSeconds,
      periods: 3,
      missing: "notBreaching",
    },
  };
}
