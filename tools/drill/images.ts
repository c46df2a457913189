import { once } from "node:events";
import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseReference } from "../images/reference";
import { RegistryClient } from "../images/registry-client";
import { newerTags } from "../images/newer-tags";
import { installPackage } from "./debian-tools";
import type { Drill, DrillContext } from "./registry";

const startSeconds = 20;
const indexType = "application/vnd.oci.image.index.v1+json";
const manifestType = "application/vnd.oci.image.manifest.v1+json";

export const imagesDrill: Drill = {
  name: "images",
  summary:
    "digests from a real registry (the distribution's docker-registry), over a restart and a moved tag",
  run: async (context) => {
    installRegistry();
    const folder = mkdtempSync(join(tmpdir(), "auterity-images-"));
    const port = await freePort();
    writeConfiguration(folder, port);
    let registry = await startRegistry(folder, port);
    try {
      const image = parseReference(`127.0.0.1:${port}/owner/image:v1.0.0`);
      const client = new RegistryClient({ attempts: 8, firstWait: 100 });
      const first = await tryDigests(context, { client, port, image });
      const tags = newerTags("v1.0.0", await client.tagsOf(image));
      if (tags.compatible !== "v1.1.0" || tags.major !== "v2.0.0")
        throw new Error(`newer tags: got ${JSON.stringify(tags)}`);
      context.held("lists its tags: v1.1.0 is newer, v2.0.0 with another first number");
      const gone = once(registry, "exit");
      registry.kill();
      await gone;
      const asked = client.digestOf(image);
      registry = await startRegistry(folder, port);
      if ((await asked) !== first) throw new Error("another digest after the restart");
      context.held("a registry that is away for a moment is asked again, and says the same");
    } finally {
      registry.kill();
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

interface Tried {
  readonly client: RegistryClient;
  readonly port: number;
  readonly image: ReturnType<typeof parseReference>;
}

/** The digest that v1.0.0 has in the end. */
async function tryDigests({ held }: DrillContext, { client, port, image }: Tried): Promise<string> {
  const expected = await push(port, "v1.0.0", "first");
  const { digest: resolved, architectures } = await client.resolve(image);
  if (architectures.join() !== "amd64,arm64")
    throw new Error(`built for amd64 and arm64, the client says ${architectures.join()}`);
  if (resolved !== expected) throw new Error(`got ${resolved}, pushed ${expected}`);
  held("resolves an index over two platforms to the digest that was pushed");
  await push(port, "v1.1.0", "second");
  await push(port, "v2.0.0", "third");
  const moved = await push(port, "v1.0.0", "moved");
  if (moved === expected || (await client.digestOf(image)) !== moved)
    throw new Error("a tag that moved is not seen");
  held("sees that a tag has moved");
  const missing = parseReference(`127.0.0.1:${port}/owner/image:v9.9.9`);
  const refusal = await client.digestOf(missing).catch((error: unknown) => String(error));
  if (!refusal.includes("HTTP 404")) throw new Error(`a tag that is not there: got ${refusal}`);
  held("refuses a tag that is not there with HTTP 404");
  return moved;
}

function installRegistry(): void {
  try {
    execFileSync("docker-registry", ["--version"], { stdio: "ignore" });
  } catch {
    installPackage("docker-registry");
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => {
        resolve(typeof address === "object" && address !== null ? address.port : 0);
      });
    });
  });
}

function writeConfiguration(folder: string, port: number): void {
  writeFileSync(
    join(folder, "registry.json"),
    // YAML reads JSON.
    JSON.stringify({
      version: 0.1,
      storage: { filesystem: { rootdirectory: join(folder, "data") } },
      http: { addr: `127.0.0.1:${port}` },
      log: { level: "error" },
    }),
  );
}

async function startRegistry(folder: string, port: number): Promise<ChildProcess> {
  const log = join(folder, "log");
  const registry = spawn(
    "sh",
    ["-c", `exec docker-registry serve "${join(folder, "registry.json")}" > "${log}" 2>&1`],
    { stdio: "ignore" },
  );
  for (const end = Date.now() + startSeconds * 1000; Date.now() < end;) {
    const answer = await fetch(`http://127.0.0.1:${port}/v2/`).catch(() => undefined);
    if (answer?.ok) return registry;
    await sleep(50);
  }
  registry.kill();
  throw new Error(`docker-registry did not start: ${readFileSync(log, "utf8")}`);
}

/** Pushes an image of two platforms as a builder does; the digest of its index. */
async function push(port: number, tag: string, content: string): Promise<string> {
  const base = `http://127.0.0.1:${port}/v2/owner/image`;
  const manifests = [];
  for (const architecture of ["amd64", "arm64"]) {
    const config = JSON.stringify({ architecture, os: "linux", content });
    const manifest = JSON.stringify({
      schemaVersion: 2,
      mediaType: manifestType,
      config: {
        mediaType: "application/vnd.oci.image.config.v1+json",
        ...(await upload(base, config)),
      },
      layers: [],
    });
    const digest = digestOf(manifest);
    await put(`${base}/manifests/${digest}`, manifestType, manifest);
    const platform = { architecture, os: "linux" };
    manifests.push({ mediaType: manifestType, digest, size: manifest.length, platform });
  }
  const index = JSON.stringify({ schemaVersion: 2, mediaType: indexType, manifests });
  await put(`${base}/manifests/${tag}`, indexType, index);
  return digestOf(index);
}

async function upload(base: string, blob: string): Promise<{ digest: string; size: number }> {
  const started = await fetch(`${base}/blobs/uploads/`, { method: "POST" });
  const location = new URL(started.headers.get("location") ?? "", base);
  location.searchParams.set("digest", digestOf(blob));
  await put(location.href, "application/octet-stream", blob);
  return { digest: digestOf(blob), size: blob.length };
}

async function put(url: string, type: string, body: string): Promise<void> {
  const response = await fetch(url, { method: "PUT", headers: { "content-type": type }, body });
  if (!response.ok) throw new Error(`PUT ${url}: HTTP ${response.status} ${await response.text()}`);
}

function digestOf(text: string): string {
  return `sha256:${createHash("sha256").update(text).digest("hex")}`;
}
