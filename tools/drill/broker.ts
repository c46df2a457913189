import { isDeepStrictEqual } from "node:util";
import { proveConnection } from "../../functions/broker-users/connection";
import { type Broker, rotate } from "../../functions/broker-users/rotate";
import { type Step, steps } from "../../functions/shared/secret-rotation";
import { pendingStoreUser } from "../../functions/shared/store-user";
import { MemorySecrets } from "./broker/memory-secrets";
import { basic, firstAdministrator, installRabbitMq, startRabbitMq } from "./broker/rabbitmq";
import { onStage } from "./processes";
import type { Drill, DrillContext } from "./registry";

const api = "auterity/prod/automatrix-api/broker";
const worker = "auterity/prod/automatrix-worker/broker";
const administratorSecret = "auterity/prod/broker/administrator";

const everything = { configure: ".*", write: ".*", read: ".*" } as const;
const users: Broker["users"] = {
  [api]: { kind: "service", username: "automatrix-api", ...everything },
  [worker]: { kind: "service", username: "automatrix-worker", ...everything, write: "^results$" },
  [administratorSecret]: { kind: "administrator" },
};

type Credentials = Readonly<Record<string, string>>;

export const brokerDrill: Drill = {
  name: "broker",
  summary:
    "users of a real RabbitMQ (the distribution's), made and rotated by the function that does it in AWS",
  run: async (context) => {
    installRabbitMq();
    await onStage("broker", async (stage) => {
      const { seconds, ...urls } = await startRabbitMq(stage);
      context.say(`RabbitMQ answered after ${seconds.toFixed(1)} s`);
      const play = new Play(urls);
      await rotateService(play, context);
      await rotateAdministrator(play, context);
      await refuse(play, context);
    });
  },
};

class Play {
  readonly secrets = new MemorySecrets({
    [api]: { AUTERITY_NOT_FILLED: "true" },
    [worker]: { AUTERITY_NOT_FILLED: "true" },
    [administratorSecret]: firstAdministrator,
  });

  constructor(readonly urls: Pick<Broker, "managementUrl" | "connectionUrl">) {}

  async take(secret: string, step: Step, versionId: string): Promise<void> {
    await rotate(
      { SecretId: secret, ClientRequestToken: versionId, Step: step },
      {
        ...this.urls,
        secrets: this.secrets.client,
        users,
        administratorSecret,
        vhost: "/",
        proveConnection,
      },
    );
  }

  /** A rotation, each step twice: Secrets Manager repeats what it has no answer to. */
  async turn(secret: string, versionId: string): Promise<Credentials> {
    this.secrets.announce(secret, versionId);
    for (const step of steps) {
      await this.take(secret, step, versionId);
      await this.take(secret, step, versionId);
    }
    return this.secrets.value(secret);
  }

  async connects(credentials: Credentials): Promise<boolean> {
    try {
      await proveConnection(this.urls.connectionUrl, "/", pendingStoreUser(credentials));
      return true;
    } catch {
      return false;
    }
  }
}

async function rotateService(play: Play, { held }: DrillContext): Promise<void> {
  const first = await play.turn(api, "v2");
  expectSame(
    "the first user",
    [first["username"], await play.connects(first)],
    ["automatrix-api-a", true],
  );
  held("an unfilled secret gets a user that connects; every step may be taken twice");
  const second = await play.turn(api, "v3");
  expectSame(
    "after a rotation",
    [await play.connects(first), await play.connects(second)],
    [true, true],
  );
  held(`${second["username"] ?? ""} takes over, and pods with ${first["username"] ?? ""} go on`);
  const third = await play.turn(api, "v4");
  const open = await Promise.all([first, second, third].map((one) => play.connects(one)));
  expectSame("after two rotations", open, [false, true, true]);
  held("the rotation after, the oldest password opens nothing");
}

async function rotateAdministrator(play: Play, { held }: DrillContext): Promise<void> {
  play.secrets.announce(administratorSecret, "v2");
  await play.take(administratorSecret, "createSecret", "v2");
  await play.take(administratorSecret, "setSecret", "v2");
  expectSame("the first administrator", await play.connects(firstAdministrator), false);
  held("the password that the broker was created with opens nothing after the first rotation");
  expectSame("a user made meanwhile", await play.connects(await play.turn(worker, "v2")), true);
  held("while the administrator's password is being replaced, users are made all the same");
  await play.take(administratorSecret, "testSecret", "v2");
  await play.take(administratorSecret, "finishSecret", "v2");
  const answer = await fetch(
    `${play.urls.managementUrl}/api/users/automatrix-worker-a/permissions`,
    { headers: { authorization: basic(play.secrets.value(administratorSecret)) } },
  );
  expectSame("permissions of the worker", await answer.json(), [
    { user: "automatrix-worker-a", vhost: "/", ...everything, write: "^results$" },
  ]);
  held("a user has the permissions that are configured for it, and no tag");
}

/** What is not set does not take over, whatever its secret says. */
async function refuse(play: Play, { held }: DrillContext): Promise<void> {
  play.secrets.announce(worker, "v3");
  await play.take(worker, "createSecret", "v3");
  const message = await play.take(worker, "finishSecret", "v3").then(
    () => "nothing was refused",
    (error: unknown) => String(error),
  );
  if (!/ACCESS.REFUSED/.test(message)) throw new Error(`a user that is not set: ${message}`);
  const { password = "" } = play.secrets.value(worker, "AWSPENDING");
  if (message.includes(password)) throw new Error("an error shows a password");
  expectSame("the worker's user", play.secrets.value(worker)["username"], "automatrix-worker-a");
  held("a user that was never set does not take over, and the error shows no password");
}

function expectSame(what: string, got: unknown, wanted: unknown): void {
  if (!isDeepStrictEqual(got, wanted))
    throw new Error(`${what}: got ${JSON.stringify(got)}, need ${JSON.stringify(wanted)}`);
}
