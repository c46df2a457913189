import { GetObjectCommand, ListObjectsV2Command, type S3Client } from "@aws-sdk/client-s3";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";

const load = createRequire(__filename);

interface StackName {
  readonly project: string;
  readonly stack: string;
}

/** Who works on a stack. "unread": of such a store nobody here knows how to tell. */
export type Lock = { readonly owner: string } | "none" | "unread";

/** Reads who holds a stack of a store, given as `pulumi whoami --json` gives it. */
export type LockReader = (store: string, name: StackName) => Promise<Lock>;

const lockSchema = z.looseObject({
  username: z.string(),
  hostname: z.string(),
  timestamp: z.string(),
});
const lockFolder = ".pulumi/locks/";

/**
 * A preview and an export take no lock and say nothing of one (seen with Pulumi 3.260), so the lock itself is looked for.
 * @see https://github.com/pulumi/pulumi/blob/master/pkg/backend/diy/lock.go
 */
export const readLock: LockReader = async (store, name) => {
  if (store.startsWith("file://")) return inFolder(fileURLToPath(plain(store)), name);
  if (store.startsWith("s3://")) return inBucket(store, name);
  // Pulumi's service answers a preview with the conflict itself: stack-state.ts.
  return /^https?:/.test(store) ? "none" : "unread";
};

const plain = (store: string): string => store.replace(/\?.*$/, "");

/** Stores of before 2023 know no projects. */
function isOf({ project, stack }: StackName): (key: string) => boolean {
  const folders = [`${lockFolder}organization/${project}/${stack}/`, `${lockFolder}${stack}/`];
  return (key) =>
    folders.some(
      (folder) => key.startsWith(folder) && /^[^/]+\.json$/.test(key.slice(folder.length)),
    );
}

function inFolder(root: string, name: StackName): Lock {
  const folder = join(root, lockFolder);
  const keys = existsSync(folder)
    ? readdirSync(folder, { recursive: true, encoding: "utf8" }).map((file) => lockFolder + file)
    : [];
  const found = keys.find(isOf(name));
  return found === undefined ? "none" : ownerOf(readFileSync(join(root, found), "utf8"));
}

async function inBucket(store: string, name: StackName): Promise<Lock> {
  const { client, bucket, prefix } = openStore(store);
  try {
    const { Contents = [] } = await client.send(
      new ListObjectsV2Command({ Bucket: bucket, Prefix: `${prefix}${lockFolder}` }),
    );
    const matches = isOf(name);
    const key = Contents.flatMap(({ Key }) => Key ?? []).find((each) =>
      matches(each.slice(prefix.length)),
    );
    if (key === undefined) return "none";
    const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    return ownerOf((await Body?.transformToString()) ?? "");
  } finally {
    client.destroy();
  }
}

/** s3://BUCKET/FOLDER?region=…&endpoint=…: the store has its own region, which is not always one of the two. */
function openStore(store: string): { client: S3Client; bucket: string; prefix: string } {
  const { S3Client } = load("@aws-sdk/client-s3") as typeof import("@aws-sdk/client-s3");
  const { hostname, pathname, searchParams } = new URL(store);
  const folder = pathname.replace(/^\/+|\/+$/g, "");
  const [region, endpoint, profile] = ["region", "endpoint", "profile"].map(
    (key) => searchParams.get(key) ?? undefined,
  );
  const client = new S3Client({
    ...(region !== undefined && { region }),
    ...(endpoint !== undefined && {
      endpoint: /^https?:/.test(endpoint) ? endpoint : `https://${endpoint}`,
    }),
    ...(profile !== undefined && { profile }),
    forcePathStyle: endpoint !== undefined,
    followRegionRedirects: true,
    maxAttempts: 3,
    requestHandler: {
      connectionTimeout: 5000,
      requestTimeout: 20_000,
      throwOnRequestTimeout: true,
    },
  });
  return { client, bucket: hostname, prefix: folder === "" ? "" : `${folder}/` };
}

function ownerOf(text: string): Lock {
  try {
    const { username, hostname, timestamp } = lockSchema.parse(JSON.parse(text));
    return { owner: `${username}@${hostname} since ${timestamp.replace(/\.\d+/, "")}` };
  } catch {
    return { owner: "somebody" };
  }
}
