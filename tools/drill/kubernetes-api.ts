import { readFileSync } from "node:fs";
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

export interface KubernetesApi {
  /** Creates or changes it by server-side apply, and gives what it has become. */
  readonly apply: <T extends KubernetesObject>(object: T) => Promise<T>;
  /** Undefined if it does not exist. */
  readonly read: <T extends KubernetesObject>(name: ObjectName) => Promise<T | undefined>;
  readonly remove: (name: ObjectName) => Promise<void>;
  readonly close: () => void;
}

interface Resource {
  readonly kind: string;
  readonly name: string;
  readonly namespaced: boolean;
}

const fieldManager = "auterity-drill";

export function connectKubernetes(address: ApiAddress): KubernetesApi {
  const agent = new Agent({ keepAlive: true, ca: readFileSync(address.certificateAuthority) });
  const call = (method: string, path: string, body?: object): Promise<Answer> =>
    exchange({ address, agent, method, path, body });
  const discovered = new Map<string, Promise<readonly Resource[]>>();
  const resourcesOf = (apiVersion: string): Promise<readonly Resource[]> => {
    const known = discovered.get(apiVersion);
    if (known !== undefined) return known;
    const asked = call("GET", groupPath(apiVersion)).then(
      (answer) => (okOrThrow(answer, apiVersion) as { resources: readonly Resource[] }).resources,
    );
    discovered.set(apiVersion, asked);
    // A group that was asked for too early is asked for again.
    asked.catch(() => discovered.delete(apiVersion));
    return asked;
  };
  const pathOf = async ({ apiVersion, kind, metadata }: ObjectName): Promise<string> => {
    const resource = (await resourcesOf(apiVersion)).find(
      (candidate) => candidate.kind === kind && !candidate.name.includes("/"),
    );
    if (resource === undefined) {
      discovered.delete(apiVersion);
      throw new KubernetesApiError(404, `${apiVersion} ${kind}`, "the server has no such kind");
    }
    const scope = resource.namespaced ? `/namespaces/${metadata.namespace ?? "default"}` : "";
    return `${groupPath(apiVersion)}${scope}/${resource.name}/${metadata.name}`;
  };
  return {
    apply: async (object) => {
      const path = `${await pathOf(object)}?fieldManager=${fieldManager}&force=true`;
      return okOrThrow(await call("PATCH", path, object), titleOf(object)) as typeof object;
    },
    read: async <T extends KubernetesObject>(name: ObjectName) => {
      const answer = await call("GET", await pathOf(name));
      return answer.status === 404 ? undefined : (okOrThrow(answer, titleOf(name)) as T);
    },
    remove: async (name) => {
      okOrThrow(await call("DELETE", await pathOf(name)), titleOf(name));
    },
    close: () => {
      agent.destroy();
    },
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
  const { conditions = [] } = (object as Partial<WithConditions> | undefined)?.status ?? {};
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

function titleOf({ kind, metadata: { namespace, name } }: ObjectName): string {
  return namespace === undefined ? `${kind} ${name}` : `${kind} ${namespace}/${name}`;
}

interface Answer {
  readonly status: number;
  readonly text: string;
}

interface Exchange {
  readonly address: ApiAddress;
  readonly agent: Agent;
  readonly method: string;
  readonly path: string;
  readonly body: object | undefined;
}

/** By hand because the global `fetch` takes no certificate authority. */
function exchange({ address, agent, method, path, body }: Exchange): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const headers = {
      authorization: `Bearer ${address.token}`,
      accept: "application/json",
      ...(body !== undefined && { "content-type": "application/apply-patch+yaml" }),
    };
    const request = send(
      new URL(path, address.url),
      { method, agent, headers, timeout: 30_000 },
      (response) => {
        let text = "";
        response.setEncoding("utf8");
        response.on("data", (part: string) => (text += part));
        response.once("error", reject);
        response.once("end", () => {
          resolve({ status: response.statusCode ?? 0, text });
        });
      },
    );
    request.once("timeout", () => request.destroy(new Error(`${method} ${path}: no answer`)));
    request.once("error", reject);
    // YAML reads JSON.
    request.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

function okOrThrow({ status, text }: Answer, what: string): unknown {
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
