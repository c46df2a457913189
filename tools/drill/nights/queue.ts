import { connect } from "amqplib";
import { firstAdministrator, type RunningBroker } from "../broker/rabbitmq";
import { isScaledObject, type ScaledObject } from "../cluster/scaling";
import type { KubernetesApi, KubernetesObject } from "../kubernetes-api";

/** The service that a message wakes, and its queue. */
export interface Queue {
  readonly service: string;
  readonly send: () => Promise<void>;
  /** Takes what waits, as a worker does. */
  readonly take: () => Promise<void>;
  readonly close: () => Promise<void>;
}

interface Authentication extends KubernetesObject {
  readonly spec: {
    readonly secretTargetRef: readonly { readonly name: string; readonly key: string }[];
  };
}

/** The planned queue on a real broker; the planned trigger reaches it by the planned Secret, which gets its address here. */
export async function openQueue(
  broker: RunningBroker,
  api: KubernetesApi,
  objects: readonly KubernetesObject[],
): Promise<Queue> {
  const { service, queue } = plannedQueue(objects);
  const { username, password } = firstAdministrator;
  const url = broker.connectionUrl.replace("//", `//${username}:${password}@`);
  for (const { metadata, spec } of objects.filter(isAuthentication))
    for (const { name, key } of spec.secretTargetRef)
      await api.patch(
        {
          apiVersion: "v1",
          kind: "Secret",
          metadata: { name, namespace: metadata.namespace ?? "" },
        },
        { stringData: { [key]: url } },
      );
  const connection = await connect(url);
  const channel = await connection.createConfirmChannel();
  // As Celery's worker makes it at its start.
  await channel.assertQueue(queue, { durable: true });
  return {
    service,
    send: async () => {
      channel.sendToQueue(queue, Buffer.from("{}"), { persistent: true });
      await channel.waitForConfirms();
    },
    take: async () => {
      await channel.purgeQueue(queue);
    },
    close: () => connection.close(),
  };
}

function plannedQueue(objects: readonly KubernetesObject[]): { service: string; queue: string } {
  const found = objects.filter(isScaledObject).flatMap(queuesOf);
  const [first] = found;
  if (first === undefined) throw new Error("no planned service waits for a queue");
  return first;
}

function queuesOf({ metadata, spec }: ScaledObject): { service: string; queue: string }[] {
  return spec.triggers
    .filter(({ type }) => type === "rabbitmq")
    .map((trigger) => ({ service: metadata.name, queue: trigger.metadata["queueName"] ?? "" }));
}

function isAuthentication(object: KubernetesObject): object is Authentication {
  return object.kind === "TriggerAuthentication";
}
