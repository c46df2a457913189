import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { createHmac, randomBytes } from "node:crypto";
import { type Master, masterUsername } from "./cluster";
import { copyKeyPolicy } from "./policies";
import { databasePort, type DatabaseScope } from "./scope";

/** Of this run: a program that is evaluated twice, as a plan does, names the same password twice. */
const seed = randomBytes(32);
/** Nobody but functions uses it, so that it can be replaced as often as AWS replaces its own. */
const recoveryWindowDays = 7;
const keyDeletionDays = 30;

export interface OwnMaster {
  readonly master: Master;
  readonly secret: aws.secretsmanager.Secret;
}

/**
 * The administrator's secret, where RDS manages none. Its first password passes through the state, encrypted, and is told by
 * `first`: DatabaseUsers replaces it with the first thing that it does. The other region has a copy of each.
 */
export function createOwnMaster(
  scope: DatabaseScope,
  { keyArn, copyRegion }: { readonly keyArn: pulumi.Output<string>; readonly copyRegion: string },
): OwnMaster {
  const { name, spec, owned } = scope;
  const { region, tags } = spec;
  const secret = new aws.secretsmanager.Secret(
    `${name}-master`,
    {
      region,
      description: `Administrator of the database ${name}`,
      kmsKeyId: keyArn,
      replicas: [{ region: copyRegion, kmsKeyId: createCopyKey(scope, copyRegion).arn }],
      recoveryWindowInDays: recoveryWindowDays,
      tags: { ...tags, rotation: "database-master" },
    },
    { ...owned, protect: spec.protect },
  );
  const first = JSON.stringify({
    ...{ engine: "postgres", port: `${databasePort}`, dbname: "postgres", first: "true" },
    ...{
      username: masterUsername,
      password: createHmac("sha256", seed).update(name).digest("base64url"),
    },
  });
  const version = new aws.secretsmanager.SecretVersion(
    `${name}-master`,
    { region, secretId: secret.id, secretString: pulumi.secret(first) },
    // What is there in the state stays the one that the cluster was made with.
    { ...owned, ignoreChanges: ["secretString"] },
  );
  const password = version.secretString.apply(
    (text) => (JSON.parse(text ?? "{}") as { password?: string }).password ?? "",
  );
  return { secret, master: { kind: "own", password: pulumi.secret(password) } };
}

/** Of the copy of the secret: it can be read when this region cannot. */
function createCopyKey({ name, spec, owned }: DatabaseScope, region: string): aws.kms.Key {
  return new aws.kms.Key(
    `${name}-master-copy`,
    {
      region,
      description: `Copy of the administrator's secret of the database ${name}`,
      deletionWindowInDays: keyDeletionDays,
      enableKeyRotation: true,
      policy: JSON.stringify(copyKeyPolicy(spec.accountId)),
      tags: spec.tags,
    },
    { ...owned, protect: spec.protect },
  );
}
