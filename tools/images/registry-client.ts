import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { ImagesError } from "./images-error";
import {
  architecturesOfIndex,
  configDigest,
  indexTypes,
  manifestTypes,
  platformOf,
} from "./manifest";
import type { ImageReference } from "./reference";

export interface RegistryClientOptions {
  /** Tries of one request, the first included. Default: 4. */
  readonly attempts?: number;
  /** Wait before the second try, doubled before each further one, in milliseconds. Default: 500. */
  readonly firstWait?: number;
  /** Time for one request in milliseconds. Default: 30,000. */
  readonly timeout?: number;
  /** For registries without anonymous readers, as `docker login` takes them; for no other host. Default: none. */
  readonly login?: { readonly registry: string; readonly user: string; readonly password: string };
}

/** What a registry serves under a tag or a digest. */
export interface ServedImage {
  readonly digest: string;
  /** Processors that it is built for under Linux, as indexes spell them, sorted. */
  readonly architectures: readonly string[];
}

const longestWait = 60_000;

/** Asks registries by the OCI distribution API, as an anonymous reader unless it has a login. */
export class RegistryClient {
  /** Bearer tokens by registry and repository. */
  readonly #tokens = new Map<string, string>();
  readonly #attempts: number;
  readonly #firstWait: number;
  readonly #timeout: number;
  readonly #login: RegistryClientOptions["login"];

  constructor({
    attempts = 4,
    firstWait = 500,
    timeout = 30_000,
    login,
  }: RegistryClientOptions = {}) {
    this.#attempts = attempts;
    this.#firstWait = firstWait;
    this.#timeout = timeout;
    this.#login = login;
  }

  /** Digest that the registry serves for the tag, counted over the bytes and compared with what the registry claims. */
  async digestOf(reference: ImageReference): Promise<string> {
    return (await this.#manifest(reference, reference.tag)).digest;
  }

  /** The same, or what it serves for the digest where the name has one, and for which processors that is built. */
  async resolve(reference: ImageReference): Promise<ServedImage> {
    const { text, type, digest } = await this.#manifest(
      reference,
      reference.digest ?? reference.tag,
    );
    if (reference.digest !== undefined && digest !== reference.digest)
      throw new ImagesError(`got the bytes of ${digest}, need those of ${reference.digest}`);
    if (indexTypes.includes(type)) return { digest, architectures: architecturesOfIndex(text) };
    // One platform alone, which its configuration tells.
    const path = `/v2/${reference.repository}/blobs/${configDigest(text)}`;
    const config = await (await this.#get(reference, path)).text();
    return { digest, architectures: [platformOf(config)] };
  }

  async #manifest(reference: ImageReference, at: string) {
    const response = await this.#get(reference, `/v2/${reference.repository}/manifests/${at}`);
    const type = (response.headers.get("content-type") ?? "").split(";")[0]?.trim() ?? "";
    if (!manifestTypes.includes(type))
      throw new ImagesError(`got ${type || "no media type"}, need a manifest or an index`);
    const bytes = Buffer.from(await response.arrayBuffer());
    const digest = `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
    const claimed = response.headers.get("docker-content-digest");
    if (claimed !== null && claimed !== digest)
      throw new ImagesError(`the registry claims ${claimed}, its bytes are ${digest}`);
    return { text: bytes.toString("utf8"), type, digest };
  }

  /** Every tag of the repository, page by page. */
  async tagsOf(reference: ImageReference): Promise<string[]> {
    const tags: string[] = [];
    let path: string | undefined = `/v2/${reference.repository}/tags/list?n=1000`;
    while (path !== undefined) {
      const response: Response = await this.#get(reference, path);
      const page = (await response.json()) as { tags?: string[] | null };
      tags.push(...(page.tags ?? []));
      path = nextPage(response);
    }
    return tags;
  }

  async #get(reference: ImageReference, path: string): Promise<Response> {
    const { registry, repository } = reference;
    const key = `${registry}/${repository}`;
    const url = `${schemeOf(registry)}://${registry}${path}`;
    const request = () => {
      const authorization = this.#authorization(registry, key);
      return this.#fetch(url, {
        accept: manifestTypes.join(", "),
        ...(authorization !== undefined && { authorization }),
      });
    };
    let response = await request();
    if (response.status === 401 && this.#login?.registry !== registry) {
      this.#tokens.set(key, await this.#token(response, repository));
      response = await request();
    }
    if (!response.ok) throw new ImagesError(`HTTP ${response.status} from ${registry}`);
    return response;
  }

  #authorization(registry: string, key: string): string | undefined {
    if (this.#login?.registry === registry) {
      const { user, password } = this.#login;
      return `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;
    }
    const token = this.#tokens.get(key);
    return token === undefined ? undefined : `Bearer ${token}`;
  }

  /** @see https://distribution.github.io/distribution/spec/auth/token/ */
  async #token(refused: Response, repository: string): Promise<string> {
    const challenge = refused.headers.get("www-authenticate") ?? "";
    const parts = new Map(
      [...challenge.matchAll(/(\w+)="([^"]*)"/g)].map(([, key = "", value = ""]) => [key, value]),
    );
    const realm = parts.get("realm");
    if (!/^bearer /i.test(challenge) || realm === undefined || !URL.canParse(realm))
      throw new ImagesError("HTTP 401, and no way to get a token as an anonymous reader");
    const url = new URL(realm);
    const service = parts.get("service");
    if (service !== undefined) url.searchParams.set("service", service);
    url.searchParams.set("scope", parts.get("scope") ?? `repository:${repository}:pull`);
    const response = await this.#fetch(url.href, {});
    if (!response.ok)
      throw new ImagesError(`HTTP ${response.status} from ${url.host}, which gives the tokens`);
    const { token, access_token: other } = (await response.json()) as {
      token?: string;
      access_token?: string;
    };
    const given = token ?? other;
    if (given === undefined) throw new ImagesError(`${url.host} gave no token`);
    return given;
  }

  /** Tries again what may pass: a lost connection, a throttled request, a fault of the server. */
  async #fetch(url: string, headers: Record<string, string>): Promise<Response> {
    for (let attempt = 1; ; attempt += 1) {
      const last = attempt === this.#attempts;
      try {
        const signal = AbortSignal.timeout(this.#timeout);
        const response = await fetch(url, { headers, signal });
        const passing = response.status === 429 || response.status >= 500;
        if (!passing || last) return response;
        await response.body?.cancel();
        await sleep(this.#waitAfter(attempt, response.headers.get("retry-after")));
      } catch (error) {
        if (last)
          throw new ImagesError(`${new URL(url).host}: ${reasonOf(error)}`, { cause: error });
        await sleep(this.#waitAfter(attempt, null));
      }
    }
  }

  #waitAfter(attempt: number, retryAfter: string | null): number {
    const asked = Number(retryAfter) * 1000;
    const own = this.#firstWait * 2 ** (attempt - 1);
    return Math.min(retryAfter !== null && asked > 0 ? asked : own, longestWait);
  }
}

/** As container runtimes do: this machine's own registries speak plainly. */
function schemeOf(registry: string): string {
  return /^(localhost|127\.0\.0\.1|\[::1\])(:|$)/.test(registry) ? "http" : "https";
}

function nextPage(response: Response): string | undefined {
  const link = /<([^>]+)>; *rel="?next"?/.exec(response.headers.get("link") ?? "")?.[1];
  if (link === undefined) return undefined;
  // Only on the same host: the token is for nobody else.
  const { pathname, search } = new URL(link, response.url);
  return `${pathname}${search}`;
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}
