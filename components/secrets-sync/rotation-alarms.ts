import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { SecretOrigin } from "../shared/service-record";
import { storeUserOrigins } from "../shared/store-user-values";
import type { Rotation } from "./rotation";
import { declaredSecrets, type Scope } from "./scope";

/** Secrets Manager tries a failed rotation again within hours: one message for all that fail meanwhile. */
const periodSeconds = 3600;

/** Tells people when a rotation fails: the value before stays in use, so that nothing else would show it. */
export function createRotationAlarms(
  { name, spec, owned }: Scope,
  rotation: Rotation | undefined,
): void {
  const { region, environment, alarmTopicArn, storeRotations, tags } = spec;
  if (alarmTopicArn === undefined) return;
  const functions: [SecretOrigin, pulumi.Input<string> | undefined][] = [
    ["generated", rotation?.created.function.arn],
    ...storeUserOrigins.map((origin): [SecretOrigin, pulumi.Input<string> | undefined] => [
      origin,
      storeRotations[origin]?.functionArn,
    ]),
  ];
  const rotated = new Set(declaredSecrets(spec).map(({ secret }) => secret.origin));
  for (const [origin, functionArn] of functions) {
    if (functionArn === undefined || !rotated.has(origin)) continue;
    new aws.cloudwatch.MetricAlarm(
      `${name}-rotation-failed-${origin}`,
      {
        region,
        alarmDescription: `A rotation of the origin ${origin} failed in ${environment}; the values before stay in use: docs/secrets.md`,
        namespace: "AWS/Lambda",
        metricName: "Errors",
        dimensions: {
          FunctionName: pulumi.output(functionArn).apply((arn) => arn.split(":").at(-1) ?? arn),
        },
        statistic: "Sum",
        period: periodSeconds,
        comparisonOperator: "GreaterThanThreshold",
        threshold: 0,
        evaluationPeriods: 1,
        // Nothing is reported while nothing rotates.
        treatMissingData: "notBreaching",
        alarmActions: [alarmTopicArn],
        okActions: [alarmTopicArn],
        tags,
      },
      owned,
    );
  }
}
