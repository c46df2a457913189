import {
  CopyObjectCommand,
  CreateBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  paginateListObjectsV2,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { readFileSync } from "node:fs";
import { connect } from "node:net";
import { createServer } from "node:tls";
import { answers, freePorts, type Stage, waitFor } from "../processes";
import type { PythonTool } from "../python-tools";

/** Time for Python to load it. */
const startSeconds = 60;
const region = "us-west-2";

/** S3, emulated by moto. */
export interface ObjectStore {
  readonly client: S3Client;
  /** Where it takes connections that are encrypted, which is all that a backup program makes. */
  readonly tlsPort: number;
  readonly region: string;
  /** Of a program that calls it. */
  readonly environment: Readonly<Record<string, string>>;
  readonly close: () => void;
}

export interface ObjectStoreArgs {
  readonly python: PythonTool;
  /** With its key beside it, as `….key`. */
  readonly certificate: string;
}

export async function startObjectStore(
  stage: Stage,
  { python, certificate }: ObjectStoreArgs,
): Promise<ObjectStore> {
  const [port = 0, tlsPort = 0] = await freePorts(2);
  const program = stage.start({
    name: "object-store",
    program: python.program,
    args: ["-c", "from moto.server import main; main()", "-H", "127.0.0.1", "-p", `${port}`],
    environment: {
      ...{ PATH: process.env["PATH"], HOME: stage.folder },
      ...{ PYTHONPATH: python.packages, PYTHONDONTWRITEBYTECODE: "1" },
    },
  });
  const url = `http://127.0.0.1:${port}`;
  const wait = { what: "the emulator of S3", seconds: startSeconds, needs: [program] };
  await waitFor(wait, () => answers(`${url}/moto-api/`));
  // Moto ends encrypted connections without a word, which clients rightly take for an attack.
  const front = createServer(
    { cert: readFileSync(certificate), key: readFileSync(certificate.replace(".crt", ".key")) },
    (socket) => {
      const upstream = connect(port, "127.0.0.1");
      socket.pipe(upstream).pipe(socket);
      for (const [one, other] of [
        [socket, upstream],
        [upstream, socket],
      ] as const)
        one.on("error", () => other.destroy());
    },
  );
  await new Promise<void>((ready) => front.listen(tlsPort, "127.0.0.1", ready));
  // The SDK's notice on Node's version is for those who choose it.
  process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";
  const credentials = { accessKeyId: "drill", secretAccessKey: "drill" };
  const client = new S3Client({ region, endpoint: url, credentials, forcePathStyle: true });
  return {
    ...{ client, tlsPort, region },
    environment: {
      AWS_ENDPOINT_URL: url,
      AWS_REGION: region,
      AWS_DEFAULT_REGION: region,
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      AWS_EC2_METADATA_DISABLED: "true",
    },
    close: () => {
      front.close();
      client.destroy();
    },
  };
}

/** One that keeps versions, as every bucket of the platform does. */
export async function createBucket({ client }: ObjectStore, Bucket: string): Promise<void> {
  await client.send(
    new CreateBucketCommand({
      Bucket,
      CreateBucketConfiguration: { LocationConstraint: region },
    }),
  );
  await client.send(
    new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: "Enabled" } }),
  );
}

interface Place {
  readonly bucket: string;
  readonly prefix: string;
}

/** Keys with their sizes, in the order of the keys. */
export async function listObjects(
  { client }: ObjectStore,
  { bucket, prefix }: Place,
): Promise<{ key: string; bytes: number }[]> {
  const found: { key: string; bytes: number }[] = [];
  const pages = paginateListObjectsV2({ client }, { Bucket: bucket, Prefix: prefix });
  for await (const { Contents = [] } of pages)
    for (const { Key = "", Size = 0 } of Contents) found.push({ key: Key, bytes: Size });
  return found;
}

export async function copyObjects(store: ObjectStore, from: Place, to: Place): Promise<void> {
  for (const { key } of await listObjects(store, from))
    await store.client.send(
      new CopyObjectCommand({
        Bucket: to.bucket,
        CopySource: `${from.bucket}/${encodeURIComponent(key)}`,
        Key: `${to.prefix}${key.slice(from.prefix.length)}`,
      }),
    );
}

/** In the middle of it, as a disk or a line does. */
export async function damageObject(
  { client }: ObjectStore,
  bucket: string,
  key: string,
): Promise<void> {
  const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  const bytes = Buffer.from((await Body?.transformToByteArray()) ?? []);
  for (let at = bytes.length >> 1; at < Math.min(bytes.length, (bytes.length >> 1) + 64); at += 1)
    bytes[at] = (bytes[at] ?? 0) ^ 0xff;
  await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: bytes }));
}

export async function deleteObject(
  { client }: ObjectStore,
  bucket: string,
  key: string,
): Promise<void> {
  await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }));
}
