import { readFileSync } from "node:fs";
import type { IncomingMessage } from "node:http";
import { request as send, Agent } from "node:https";
import { setTimeout as sleep } from "node:timers/promises";

/** As much of a Kubernetes object as every one of them has. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly labels?: Readonly<Record<string, string>>;
    /** Changes with every change. */
    readonly resourceVersion?: string;
  };
}

/** Names an object: all that is needed to read or delete it. */
type ObjectName = Pick<KubernetesObject, "apiVersion" | "kind"> & {
  readonly metadata: { readonly name: string; readonly namespace?: string };
};

export interface ApiAddress {
  /** https://HOST:PORT */
  readonly url: string;
  /** File with the certificate that the server's is signed by. */
  readonly certificateAuthority: string;
  readonly token: string;
}

/** The API server refused; its own words. */
class KubernetesApiError extends Error {
  override readonly name = "KubernetesApiError";
  constructor(
    readonly status: number,
    what: string,
    message: string,
  ) {
    super(`${what}: HTTP ${status}: ${message}`);
  }
}

/** All objects of a kind, of the whole cluster or of a namespace. */
export interface ObjectKind {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace?: string;
}

export interface KubernetesApi {
  /** Creates or changes it by server-side apply, and gives what it has become. A field that it does not know is refused. */
  readonly apply: <T extends KubernetesObject>(object: T) => Promise<T>;
  /** Undefined if it does not exist. */
  readonly read: <T extends KubernetesObject>(name: ObjectName) => Promise<T | undefined>;
  readonly remove: (name: ObjectName, options?: RemoveOptions) => Promise<void>;
  readonly list: <T extends KubernetesObject>(kind: ObjectKind) => Promise<readonly T[]>;
  /** Changes fields, or a subresource such as `scale`, by JSON merge patch. */
  readonly patch: (name: ObjectName, change: object, subresource?: string) => Promise<void>;
  /** Asks for something in its own way: a subresource, a watch. */
  readonly send: (request: ApiRequest) => Promise<Answer>;
  /** As `send`, with the answer as it comes. */
  readonly open: (path: string) => Promise<IncomingMessage>;
  readonly pathOf: (name: ObjectName) => Promise<string>;
  readonly collection: (kind: ObjectKind) => Promise<string>;
  readonly close: () => void;
}

interface RemoveOptions {
  /** Default: the object's own. 0: at once. */
  readonly gracePeriodSeconds?: number;
}

interface ApiRequest {
  readonly method: "GET" | "POST" | "PATCH" | "PUT" | "DELETE";
  readonly path: string;
  readonly body?: object;
  /** Default: server-side apply for PATCH, otherwise JSON. */
  readonly contentType?: string;
}

interface Resource {
  readonly kind: string;
  readonly name: string;
  readonly namespaced: boolean;
}

const fieldManager = "auterity-drill";

export function connectKubernetes(address: ApiAddress): KubernetesApi {
  const agent = new Agent({ keepAlive: true, ca: readFileSync(address.certificateAuthority) });
  const call = async (request: ApiRequest): Promise<Answer> => {
    for (let tries = 1; ; tries += 1) {
      const answer = await readAnswer(await exchange(address, agent, request));
      if (!isStarting(answer) || tries === mostTries) return answer;
      await sleep(retryMilliseconds);
    }
  };
  const collection = findCollections(call);
  const pathOf = async ({ metadata, ...kind }: ObjectName): Promise<string> => {
    const folder = await collection({ ...kind, namespace: metadata.namespace ?? "default" });
    return `${folder}/${metadata.name}`;
  };
  return {
    ...{ send: call, pathOf, collection },
    apply: async (object) => {
      const query = `fieldManager=${fieldManager}&force=true&fieldValidation=Strict`;
      const path = `${await pathOf(object)}?${query}`;
      const answer = await call({ method: "PATCH", path, body: object });
      return okOrThrow(answer, titleOf(object)) as typeof object;
    },
    read: async <T extends KubernetesObject>(name: ObjectName) => {
      const answer = await call({ method: "GET", path: await pathOf(name) });
      return answer.status === 404 ? undefined : (okOrThrow(answer, titleOf(name)) as T);
    },
    remove: async (name, options) => {
      const body = options && { apiVersion: "v1", kind: "DeleteOptions", ...options };
      const path = await pathOf(name);
      const answer = await call({ method: "DELETE", path, ...(body && { body }) });
      // It may have gone by itself meanwhile.
      if (answer.status !== 404) okOrThrow(answer, titleOf(name));
    },
    list: async <T extends KubernetesObject>(kind: ObjectKind) => {
      const answer = await call({ method: "GET", path: await collection(kind) });
      const { items } = okOrThrow(answer, kind.kind) as { readonly items: readonly T[] };
      // In a list they leave out what they are.
      return items.map((item) => ({ ...item, apiVersion: kind.apiVersion, kind: kind.kind }));
    },
    patch: async (name, change, subresource) => {
      const part = subresource === undefined ? "" : `/${subresource}`;
      const path = `${await pathOf(name)}${part}?fieldManager=${fieldManager}`;
      const contentType = "application/merge-patch+json";
      const answer = await call({ method: "PATCH", path, body: change, contentType });
      okOrThrow(answer, titleOf(name));
    },
    open: async (path) => {
      const response = await exchange(address, agent, { method: "GET", path });
      // It may be silent for long.
      response.socket.setTimeout(0);
      return response;
    },
    close: () => {
      agent.destroy();
    },
  };
}

const mostTries = 60;
const retryMilliseconds = 500;

/** A kind that was defined a moment ago may not be served yet, and says so. A refused eviction is a 429 as well. */
function isStarting({ status, text }: Answer): boolean {
  return status === 429 && text.includes("storage is (re)initializing");
}

/** Paths of kinds, by what the server says of their groups. */
function findCollections(
  call: (request: ApiRequest) => Promise<Answer>,
): (kind: ObjectKind) => Promise<string> {
  const discovered = new Map<string, Promise<readonly Resource[]>>();
  const resourcesOf = (apiVersion: string): Promise<readonly Resource[]> => {
    const known = discovered.get(apiVersion);
    if (known !== undefined) return known;
    const asked = call({ method: "GET", path: groupPath(apiVersion) }).then(
      (answer) => (okOrThrow(answer, apiVersion) as { resources: readonly Resource[] }).resources,
    );
    discovered.set(apiVersion, asked);
    // A group that was asked for too early is asked for again.
    asked.catch(() => discovered.delete(apiVersion));
    return asked;
  };
  return async ({ apiVersion, kind, namespace }: ObjectKind): Promise<string> => {
    const resource = (await resourcesOf(apiVersion)).find(
      (candidate) => candidate.kind === kind && !candidate.name.includes("/"),
    );
    if (resource === undefined) {
      discovered.delete(apiVersion);
      throw new KubernetesApiError(404, `${apiVersion} ${kind}`, "the server has no such kind");
    }
    const scope = resource.namespaced && namespace !== undefined ? `/namespaces/${namespace}` : "";
    return `${groupPath(apiVersion)}${scope}/${resource.name}`;
  };
}

/** Applies definitions of custom resources and waits until the server takes objects of them. */
export async function establish(
  api: KubernetesApi,
  definitions: readonly KubernetesObject[],
): Promise<void> {
  for (const definition of definitions) await api.apply(definition);
  for (const definition of definitions)
    while (!isEstablished(await api.read(definition))) await sleep(100);
}

function isEstablished(object: KubernetesObject | undefined): boolean {
  // Some definitions come with a status that says `conditions: null`.
  const conditions = (object as Partial<WithConditions> | undefined)?.status?.conditions ?? [];
  return conditions.some(({ type, status }) => type === "Established" && status === "True");
}

/** An object that tells how it is. */
export interface WithConditions extends KubernetesObject {
  readonly status?: {
    readonly conditions?: readonly {
      readonly type: string;
      readonly status: string;
      readonly reason?: string;
      readonly message?: string;
    }[];
  };
}

function groupPath(apiVersion: string): string {
  return apiVersion.includes("/") ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
}

export function titleOf({ kind, metadata: { namespace, name } }: ObjectName): string {
  return namespace === undefined ? `${kind} ${name}` : `${kind} ${namespace}/${name}`;
}

export interface Answer {
  readonly status: number;
  readonly text: string;
}

/** By hand because the global `fetch` takes no certificate authority. */
function exchange(
  address: ApiAddress,
  agent: Agent,
  { method, path, body, contentType }: ApiRequest,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    // YAML reads JSON.
    const content = body === undefined ? undefined : JSON.stringify(body);
    const headers = {
      authorization: `Bearer ${address.token}`,
      accept: "application/json",
      ...(content !== undefined && {
        "content-type": contentType ?? contentTypes[method],
        // Node leaves it out for DELETE, and the server would take the body for the next request.
        "content-length": Buffer.byteLength(content),
      }),
    };
    const request = send(
      new URL(path, address.url),
      { method, agent, headers, timeout: 30_000 },
      resolve,
    );
    request.once("timeout", () => request.destroy(new Error(`${method} ${path}: no answer`)));
    request.once("error", reject);
    request.end(content);
  });
}

const contentTypes = {
  ...{ GET: undefined, POST: "application/json", PUT: "application/json" },
  ...{ DELETE: "application/json", PATCH: "application/apply-patch+yaml" },
} as const;

function readAnswer(response: IncomingMessage): Promise<Answer> {
  return new Promise((resolve, reject) => {
    let text = "";
    response.setEncoding("utf8");
    response.on("data", (part: string) => (text += part));
    response.once("error", reject);
    response.once("end", () => {
      resolve({ status: response.statusCode ?? 0, text });
    });
  });
}

export function okOrThrow({ status, text }: Answer, what: string): unknown {
  if (status >= 200 && status < 300) return JSON.parse(text);
  throw new KubernetesApiError(status, what, messageOf(text));
}

function messageOf(text: string): string {
  try {
    return (JSON.parse(text) as { message?: string }).message ?? text;
  } catch {
    return text;
  }
}
