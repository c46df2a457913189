import { createServer, type IncomingMessage, type RequestListener, type Server } from "node:http";
import { createServer as createSecureServer } from "node:https";
import type { AddressInfo } from "node:net";
import { generate } from "selfsigned";

/** A site on this machine, and the headers and bodies that reached it. */
export interface Site {
  readonly origin: string;
  readonly asked: {
    readonly path: string;
    readonly headers: IncomingMessage["headers"];
    readonly body: string;
  }[];
  close(): Promise<void>;
}

export interface Authority {
  readonly certificate: string;
  readonly issue: (daysLeft: number) => Promise<{ cert: string; private: string }>;
}

const curve = { keyType: "ec", curve: "P-256", algorithm: "sha256" } as const;

export async function createAuthority(): Promise<Authority> {
  const authority = await generate([{ name: "commonName", value: "test" }], {
    ...curve,
    extensions: [
      { name: "basicConstraints", cA: true, critical: true },
      { name: "keyUsage", keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  return {
    certificate: authority.cert,
    issue: async (daysLeft) =>
      generate([{ name: "commonName", value: "localhost" }], {
        ...curve,
        ca: { key: authority.private, cert: authority.cert },
        notAfterDate: new Date(Date.now() + daysLeft * 86_400_000),
        extensions: [
          { name: "basicConstraints", cA: false },
          { name: "extKeyUsage", serverAuth: true },
          { name: "subjectAltName", altNames: [{ type: 7, ip: "127.0.0.1" }] },
        ],
      }),
  };
}

export async function startSite(
  respond: RequestListener,
  identity?: { readonly cert: string; readonly private: string },
): Promise<Site> {
  const asked: Site["asked"] = [];
  const listener: RequestListener = (request, response) => {
    void readBody(request).then((body) => {
      asked.push({ path: request.url ?? "", headers: request.headers, body });
      respond(request, response);
    });
  };
  const server: Server =
    identity === undefined
      ? createServer(listener)
      : createSecureServer({ cert: identity.cert, key: identity.private }, listener);
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http${identity === undefined ? "" : "s"}://127.0.0.1:${port}`,
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

async function readBody(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString("utf8");
}
