import type * as aws from "@pulumi/aws";
import type { AlarmTopic } from "../components/alarm-topic";
import { ReplicatedBucket } from "../components/replicated-bucket";
import { dataClassTags } from "../components/shared/data-class";
import type { ServiceRecord } from "../components/shared/service-record";
import { type Canary, SyntheticMonitoring } from "../components/synthetic-monitoring";
import { boundaryArn } from "./accounts";
import { publicDomain } from "./edge";
import type { Environment } from "./environment";
import { workingWeek } from "./nights";
import { isPilotLight } from "./recovery-mode";

interface SyntheticsParts {
  readonly environment: Environment;
  readonly services: readonly ServiceRecord[];
  readonly alarms: AlarmTopic;
  readonly provider: aws.Provider;
}

/** As long as AWS takes to try again and people to notice. */
const leastCertificateDays = 14;

/** Asks for the critical paths as people do, by way of the internet, and needs nothing of the cluster to say that it fails. */
export function defineSynthetics(
  prefix: string,
  { environment, services, alarms, provider }: SyntheticsParts,
): void {
  const { region, accountId, synthetics, data, deletionProtection } = environment;
  // A pilot light has no services that anybody could ask.
  if (!synthetics.enabled || isPilotLight(environment)) return;
  const tags = dataClassTags("none");
  const week = workingWeek(environment);
  const { bucketName, bucketArn, keyArn } = new ReplicatedBucket(
    `${prefix}-canary-results`,
    {
      region,
      accountId,
      purpose: "Code and results of canaries",
      folders: {
        "canaries/": { expireDays: synthetics.retentionDays, replacedDays: 1 },
      },
      accessLogRetentionDays: data.buckets.accessLogRetentionDays,
      protect: deletionProtection,
      tags,
    },
    { providers: { aws: provider } },
  );
  new SyntheticMonitoring(
    prefix,
    {
      region,
      accountId,
      canaries: canariesOf(environment, services),
      everyMinutes: synthetics.everyMinutes,
      retentionDays: synthetics.retentionDays,
      ...(week && { workingWeek: week }),
      bucket: { name: bucketName, arn: bucketArn, keyArn },
      alarmTopicArn: alarms.topicArn,
      permissionsBoundaryArn: boundaryArn(environment),
      protect: deletionProtection,
      tags,
    },
    { providers: { aws: provider } },
  );
}

/** One for each critical path that anybody may ask for, named as in the catalogue. */
export function canariesOf(
  environment: Environment,
  services: readonly ServiceRecord[],
): Record<string, Canary> {
  return Object.fromEntries(
    services.flatMap(({ exposure, criticalPaths }) => {
      if (exposure === undefined) return [];
      const host = `${exposure.subdomain}.${publicDomain(environment)}`;
      return criticalPaths.map(({ name, method, path, expectedStatus, expectedText }) => [
        name,
        {
          steps: [
            {
              name: "answer",
              ...{ method, url: `https://${host}${path}`, expectedStatus, leastCertificateDays },
              ...(expectedText !== undefined && { expectedText }),
            },
            {
              name: "plain-http",
              url: `http://${host}${path}`,
              expectedStatus: 301,
              redirectsTo: `https://${host}${path}`,
            },
          ],
        },
      ]);
    }),
  );
}
