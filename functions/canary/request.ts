import * as http from "node:http";
import * as https from "node:https";
import type { TLSSocket } from "node:tls";

export interface Question {
  readonly method: "GET" | "POST";
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly timeoutMilliseconds: number;
  /** Authority of the certificate beside those that everybody knows; for tests. */
  readonly authority?: string | undefined;
}

export interface Answer {
  readonly status: number;
  readonly location: string | undefined;
  /** Its first mebibyte. */
  readonly body: string;
  readonly milliseconds: number;
  /** End of the certificate; undefined without TLS. */
  readonly certificateEnds: Date | undefined;
}

const longestBody = 2 ** 20;

/**
 * One request on a connection of its own, so that each proves the whole way, which follows no redirect.
 * @throws Error with a code such as ECONNREFUSED or CERT_HAS_EXPIRED, or with "timed out".
 */
export async function ask(question: Question): Promise<Answer> {
  const { method, url, headers, body, timeoutMilliseconds, authority } = question;
  const began = performance.now();
  const { request } = url.startsWith("https:") ? https : http;
  return new Promise((resolve, reject) => {
    const options = {
      ...{ method, headers, agent: false as const },
      signal: AbortSignal.timeout(timeoutMilliseconds),
      ...(authority !== undefined && { ca: authority }),
    };
    const sent = request(url, options, (response) => {
      const certificateEnds = endOf(response.socket);
      readBody(response).then((text) => {
        resolve({
          status: response.statusCode ?? 0,
          location: response.headers.location,
          body: text,
          milliseconds: Math.round(performance.now() - began),
          certificateEnds,
        });
      }, reject);
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

/** What is behind a failed request, in words that hold nothing of what was sent. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  const cause = error.cause instanceof Error ? error.cause : error;
  if ([error.name, cause.name].includes("TimeoutError") || error.name === "AbortError")
    return "timed out";
  return "code" in error && typeof error.code === "string" ? error.code : error.name;
}

function endOf(socket: unknown): Date | undefined {
  if (typeof socket !== "object" || socket === null || !("getPeerCertificate" in socket))
    return undefined;
  const { valid_to: end } = (socket as TLSSocket).getPeerCertificate();
  return new Date(end);
}

async function readBody(response: http.IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of response) {
    parts.push(part as Buffer);
    length += (part as Buffer).length;
    if (length > longestBody) break;
  }
  return Buffer.concat(parts).toString("utf8").slice(0, longestBody);
}
