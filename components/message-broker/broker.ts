import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { createHmac, randomBytes } from "node:crypto";
import { storeEngines } from "../shared/versions";
import type { MessageBrokerSpec } from "./args";
import type { BrokerScope } from "./scope";

const heartbeatSeconds = 60;
/** Of this run: a program that is evaluated twice, as a plan does, names the same password twice. */
const seed = randomBytes(32);

interface BrokerParts {
  readonly key: aws.kms.Key;
  readonly securityGroupId: pulumi.Input<string>;
}

/** RabbitMQ on Amazon MQ: private, encrypted, and closed to operator policies that would switch its copies off. */
export function createBroker(
  { name, spec, owned }: BrokerScope,
  { key, securityGroupId }: BrokerParts,
): aws.mq.Broker {
  const { region, brokerName, deployment, network, maintenance, tags } = spec;
  const { engine, version } = storeEngines.rabbitmq;
  const isCluster = deployment === "cluster";
  const configuration = new aws.mq.Configuration(
    name,
    {
      region,
      name: brokerName,
      description: `Broker ${brokerName}`,
      engineType: engine,
      engineVersion: version,
      data: brokerConfiguration(spec),
      tags,
    },
    owned,
  );
  return new aws.mq.Broker(
    name,
    {
      region,
      brokerName,
      engineType: engine,
      engineVersion: version,
      // Of RabbitMQ 3.13 Amazon MQ picks the patch by itself, and asks for this.
      autoMinorVersionUpgrade: true,
      deploymentMode: isCluster ? "CLUSTER_MULTI_AZ" : "SINGLE_INSTANCE",
      hostInstanceType: spec.instanceType,
      subnetIds: isCluster ? [...network.subnetIds] : network.subnetIds.slice(0, 1),
      securityGroups: [securityGroupId],
      publiclyAccessible: false,
      encryptionOptions: { useAwsOwnedKey: false, kmsKeyId: key.arn },
      configuration: { id: configuration.id, revision: configuration.latestRevision },
      logs: { general: true },
      maintenanceWindowStartTime: { ...maintenance, timeZone: "UTC" },
      // Else a change would wait for the window, and the preview would show what is not there.
      applyImmediately: true,
      users: [{ username: administratorName(spec), password: firstPassword(spec) }],
      tags,
    },
    {
      ...owned,
      protect: spec.protect,
      // Amazon MQ takes the first user of RabbitMQ at the creation alone; its password is the rotation's from then on.
      ignoreChanges: ["users"],
    },
  );
}

export function administratorName({ brokerName }: Pick<MessageBrokerSpec, "brokerName">): string {
  return `${brokerName}-administrator`;
}

/**
 * Amazon MQ creates no broker without one, and has no way to give it without keeping it in the state: so it is a random one,
 * encrypted there, and the first rotation, which starts at once, replaces it. From then on it opens nothing.
 */
function firstPassword({ region, brokerName }: MessageBrokerSpec): pulumi.Output<string> {
  const password = createHmac("sha256", seed).update(`${region}/${brokerName}`);
  return pulumi.secret(password.digest("base64url"));
}

/** @see https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/configurable-values.html */
function brokerConfiguration({ consumerTimeoutMinutes }: MessageBrokerSpec): string {
  const settings = {
    consumer_timeout: consumerTimeoutMinutes * 60_000,
    heartbeat: heartbeatSeconds,
    "management.restrictions.operator_policy_changes.disabled": true,
    "secure.management.http.headers.enabled": true,
  };
  return Object.entries(settings)
    .map(([setting, value]) => `${setting} = ${value}\n`)
    .join("");
}
