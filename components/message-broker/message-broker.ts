import * as pulumi from "@pulumi/pulumi";
import { childOptions } from "../shared/child-options";
import { createStoreAlarms } from "../shared/store-alarms";
import { createStoreKey } from "../shared/store-key";
import { createStoreGroup } from "../shared/store-network";
import type { StoreUserRotation } from "../shared/store-rotation";
import { createAdministrator } from "./administrator";
import { brokerAlarms } from "./alarms";
import { type MessageBrokerArgs, resolveMessageBrokerArgs } from "./args";
import { createBroker } from "./broker";
import { createRotationGroup, createUserRotation } from "./rotation";
import { type BrokerScope, brokerPort, managementPort, rotationName } from "./scope";

/**
 * RabbitMQ (Amazon MQ) over three zones: private, encrypted, logged, with a user by service that a function of ours makes
 * and rotates.
 */
export class MessageBroker extends pulumi.ComponentResource {
  /** One name for all nodes. */
  readonly host: pulumi.Output<string>;
  /** AMQP over TLS. */
  readonly port: number;
  /** Makes users and rotates them; for whoever owns their secrets. */
  readonly rotation: StoreUserRotation;
  readonly keyArn: pulumi.Output<string>;

  constructor(name: string, args: MessageBrokerArgs, opts?: pulumi.ComponentResourceOptions) {
    const spec = resolveMessageBrokerArgs(name, args);
    super("platform:data:MessageBroker", name, spec, opts);
    const scope: BrokerScope = { name, spec, owned: childOptions(this, opts) };

    const key = createStoreKey(
      name,
      {
        ...spec,
        description: `Broker ${spec.brokerName}, its administrator and the log of its rotation`,
        logGroupNames: [`/aws/lambda/${rotationName(spec)}`],
      },
      scope.owned,
    );
    const group = createRotationGroup(scope);
    const access = createAccess(scope, group.id);
    const broker = createBroker(scope, { key, securityGroupId: access.group.id });
    const users = createUserRotation(scope, { broker, key, group, brokerGroup: access.group });
    createAdministrator(scope, {
      broker,
      key,
      rotation: users.rotation,
      ready: [...users.ready, ...access.rules],
    });
    createStoreAlarms(
      name,
      { ...spec, namespace: "AWS/AmazonMQ", alarms: brokerAlarms(spec) },
      scope.owned,
    );

    this.host = broker.instances.apply(([first]) => hostOf(first?.endpoints[0]));
    this.port = brokerPort;
    this.rotation = users.rotation;
    this.keyArn = key.arn;
    this.registerOutputs({
      host: this.host,
      port: this.port,
      rotation: this.rotation,
      keyArn: this.keyArn,
    });
  }
}

/** Clients and the function speak AMQP; the management API is the function's alone. */
function createAccess({ name, spec, owned }: BrokerScope, rotation: pulumi.Input<string>) {
  const { region, network, brokerName, tags } = spec;
  return createStoreGroup(
    `${name}-access`,
    {
      ...{ region, tags },
      description: `Broker ${brokerName}`,
      network: { ...network, clients: { ...network.clients, rotation } },
      ports: [
        { port: brokerPort, protocol: "AMQP over TLS" },
        { port: managementPort, protocol: "Management API", onlyFor: "rotation" },
      ],
    },
    owned,
  );
}

function hostOf(endpoint: string | undefined): string {
  return endpoint === undefined ? "" : new URL(endpoint).hostname;
}
