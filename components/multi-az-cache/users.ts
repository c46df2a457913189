import * as aws from "@pulumi/aws";
import { accessString, lockedAccess } from "./access";
import { cacheUserId } from "./args";
import type { CacheScope } from "./scope";

/** What both engines of ElastiCache take: a group of Valkey's own admits no locked default user. */
const engine = "redis";

/**
 * A user by service, and the default one, as which every connection starts: locked. No password comes from here: a user is
 * made for IAM, with which nobody is allowed to connect, until the rotation gives it its first password.
 */
export function createUsers({ name, spec, owned }: CacheScope): aws.elasticache.UserGroup {
  const { region, tags } = spec;
  const locked = new aws.elasticache.User(
    `${name}-default`,
    {
      region,
      userId: cacheUserId(spec, "default"),
      userName: "default",
      engine,
      accessString: lockedAccess,
      noPasswordRequired: true,
      tags,
    },
    owned,
  );
  const services = Object.entries(spec.users).map(([user, access]) => {
    const userId = cacheUserId(spec, user);
    return new aws.elasticache.User(
      `${name}-${user}`,
      {
        region,
        userId,
        userName: userId,
        engine,
        accessString: accessString(access),
        authenticationMode: { type: "iam" },
        tags: { ...tags, service: user },
      },
      // From the first rotation on the passwords are the rotation's.
      { ...owned, ignoreChanges: ["authenticationMode"] },
    );
  });
  return new aws.elasticache.UserGroup(
    name,
    {
      region,
      userGroupId: spec.cacheName,
      engine,
      userIds: [locked, ...services].map(({ userId }) => userId),
      tags,
    },
    owned,
  );
}
