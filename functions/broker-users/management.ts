import type { StoreUser } from "../shared/store-user";

/** Regular expressions over names of queues and exchanges. @see https://www.rabbitmq.com/docs/access-control#authorisation */
export interface Permissions {
  readonly configure: string;
  readonly write: string;
  readonly read: string;
}

/** The broker refuses who asks: a password that was replaced meanwhile, or a user without the right. */
export class RefusedError extends Error {
  override readonly name = "RefusedError";
}

const timeoutMilliseconds = 10_000;

/** The management API of a broker, as one of its administrators. @see https://www.rabbitmq.com/docs/http-api-reference */
export class Management {
  /** `url` without a path, such as "https://b-….mq.us-west-2.on.aws". */
  constructor(
    private readonly url: string,
    private readonly administrator: StoreUser,
  ) {}

  /** Makes the user, or gives it another password and these tags. */
  async putUser({ username, password }: StoreUser, tags: string): Promise<void> {
    await this.call("PUT", `users/${encodeURIComponent(username)}`, { password, tags });
  }

  async putPermissions(
    vhost: string,
    username: string,
    { configure, write, read }: Permissions,
  ): Promise<void> {
    const path = `permissions/${encodeURIComponent(vhost)}/${encodeURIComponent(username)}`;
    await this.call("PUT", path, { configure, write, read });
  }

  /** @throws RefusedError if the broker does not know the administrator, or it is none. */
  async proveAdministrator(): Promise<void> {
    const text = await this.call("GET", "whoami");
    const { tags } = JSON.parse(text) as { tags?: string | readonly string[] };
    if (![tags ?? []].flat().join(",").split(",").includes("administrator"))
      throw new RefusedError(`${this.administrator.username} is no administrator of the broker`);
  }

  private async call(method: "GET" | "PUT", path: string, body?: object): Promise<string> {
    const { username, password } = this.administrator;
    const response = await fetch(`${this.url.replace(/\/$/, "")}/api/${path}`, {
      method,
      headers: {
        authorization: `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`,
        "content-type": "application/json",
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      redirect: "error",
      signal: AbortSignal.timeout(timeoutMilliseconds),
    });
    const text = await response.text();
    if (response.status === 401 || response.status === 403)
      throw new RefusedError(`the broker refuses ${username} (${response.status})`);
    // The answer may quote what was sent: it is not shown.
    if (!response.ok) throw new Error(`${method} ${path} of the broker: ${response.status}`);
    return text;
  }
}
