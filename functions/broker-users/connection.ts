import { connect } from "amqplib";
import type { StoreUser } from "../shared/store-user";

const timeoutMilliseconds = 15_000;

/**
 * Opens a connection to the virtual host as a client does, and closes it: a user without a tag may not ask the management
 * API who it is.
 * @throws Error, without any value, if the broker does not let the user in.
 */
export async function proveConnection(
  url: string,
  vhost: string,
  { username, password }: StoreUser,
): Promise<void> {
  const { protocol, hostname, port } = new URL(url);
  const connection = await connect(
    {
      protocol: protocol.replace(":", ""),
      hostname,
      port: Number(port),
      username,
      password,
      vhost,
    },
    { timeout: timeoutMilliseconds, servername: hostname },
  );
  await connection.close();
}
