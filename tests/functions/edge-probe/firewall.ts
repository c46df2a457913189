import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A host on this machine, and every path that it was asked for. */
export interface Host {
  readonly origin: string;
  readonly host: string;
  readonly asked: string[];
  close(): Promise<void>;
}

export type Respond = (request: IncomingMessage, response: ServerResponse) => void;

export async function startHost(respond: Respond): Promise<Host> {
  const asked: string[] = [];
  const server: Server = createServer((request, response) => {
    asked.push(request.url ?? "");
    respond(request, response);
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    host: `127.0.0.1:${port}`,
    asked,
    close: () => {
      server.closeAllConnections();
      return new Promise((closed) => {
        server.close(() => {
          closed();
        });
      });
    },
  };
}

/** As a firewall would: by what stands in the URL, once it is decoded. */
export const firewall: Respond = ({ url = "" }, response) => {
  const signs = ["union select", "<script", "../", "${jndi:", "/web-inf"];
  const decoded = decodeURIComponent(url).toLowerCase();
  response.statusCode = signs.some((sign) => decoded.includes(sign)) ? 403 : 200;
  response.end();
};

export function always(status: number): Respond {
  return (_, response) => {
    response.statusCode = status;
    response.end();
  };
}

/** Lets so many requests pass, and refuses all that come after them. */
export function limitedTo(requests: number, status = 429): Respond {
  let seen = 0;
  return (_, response) => {
    seen += 1;
    response.statusCode = seen > requests ? status : 301;
    response.end();
  };
}
