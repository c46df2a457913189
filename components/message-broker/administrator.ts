import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { StoreUserRotation } from "../shared/store-rotation";
import { administratorName } from "./broker";
import type { BrokerScope } from "./scope";

const recoveryWindowDays = 30;
const rotationDays = 30;
const rotationWindow = "2h";

interface AdministratorParts {
  readonly broker: aws.mq.Broker;
  readonly key: aws.kms.Key;
  readonly rotation: StoreUserRotation;
  /** What a first rotation needs: it starts at once. */
  readonly ready: readonly pulumi.Resource[];
}

/** The credential that makes users, in a secret of its own: read by the function and by administrators, by nobody else. */
export function createAdministrator(
  scope: BrokerScope,
  { broker, key, rotation, ready }: AdministratorParts,
): void {
  const { name, spec, owned } = scope;
  const { region, administrator, tags } = spec;
  const child = `${name}-administrator`;
  const secret = new aws.secretsmanager.Secret(
    child,
    {
      region,
      name: administrator.secretName,
      description: `Administrator of broker ${spec.brokerName}, with whom its users are made`,
      kmsKeyId: key.arn,
      recoveryWindowInDays: recoveryWindowDays,
      tags: { ...tags, rotation: "broker-user" },
    },
    { ...owned, protect: spec.protect },
  );
  const version = createFirstVersion(scope, broker, secret);
  const policy = new aws.secretsmanager.SecretPolicy(
    child,
    {
      region,
      secretArn: secret.arn,
      blockPublicPolicy: true,
      policy: pulumi.jsonStringify(
        administratorPolicy(spec.accountId, {
          readers: [rotation.roleArn, ...administrator.readerArns],
          deployers: administrator.deployerArns,
        }),
      ),
    },
    // After it, whoever deploys can write no value, not even the first.
    { ...owned, dependsOn: [version] },
  );
  new aws.secretsmanager.SecretRotation(
    child,
    {
      region,
      secretId: secret.id,
      rotationLambdaArn: rotation.functionArn,
      rotateImmediately: true,
      rotationRules: { automaticallyAfterDays: rotationDays, duration: rotationWindow },
    },
    { ...owned, dependsOn: [policy, ...ready] },
  );
}

/** What the broker was created with, until the first rotation. */
function createFirstVersion(
  { name, spec, owned }: BrokerScope,
  broker: aws.mq.Broker,
  secret: aws.secretsmanager.Secret,
): aws.secretsmanager.SecretVersion {
  return new aws.secretsmanager.SecretVersion(
    `${name}-administrator`,
    {
      region: spec.region,
      secretId: secret.id,
      // Write-only, so that a refresh reads no value.
      secretStringWo: pulumi.secret(
        pulumi.jsonStringify({
          username: administratorName(spec),
          password: broker.users.apply((users) => users?.[0]?.password ?? ""),
        }),
      ),
      secretStringWoVersion: 1,
      // Its own stage, or it would be deleted as out of use after two rotations and written again.
      versionStages: ["AUTERITY_FIRST"],
    },
    { ...owned, ignoreChanges: ["secretStringWo", "secretStringWoVersion", "versionStages"] },
  );
}

interface Holders {
  readonly readers: readonly pulumi.Input<string>[];
  readonly deployers: readonly pulumi.Input<string>[];
}

/** Whatever IAM allows others. Allows nothing by itself. */
function administratorPolicy(
  accountId: string,
  { readers, deployers }: Holders,
): aws.iam.PolicyDocument {
  const deny = (sid: string, actions: string[], but: pulumi.Input<string>[]) => ({
    Sid: sid,
    Effect: "Deny" as const,
    Principal: "*" as const,
    Action: actions.map((action) => `secretsmanager:${action}`),
    Resource: "*",
    Condition: { ArnNotLike: { "aws:PrincipalArn": but } },
  });
  return {
    Version: "2012-10-17",
    Statement: [
      deny(
        "UsedByNobodyElse",
        ["GetSecretValue", "PutSecretValue", "UpdateSecret", "UpdateSecretVersionStage"],
        [...readers],
      ),
      deny(
        "ChangeByNobodyElse",
        [
          "CancelRotateSecret",
          "DeleteResourcePolicy",
          "DeleteSecret",
          "PutResourcePolicy",
          "ReplicateSecretToRegions",
          "RotateSecret",
          "TagResource",
          "UntagResource",
        ],
        [...deployers, ...readers.slice(1), `arn:aws:iam::${accountId}:root`],
      ),
    ],
  };
}
