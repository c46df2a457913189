import {
  DescribeUsersCommand,
  ElastiCacheClient,
  ModifyUserCommand,
} from "@aws-sdk/client-elasticache";
import { mockClient } from "aws-sdk-client-mock";
import { expect } from "chai";
import { rotate } from "../../../functions/cache-users/rotate";
import { type Step, steps } from "../../../functions/shared/secret-rotation";
import { MemorySecrets } from "../../../tools/drill/broker/memory-secrets";

const secretName = "auterity/prod/relaycore/cache";
const userId = "auterity-prod-relaycore";
const passwordShape = /^[A-Za-z0-9_-]{43}$/;

/** A user of ElastiCache that is busy for a while after each change. */
class CacheUser {
  readonly client = new ElastiCacheClient({ region: "us-west-2" });
  authentication: { Type: string; Passwords: readonly string[] } = { Type: "iam", Passwords: [] };
  busyFor = 0;
  changes = 0;

  constructor() {
    const mock = mockClient(this.client);
    mock.on(DescribeUsersCommand).callsFake(() => ({
      Users: [
        {
          UserId: userId,
          Status: this.busyFor-- > 0 ? "modifying" : "active",
          Authentication: {
            Type: this.authentication.Type === "iam" ? "iam" : "password",
            PasswordCount: this.authentication.Passwords.length,
          },
        },
      ],
    }));
    mock.on(ModifyUserCommand).callsFake((input: ModifyUserCommand["input"]) => {
      expect(input.UserId).to.equal(userId);
      const { Type = "", Passwords = [] } = input.AuthenticationMode ?? {};
      this.authentication = { Type, Passwords };
      this.busyFor = 2;
      this.changes += 1;
      return {};
    });
  }
}

function startWith(current: object) {
  const secrets = new MemorySecrets({ [secretName]: current });
  const user = new CacheUser();
  const take = (step: Step, versionId = "v2", users = { [secretName]: userId }) =>
    rotate(
      { SecretId: secretName, ClientRequestToken: versionId, Step: step },
      {
        secrets: secrets.client,
        cache: user.client,
        users,
        wait: { timeoutMilliseconds: 200, pauseMilliseconds: 1 },
      },
    );
  secrets.announce(secretName, "v2");
  return { secrets, user, take };
}

describe("rotation of cache users", () => {
  it("gives a user that was never filled its first password, and that alone", async () => {
    const { secrets, user, take } = startWith({ AUTERITY_NOT_FILLED: "true" });
    for (const step of steps) await take(step);
    const value = secrets.value(secretName);
    expect(Object.keys(value)).to.deep.equal(["username", "password"]);
    expect(value["username"]).to.equal(userId);
    expect(value["password"]).to.match(passwordShape);
    expect(user.authentication).to.deep.equal({
      Type: "password",
      Passwords: [value["password"]],
    });
  });

  it("keeps the password of before valid until the rotation after", async () => {
    const { secrets, user, take } = startWith({ AUTERITY_NOT_FILLED: "true" });
    for (const step of steps) await take(step);
    const first = secrets.value(secretName)["password"];
    secrets.announce(secretName, "v3");
    for (const step of steps) await take(step, "v3");
    const second = secrets.value(secretName)["password"];
    expect(user.authentication.Passwords).to.deep.equal([second, first]);
    secrets.announce(secretName, "v4");
    for (const step of steps) await take(step, "v4");
    expect(user.authentication.Passwords).to.have.length(2).and.not.include(first);
  });

  it("ends in the same state where each step is taken twice", async () => {
    const { secrets, user, take } = startWith({ username: userId, password: "old" });
    for (const step of steps) {
      await take(step);
      const once = [structuredClone(user.authentication), secrets.value(secretName)];
      await take(step);
      expect([user.authentication, secrets.value(secretName)], step).to.deep.equal(once);
    }
    expect(user.authentication.Passwords).to.deep.equal([
      secrets.value(secretName)["password"],
      "old",
    ]);
  });

  it("fails where a change does not reach the nodes in time, and goes on later", async () => {
    const { secrets, user, take } = startWith({ AUTERITY_NOT_FILLED: "true" });
    await take("createSecret");
    await take("setSecret");
    user.busyFor = 100_000;
    let message = "";
    await take("testSecret").catch((error: unknown) => (message = String(error)));
    expect(message).to.equal(
      `Error: secret ${secretName}: the user ${userId} is modifying and did not become active in time`,
    );
    expect(secrets.value(secretName)).to.deep.equal({ AUTERITY_NOT_FILLED: "true" });
    user.busyFor = 0;
    await take("testSecret");
    await take("finishSecret");
    expect(secrets.value(secretName)["username"]).to.equal(userId);
  });

  it("does not let a password take over that was never set", async () => {
    const { take } = startWith({ AUTERITY_NOT_FILLED: "true" });
    await take("createSecret");
    let message = "";
    await take("finishSecret").catch((error: unknown) => (message = String(error)));
    expect(message).to.equal(
      `Error: secret ${secretName}: the user ${userId} has no password: set it again`,
    );
  });

  it("refuses a secret that is not one of its own", async () => {
    const { user, take } = startWith({ AUTERITY_NOT_FILLED: "true" });
    let message = "";
    await take("createSecret", "v2", { other: userId } as never).catch(
      (error: unknown) => (message = String(error)),
    );
    expect(message).to.equal(
      `Error: secret ${secretName}: it is none of the secrets of this function`,
    );
    expect(user.changes).to.equal(0);
  });
});
