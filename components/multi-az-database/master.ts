import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { randomBytes } from "node:crypto";
import { type Master, masterUsername } from "./cluster";
import { databasePort, type DatabaseScope } from "./scope";

const passwordBytes = 24;
/** Nobody but functions uses it, so that it can be replaced as often as AWS replaces its own. */
const recoveryWindowDays = 7;

export interface OwnMaster {
  readonly master: Master;
  readonly secret: aws.secretsmanager.Secret;
}

/**
 * The administrator's secret, where RDS manages none. Its first password passes through the state, encrypted, and is told by
 * `first`: DatabaseUsers replaces it with the first thing that it does.
 */
export function createOwnMaster(
  { name, spec, owned }: DatabaseScope,
  keyArn: pulumi.Output<string>,
): OwnMaster {
  const { region, tags } = spec;
  const secret = new aws.secretsmanager.Secret(
    `${name}-master`,
    {
      region,
      description: `Administrator of the database ${name}`,
      kmsKeyId: keyArn,
      recoveryWindowInDays: recoveryWindowDays,
      tags: { ...tags, rotation: "database-master" },
    },
    { ...owned, protect: spec.protect },
  );
  const first = JSON.stringify({
    ...{ engine: "postgres", port: `${databasePort}`, dbname: "postgres", first: "true" },
    ...{ username: masterUsername, password: randomBytes(passwordBytes).toString("base64url") },
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
