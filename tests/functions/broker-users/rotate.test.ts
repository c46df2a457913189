import { expect } from "chai";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { type Broker, rotate } from "../../../functions/broker-users/rotate";
import { type Step, steps } from "../../../functions/shared/secret-rotation";
import type { StoreUser } from "../../../functions/shared/store-user";
import { MemorySecrets } from "../../../tools/drill/broker/memory-secrets";

const api = "auterity/prod/automatrix-api/broker";
const administratorSecret = "auterity/prod/broker/administrator";
const first: StoreUser = { username: "chief", password: "first-password" };
const users: Broker["users"] = {
  [api]: { kind: "service", username: "automatrix-api", configure: ".*", write: "x", read: "y" },
  [administratorSecret]: { kind: "administrator" },
};

/** The part of RabbitMQ's management API that is used; the drill `broker` has the real one. */
class FakeBroker {
  readonly users = new Map([[first.username, { password: first.password, tags: "administrator" }]]);
  readonly permissions = new Map<string, unknown>();
  readonly calls: string[] = [];
  readonly server: Server;

  constructor() {
    this.server = createServer((request, response) => void this.answer(request, response));
  }

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  prove(_url: string, vhost: string, { username, password }: StoreUser): Promise<void> {
    return this.users.get(username)?.password === password &&
      this.permissions.has(`${vhost} ${username}`)
      ? Promise.resolve()
      : Promise.reject(new Error("ACCESS_REFUSED"));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const basic = request.headers.authorization?.replace("Basic ", "") ?? "";
    const [name = "", password = ""] = Buffer.from(basic, "base64").toString().split(":");
    const [, , kind = "", ...path] = (request.url ?? "").split("/").map(decodeURIComponent);
    this.calls.push(`${request.method ?? ""} ${kind} ${path.join(" ")} as ${name}`);
    const known = this.users.get(name);
    if (known?.password !== password) {
      response.writeHead(401).end("{}");
      return;
    }
    if (kind === "whoami") {
      response.end(JSON.stringify({ name, tags: [known.tags] }));
      return;
    }
    const body = JSON.parse(Buffer.concat(chunks).toString()) as never;
    if (kind === "users") this.users.set(path[0] ?? "", body);
    else this.permissions.set(path.join(" "), body);
    response.writeHead(201).end();
  }
}

async function play<T>(
  current: object,
  act: (parts: {
    fake: FakeBroker;
    secrets: MemorySecrets;
    take: (secret: string, step: Step, versionId?: string) => Promise<unknown>;
  }) => Promise<T>,
): Promise<T> {
  const fake = new FakeBroker();
  const managementUrl = await fake.start();
  const secrets = new MemorySecrets({ [api]: current, [administratorSecret]: first });
  secrets.announce(api, "v2");
  try {
    return await act({
      fake,
      secrets,
      take: (secret, step, versionId = "v2") =>
        rotate(
          { SecretId: secret, ClientRequestToken: versionId, Step: step },
          {
            secrets: secrets.client,
            users,
            administratorSecret,
            managementUrl,
            connectionUrl: "amqp://127.0.0.1:1",
            vhost: "/",
            proveConnection: (...asked) => fake.prove(...asked),
          },
        ),
    });
  } finally {
    fake.server.closeAllConnections();
    fake.server.close();
  }
}

describe("rotation of broker users", () => {
  it("fills an unfilled secret, with a user that has its permissions and no tag", () =>
    play({ AUTERITY_NOT_FILLED: "true" }, async ({ fake, secrets, take }) => {
      for (const step of steps) await take(api, step);
      const value = secrets.value(api);
      expect(Object.keys(value)).to.deep.equal(["username", "password"]);
      expect(value["username"]).to.equal("automatrix-api-a");
      expect(fake.users.get("automatrix-api-a")).to.deep.equal({
        password: value["password"],
        tags: "",
      });
      expect(fake.permissions.get("/ automatrix-api-a")).to.deep.equal({
        configure: ".*",
        write: "x",
        read: "y",
      });
    }));

  it("takes the two users in turn and leaves the one in use as it is", () =>
    play({ username: "automatrix-api-a", password: "in-use" }, async ({ fake, secrets, take }) => {
      fake.users.set("automatrix-api-a", { password: "in-use", tags: "" });
      for (const step of steps) await take(api, step);
      expect(secrets.value(api)["username"]).to.equal("automatrix-api-b");
      expect(fake.users.get("automatrix-api-a")?.password).to.equal("in-use");
      secrets.announce(api, "v3");
      for (const step of steps) await take(api, step, "v3");
      expect(secrets.value(api)["username"]).to.equal("automatrix-api-a");
      expect(fake.users.get("automatrix-api-a")?.password).to.equal(secrets.value(api)["password"]);
    }));

  it("replaces the administrator's own password once, however often it is asked", () =>
    play({}, async ({ fake, secrets, take }) => {
      secrets.announce(administratorSecret, "v2");
      for (const step of steps) {
        await take(administratorSecret, step);
        await take(administratorSecret, step);
      }
      const value = secrets.value(administratorSecret);
      expect(value["username"]).to.equal("chief");
      expect(fake.users.get("chief")).to.deep.equal({
        password: value["password"],
        tags: "administrator",
      });
      expect(fake.calls.filter((call) => call.startsWith("PUT users"))).to.have.length(1);
    }));

  it("makes users while the administrator's password is being replaced", () =>
    play({ AUTERITY_NOT_FILLED: "true" }, async ({ secrets, take }) => {
      secrets.announce(administratorSecret, "v2");
      await take(administratorSecret, "createSecret");
      await take(administratorSecret, "setSecret");
      for (const step of steps) await take(api, step);
      expect(secrets.value(api)["username"]).to.equal("automatrix-api-a");
    }));

  it("refuses what is not its own, and what was never set", () =>
    play({ AUTERITY_NOT_FILLED: "true" }, async ({ fake, secrets, take }) => {
      const messageOf = (work: Promise<unknown>) =>
        work.then(
          () => "nothing was refused",
          (error: unknown) => String(error),
        );
      await take(api, "createSecret");
      expect(await messageOf(take(api, "finishSecret"))).to.equal(
        `Error: secret ${api}: ACCESS_REFUSED`,
      );
      expect(secrets.value(api)).to.deep.equal({ AUTERITY_NOT_FILLED: "true" });
      fake.users.set("chief", { password: "changed by hand", tags: "administrator" });
      expect(await messageOf(take(api, "setSecret"))).to.match(/no such version/);
    }));
});
