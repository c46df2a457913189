import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import {
  okOrThrow,
  type KubernetesApi,
  type KubernetesObject,
  type ObjectKind,
} from "../kubernetes-api";

/** All objects of a kind as the API server has them, kept up by a watch. */
export interface Watched<T extends KubernetesObject> {
  readonly objects: () => readonly T[];
  readonly stop: () => void;
}

interface ListAnswer<T> {
  readonly metadata: { readonly resourceVersion: string };
  readonly items: readonly T[];
}

interface WatchEvent<T> {
  readonly type: "ADDED" | "MODIFIED" | "DELETED" | "BOOKMARK" | "ERROR";
  readonly object: T;
}

/** Has everything when it returns; `onChange` is told of each later change at once. */
export async function watchObjects<T extends KubernetesObject>(
  api: KubernetesApi,
  kind: ObjectKind,
  onChange: () => void,
): Promise<Watched<T>> {
  const found = new Map<string, T>();
  let stopped = false;
  let close: () => void = () => undefined;
  const path = await api.collection(kind);
  const list = async (): Promise<string> => {
    const answer = await api.send({ method: "GET", path });
    const { metadata, items } = okOrThrow(answer, kind.kind) as ListAnswer<T>;
    found.clear();
    for (const item of items) found.set(keyOf(item), item);
    return metadata.resourceVersion;
  };
  const follow = async (version: string): Promise<void> => {
    const response = await api.open(`${path}?watch=1&resourceVersion=${version}`);
    close = () => response.destroy();
    // However it ends, what has changed meanwhile is listed.
    response.on("error", () => undefined);
    try {
      for await (const line of createInterface({ input: response })) {
        const { type, object } = JSON.parse(line) as WatchEvent<T>;
        // What it has forgotten is listed again.
        if (type === "ERROR") return;
        if (type === "DELETED") found.delete(keyOf(object));
        else if (type !== "BOOKMARK") found.set(keyOf(object), object);
        onChange();
      }
    } finally {
      response.destroy();
    }
  };
  const isStopped = (): boolean => stopped;
  const keepUp = async (version: string): Promise<void> => {
    for (let from = version; !isStopped();) {
      await follow(from).catch(() => sleep(100));
      if (isStopped()) return;
      from = await list().catch(() => from);
      onChange();
    }
  };
  void keepUp(await list());
  return {
    objects: () => [...found.values()],
    stop: () => {
      stopped = true;
      close();
    },
  };
}

function keyOf({ metadata: { namespace = "", name } }: KubernetesObject): string {
  return `${namespace}/${name}`;
}
