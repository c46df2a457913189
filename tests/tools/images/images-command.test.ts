import { expect } from "chai";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { images as pinned } from "../../../components/shared/versions";
import { imagesInUse } from "../../../tools/images/images-in-use";
import { type ImageLock, readLock, writeLock } from "../../../tools/images/lock-file";
import { newerTags } from "../../../tools/images/newer-tags";
import { RegistryClient, type ServedImage } from "../../../tools/images/registry-client";
import { lockImages, outdatedImages, verifyImages } from "../../../tools/images/work";
import {
  digestOf,
  type FakeRegistry,
  indexOf,
  indexType,
  startFakeRegistry,
} from "./fake-registry";

/** Answers for the charts' images too, which no test may ask for outside. */
class LocalClient extends RegistryClient {
  override resolve(...[reference]: Parameters<RegistryClient["resolve"]>): Promise<ServedImage> {
    return reference.registry.startsWith("127.")
      ? super.resolve(reference)
      : Promise.resolve({ digest: digestOf(reference.text), architectures: ["amd64", "arm64"] });
  }
  override digestOf(...[reference]: Parameters<RegistryClient["digestOf"]>): Promise<string> {
    return reference.registry.startsWith("127.")
      ? super.digestOf(reference)
      : Promise.resolve(digestOf(reference.text));
  }
  override tagsOf(...[reference]: Parameters<RegistryClient["tagsOf"]>): Promise<string[]> {
    return reference.registry.startsWith("127.") ? super.tagsOf(reference) : Promise.resolve([]);
  }
}

describe("images", () => {
  let folder: string;
  let registry: FakeRegistry;
  const first = indexOf("amd64", "arm64");
  const second = indexOf("amd64");
  let manifest = first;
  let lines: string[];
  const charts = Object.values(pinned).length;
  const compose = () => readFileSync(join(folder, "compose.dev.yaml"), "utf8");
  const work = () => {
    lines = [];
    return {
      projectDirectory: folder,
      client: new LocalClient({ attempts: 1 }),
      say: (line: string) => void lines.push(line),
      today: "2026-11-23",
    };
  };
  const lockedDigest = (image: string) => readLock(folder).images[image]?.digest;

  beforeEach(async () => {
    manifest = first;
    folder = mkdtempSync(join(tmpdir(), "auterity-images-"));
    registry = await startFakeRegistry((request, response) => {
      if (request.url?.includes("/gone/")) response.statusCode = 404;
      response.setHeader("content-type", indexType);
      response.end(
        request.url?.includes("/tags/") ? '{"tags":["1.2.3","1.3.0","2.0.0","latest"]}' : manifest,
      );
    });
    writeFileSync(
      join(folder, "compose.dev.yaml"),
      `services:\n  cache:\n    image: ${registry.host}/cache:1.2.3 # the cache\n`,
    );
  });
  afterEach(async () => {
    rmSync(folder, { recursive: true, force: true });
    await registry.close();
  });

  it("are locked, sorted, and put into the local set on request", async () => {
    const image = `${registry.host}/cache:1.2.3`;
    expect(await lockImages(work(), false)).to.equal(0);
    expect(compose()).not.to.contain("@");
    expect(lockedDigest(image)).to.equal(digestOf(first));
    const names = Object.keys(readLock(folder).images);
    expect(names)
      .to.deep.equal([...names].sort())
      .and.to.have.length(charts + 1);
    expect(await lockImages(work(), true)).to.equal(0);
    expect(compose()).to.contain(`image: ${image}@${digestOf(first)} # the cache`);
    const once = compose();
    await lockImages(work(), true);
    expect(compose()).to.equal(once);
    expect([...imagesInUse(folder).keys()]).to.include(image);
  });

  it("keep the day on which a digest was seen first, and say what moved", async () => {
    const image = `${registry.host}/cache:1.2.3`;
    await lockImages(work(), false);
    await lockImages({ ...work(), today: "2026-12-01" }, false);
    expect(readLock(folder).images[image]?.resolvedAt).to.equal("2026-11-23");
    manifest = second;
    await lockImages({ ...work(), today: "2026-12-02" }, false);
    expect(lines[0]).to.equal(`${image}: ${digestOf(second)}, was ${digestOf(first)}`);
    expect(readLock(folder).images[image]?.resolvedAt).to.equal("2026-12-02");
  });

  it("are locked with the processors that they are built for, and a lock without them gains them", async () => {
    const image = `${registry.host}/cache:1.2.3`;
    writeLock(folder, {
      images: { [image]: { digest: digestOf(first), resolvedAt: "2026-01-01" } },
      releases: {},
    });
    await lockImages(work(), false);
    expect(readLock(folder).images[image]).to.deep.equal({
      ...{ digest: digestOf(first), resolvedAt: "2026-01-01" },
      architectures: ["amd64", "arm64"],
    });
    expect(lines).not.to.include(image);
    manifest = second;
    await lockImages(work(), false);
    expect(readLock(folder).images[image]?.architectures).to.deep.equal(["amd64"]);
    manifest = JSON.stringify({ manifests: [] });
    expect(await lockImages(work(), false)).to.equal(1);
    expect(lines[0]).to.equal(`${image}: got an index without an image for Linux`);
    expect(readLock(folder).images[image]?.digest).to.equal(digestOf(second));
  });

  it("that failed are all told, and what is known stays", async () => {
    writeFileSync(
      join(folder, "compose.dev.yaml"),
      `services:\n  a: { image: "${registry.host}/gone/a:1.0.0" }\n  b: { image: "${registry.host}/gone/b" }\n`,
    );
    const image = `${registry.host}/gone/a:1.0.0`;
    writeLock(folder, {
      images: { [image]: { digest: digestOf("x"), resolvedAt: "2026-01-01" } },
      releases: {},
    });
    expect(await lockImages(work(), false)).to.equal(1);
    expect(lines).to.include.members([
      `${image}: HTTP 404 from ${registry.host}`,
      `${registry.host}/gone/b: ${registry.host}/gone/b: got no tag, need the version to pin`,
      `${charts} of ${charts + 2} images locked`,
    ]);
    expect(lockedDigest(image)).to.equal(digestOf("x"));
  });

  it("are verified: locked, in use, and still served", async () => {
    const image = `${registry.host}/cache:1.2.3`;
    expect(await verifyImages(work())).to.equal(1);
    expect(lines).to.include(`${image}: not locked, used in compose.dev.yaml`);
    await lockImages(work(), false);
    expect(await verifyImages(work())).to.equal(0);
    expect(lines).to.deep.equal([`${charts + 1} locked images asked for, 0 problems`]);
    manifest = second;
    const lock: ImageLock = readLock(folder);
    writeLock(folder, {
      ...lock,
      images: { ...lock.images, "left:1.0.0": { digest: digestOf(""), resolvedAt: "2026-01-01" } },
    });
    expect(await verifyImages(work())).to.equal(1);
    expect(lines).to.deep.equal([
      "left:1.0.0: locked, but used nowhere",
      `${image}: the registry serves ${digestOf(second)}, locked is ${digestOf(first)}`,
      `${charts + 1} locked images asked for, 2 problems`,
    ]);
  });

  it("that are outdated are told with what is compatible and what is not", async () => {
    expect(await outdatedImages(work())).to.equal(0);
    expect(lines).to.deep.equal([
      `${registry.host}/cache:1.2.3: 1.3.0, 2.0.0 (first number changes)`,
      `1 of ${charts + 1} images have a newer tag, 0 could not be asked for`,
    ]);
  });

  it("compare versions of one kind alone", () => {
    const tags = ["v1.10.0", "v1.9.9", "1.11.0", "v1.12.0-rc.1", "v1.12", "latest", "v3.0.0"];
    expect(newerTags("v1.9.0", tags)).to.deep.equal({ compatible: "v1.10.0", major: "v3.0.0" });
    expect(
      newerTags("15.8-alpine3.21", ["15.9-alpine3.22", "15.10", "16.1-bookworm"]),
    ).to.deep.equal({ compatible: "15.9-alpine3.22" });
    expect(newerTags("v3.0.0", tags)).to.deep.equal({});
    expect(newerTags("stable", tags)).to.deep.equal({});
  });

  it("of a lock that somebody broke are refused", () => {
    writeFileSync(join(folder, "images.lock.json"), '{"images":{"a:1":{"digest":"x"}}}');
    expect(() => readLock(folder)).to.throw(
      /^images\.lock\.json: images\.a:1\.digest: need sha256: and 64 hexadecimal digits; images\.a:1\.resolvedAt: /,
    );
  });

  it("of this repository are what its files name, and its lock is well-formed", () => {
    const inUse = imagesInUse(".");
    for (const { repository, tag } of Object.values(pinned))
      expect(inUse.get(`${repository}:${tag}`)).to.include("components/shared/versions.ts");
    expect([...inUse.values()].flat()).to.include(".github/workflows/security.yml");
    expect(Object.keys(readLock(".").images)).to.satisfy((names: string[]) =>
      names.every((name) => inUse.has(name)),
    );
  });
});
