import { GetSecretValueCommand, type SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { parseSecretValue, type SecretValue } from "../shared/secret-value";
import {
  type RotationEvent,
  type RotationWork,
  rotateSecret,
  type StepOutcome,
} from "../shared/secret-rotation";
import {
  configuredFor,
  newPassword,
  pendingStoreUser,
  type StoreUser,
  storeUserIn,
} from "../shared/store-user";
import { Management, type Permissions, RefusedError } from "./management";

/** A service, which has two users in turn, or the administrator, who makes them. */
export type BrokerUser =
  | ({ readonly kind: "service"; readonly username: string } & Permissions)
  | { readonly kind: "administrator" };

export interface Broker {
  readonly secrets: SecretsManagerClient;
  /** By the name of the secret. */
  readonly users: Readonly<Record<string, BrokerUser>>;
  /** Name of the administrator's own secret. */
  readonly administratorSecret: string;
  readonly managementUrl: string;
  /** Such as "amqps://b-….mq.us-west-2.on.aws:5671". */
  readonly connectionUrl: string;
  readonly vhost: string;
  /** Connects to the virtual host as the user. @throws Error, without any value, if it is not let in. */
  readonly proveConnection: (url: string, vhost: string, user: StoreUser) => Promise<void>;
}

/** One step in the rotation of a broker's user. */
export function rotate(event: RotationEvent, broker: Broker): Promise<StepOutcome> {
  return rotateSecret(event, broker.secrets, ({ name }) => {
    const user = configuredFor(broker.users, name);
    return user.kind === "administrator" ? administrator(broker) : service(broker, user);
  });
}

/**
 * A service has two users, NAME-a and NAME-b, and each rotation makes the one that is not in use. Pods that hold the other
 * connect with it until the rotation after, when it gets a new password.
 */
function service(broker: Broker, user: Extract<BrokerUser, { kind: "service" }>): RotationWork {
  return {
    next: (current) => ({
      username: otherOf(user.username, current["username"]),
      password: newPassword(),
    }),
    async set(pendingValue) {
      const pending = pendingStoreUser(pendingValue);
      await asAdministrator(broker, async (management) => {
        await management.putUser(pending, "");
        await management.putPermissions(broker.vhost, pending.username, user);
      });
      return "done";
    },
    async test(pendingValue) {
      await broker.proveConnection(
        broker.connectionUrl,
        broker.vhost,
        pendingStoreUser(pendingValue),
      );
    },
  };
}

function otherOf(username: string, current: string | undefined): string {
  return current === `${username}-a` ? `${username}-b` : `${username}-a`;
}

/** The administrator gives itself a new password: from then on the one before opens nothing. Only this function uses it. */
function administrator({ managementUrl }: Broker): RotationWork {
  return {
    next(current) {
      const { username } = administratorIn(current);
      return { username, password: newPassword() };
    },
    async set(pendingValue, currentValue) {
      const pending = pendingStoreUser(pendingValue);
      try {
        await new Management(managementUrl, pending).proveAdministrator();
        return "unchanged";
      } catch (error) {
        if (!(error instanceof RefusedError)) throw error;
      }
      const management = new Management(managementUrl, administratorIn(currentValue));
      await management.putUser(pending, "administrator");
      return "done";
    },
    async test(pendingValue) {
      await new Management(managementUrl, pendingStoreUser(pendingValue)).proveAdministrator();
    },
  };
}

function administratorIn(value: SecretValue): StoreUser {
  const user = storeUserIn(value);
  if (user === undefined) throw new Error("it holds no username and password of an administrator");
  return user;
}

/** With the administrator's password; while that is being rotated, with the one to come. */
async function asAdministrator(
  broker: Broker,
  work: (management: Management) => Promise<void>,
): Promise<void> {
  const use = async (stage: string) =>
    work(new Management(broker.managementUrl, await readAdministrator(broker, stage)));
  try {
    await use("AWSCURRENT");
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    await use("AWSPENDING");
  }
}

async function readAdministrator(
  { secrets, administratorSecret }: Broker,
  stage: string,
): Promise<StoreUser> {
  const { SecretString } = await secrets.send(
    new GetSecretValueCommand({ SecretId: administratorSecret, VersionStage: stage }),
  );
  return administratorIn(parseSecretValue(SecretString));
}
