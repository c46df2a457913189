import { createHash, createHmac, type BinaryLike } from "node:crypto";
import { SignatureV4 } from "@smithy/signature-v4";
import type { Ask } from "./retention";

const timeoutMilliseconds = 30_000;

/** With the function's own role, which Lambda puts into its environment. */
export function signedRequest(endpoint: string, region: string): Ask {
  const { hostname } = new URL(endpoint);
  const signer = new SignatureV4({
    service: "es",
    region,
    sha256: Sha256,
    credentials: () => Promise.resolve(roleCredentials()),
  });
  return async (method, path) => {
    const { pathname, searchParams } = new URL(path, endpoint);
    const signed = await signer.sign({
      method,
      protocol: "https:",
      hostname,
      path: pathname,
      query: Object.fromEntries(searchParams),
      headers: { host: hostname },
    });
    const response = await fetch(new URL(path, endpoint), {
      method,
      headers: signed.headers,
      signal: AbortSignal.timeout(timeoutMilliseconds),
    });
    const text = await response.text();
    if (!response.ok)
      throw new Error(
        `${method} ${pathname} was answered ${response.status}: ${text.slice(0, 500)}`,
      );
    return text;
  };
}

function roleCredentials() {
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } = process.env;
  if (AWS_ACCESS_KEY_ID === undefined || AWS_SECRET_ACCESS_KEY === undefined)
    throw new Error("the environment holds no credentials of a role");
  return {
    accessKeyId: AWS_ACCESS_KEY_ID,
    secretAccessKey: AWS_SECRET_ACCESS_KEY,
    ...(AWS_SESSION_TOKEN !== undefined && { sessionToken: AWS_SESSION_TOKEN }),
  };
}

/** What the signer takes: a hash, keyed where it is given a key. */
class Sha256 {
  private readonly hash;

  constructor(secret?: ArrayBuffer | ArrayBufferView | string) {
    this.hash =
      secret === undefined ? createHash("sha256") : createHmac("sha256", binaryOf(secret));
  }

  update(chunk: ArrayBuffer | ArrayBufferView | string): void {
    this.hash.update(binaryOf(chunk));
  }

  digest(): Promise<Uint8Array> {
    return Promise.resolve(new Uint8Array(this.hash.digest()));
  }
}

function binaryOf(data: ArrayBuffer | ArrayBufferView | string): BinaryLike {
  if (typeof data === "string") return data;
  if (data instanceof ArrayBuffer) return new Uint8Array(data);
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}
