import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface FakeRegistry {
  /** Host and port, as it stands in an image's name. */
  readonly host: string;
  /** Paths that were asked for, in order. */
  readonly asked: string[];
  close(): Promise<void>;
}

export type Handler = (request: IncomingMessage, response: ServerResponse, host: string) => void;

export const indexType = "application/vnd.oci.image.index.v1+json";

export function digestOf(body: string): string {
  return `sha256:${createHash("sha256").update(body).digest("hex")}`;
}

/** An index with an image for each processor, and what a builder says of one. */
export function indexOf(...architectures: readonly string[]): string {
  const manifests = [...architectures, "unknown"].map((architecture) => ({
    digest: digestOf(architecture),
    platform: { architecture, os: architecture === "unknown" ? "unknown" : "linux" },
  }));
  return JSON.stringify({ schemaVersion: 2, mediaType: indexType, manifests });
}

/** A registry of this process that answers as the test says. */
export async function startFakeRegistry(handler: Handler): Promise<FakeRegistry> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? "");
    handler(request, response, host);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    host,
    asked,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => {
          resolve();
        });
      }),
  };
}
