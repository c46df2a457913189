import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { AlarmTopic } from "../../components/alarm-topic";
import { type BucketKey, ReplicatedBucket } from "../../components/replicated-bucket";
import { dataClassTags, highestDataClass } from "../../components/shared/data-class";
import type { DataClass, ServiceRecord } from "../../components/shared/service-record";
import { boundaryArn } from "../accounts";
import type { Environment } from "../environment";
import type { StoreParts } from "./stores";

/** What services have to know of the bucket, and of its key. */
export interface ModelBucket {
  readonly bucketName: pulumi.Input<string>;
  readonly bucketArn: pulumi.Input<string>;
  readonly key: BucketKey;
  /** Undefined where the bucket is a copy that another environment has made: it is that one's to look after. */
  readonly own: ReplicatedBucket | undefined;
}

/** As much worth as what the services keep in it. */
export function modelClass(services: readonly ServiceRecord[]): DataClass {
  return highestDataClass(
    services.flatMap(({ talksTo, dataClass }) =>
      talksTo.stores.includes("model-bucket") ? dataClass : [],
    ),
  );
}

/**
 * A model that was published is never deleted for its age. Checkpoints of a training can be made again by training again:
 * a year without anybody's need of one is enough. Data sets were collected, so they are vital too.
 */
const modelFolders = {
  "models/": "vital",
  "datasets/": "vital",
  "checkpoints/": "reproducible",
} as const;

export function defineModelBucket(prefix: string, parts: StoreParts): ModelBucket {
  const { environment, provider } = parts;
  if (environment.data.buckets.source === "replica") return copyOf(environment);
  const { region, accountId, data, deletionProtection } = environment;
  const bucket = new ReplicatedBucket(
    `${prefix}-models`,
    {
      region,
      accountId,
      purpose: "Models",
      folders: modelFolders,
      accessLogRetentionDays: data.buckets.accessLogRetentionDays,
      ...replicaOf(prefix, parts),
      protect: deletionProtection,
      tags: dataClassTags(modelClass(parts.services)),
    },
    { providers: { aws: provider } },
  );
  const { bucketName, bucketArn, keyArn } = bucket;
  return { bucketName, bucketArn, key: { keyArn }, own: bucket };
}

/** A contract between two regions' programs, neither of which can ask the other: the account makes the name unique. */
export function modelCopyName(owner: string, accountId: string): string {
  return `auterity-${owner}-models-copy-${accountId}`;
}

function copyOf({ accountId, secrets }: Environment): ModelBucket {
  const bucketName = modelCopyName(secrets.environment, accountId);
  const key = { keyAlias: `alias/${bucketName}`, accountId };
  return { bucketName, bucketArn: `arn:aws:s3:::${bucketName}`, key, own: undefined };
}

function replicaOf(prefix: string, { environment, alarms, provider }: StoreParts) {
  const { name, accountId, data, recovery } = environment;
  const { replicate } = data.buckets;
  if (replicate === "none") return {};
  return {
    replica: {
      region: recovery.region,
      direction: replicate,
      name: modelCopyName(name, accountId),
      alarmTopicArn: alarms.topicArn,
      replicaAlarmTopicArn: copiesTopic(prefix, environment, provider).topicArn,
      permissionsBoundaryArn: boundaryArn(environment),
    },
  };
}

/** How late copies are is measured where they go, and an alarm tells topics of its own region alone. */
function copiesTopic(
  prefix: string,
  { accountId, recovery, alarms }: Environment,
  provider: aws.Provider,
): AlarmTopic {
  return new AlarmTopic(
    `${prefix}-copies`,
    { region: recovery.region, accountId, emailAddresses: alarms.emailAddresses },
    { providers: { aws: provider } },
  );
}
