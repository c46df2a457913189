import {
  DescribeUsersCommand,
  type ElastiCacheClient,
  ModifyUserCommand,
  type User,
} from "@aws-sdk/client-elasticache";
import type { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import {
  type RotationEvent,
  type RotationWork,
  rotateSecret,
  type StepOutcome,
} from "../shared/secret-rotation";
import { configuredFor, newPassword, pendingStoreUser, storeUserIn } from "../shared/store-user";

export interface CacheUsers {
  readonly secrets: SecretsManagerClient;
  readonly cache: ElastiCacheClient;
  /** Id of the user, which is its name too, by the name of its secret. */
  readonly users: Readonly<Record<string, string>>;
  readonly wait: {
    /** Until a change has reached every node; the step fails after it, and is repeated. */
    readonly timeoutMilliseconds: number;
    readonly pauseMilliseconds: number;
  };
}

/**
 * One step in the rotation of a cache user's password. A user has two passwords, the new and the one of before, so that pods
 * which hold the old one connect until the rotation after.
 */
export function rotate(event: RotationEvent, parts: CacheUsers): Promise<StepOutcome> {
  return rotateSecret(event, parts.secrets, ({ name }) =>
    cacheUser(parts, configuredFor(parts.users, name)),
  );
}

function cacheUser(parts: CacheUsers, userId: string): RotationWork {
  return {
    next: () => ({ username: userId, password: newPassword() }),
    async set(pendingValue, currentValue) {
      const pending = pendingStoreUser(pendingValue);
      const current = storeUserIn(currentValue);
      await settled(parts, userId);
      await parts.cache.send(
        new ModifyUserCommand({
          UserId: userId,
          AuthenticationMode: {
            Type: "password",
            // The first time there is none before: whatever the user was created with opens nothing any more.
            Passwords: [pending.password, ...(current === undefined ? [] : [current.password])],
          },
        }),
      );
      return "done";
    },
    async test(pendingValue) {
      pendingStoreUser(pendingValue);
      // Active again means that every node knows the passwords.
      const { Authentication } = await settled(parts, userId);
      if (Authentication?.Type !== "password" || (Authentication.PasswordCount ?? 0) < 1)
        throw new Error(`the user ${userId} has no password: set it again`);
    },
  };
}

async function settled({ cache, wait }: CacheUsers, userId: string): Promise<User> {
  const end = Date.now() + wait.timeoutMilliseconds;
  for (;;) {
    const { Users = [] } = await cache.send(new DescribeUsersCommand({ UserId: userId }));
    const [user] = Users;
    if (user?.Status === "active") return user;
    if (Date.now() + wait.pauseMilliseconds > end)
      throw new Error(
        `the user ${userId} is ${user?.Status ?? "not there"} and did not become active in time`,
      );
    await new Promise((resolve) => setTimeout(resolve, wait.pauseMilliseconds));
  }
}
