import type { ChildOptions } from "../shared/child-options";
import type { MessageBrokerSpec } from "./args";

/** What every part of the component works with. */
export interface BrokerScope {
  /** Start of the children's names. */
  readonly name: string;
  readonly spec: MessageBrokerSpec;
  readonly owned: ChildOptions;
}

/** AMQP over TLS. @see https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/rabbitmq-basic-elements-broker.html */
export const brokerPort = 5671;
/** The management API and the console. */
export const managementPort = 443;

/** The default one, and the only one to which Amazon MQ applies its policies for many zones. */
export const vhost = "/";

export function rotationName({ brokerName }: Pick<MessageBrokerSpec, "brokerName">): string {
  return `${brokerName}-broker-users`;
}
