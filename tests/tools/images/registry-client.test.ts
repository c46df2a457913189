import { expect } from "chai";
import { parseReference } from "../../../tools/images/reference";
import { RegistryClient } from "../../../tools/images/registry-client";
import {
  digestOf,
  type FakeRegistry,
  type Handler,
  indexOf,
  indexType,
  startFakeRegistry,
} from "./fake-registry";

const body = '{"schemaVersion":2}';

async function problemOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error("nothing was refused");
}

describe("image references", () => {
  const read = (image: string) => {
    const { registry, repository, tag } = parseReference(image);
    return `${registry} ${repository} ${tag}`;
  };
  it("are read as a container runtime reads them", () => {
    expect(read("redis:7.4.1")).to.equal("registry-1.docker.io library/redis 7.4.1");
    expect(read("docker.io/grafana/loki:3.7.6")).to.equal(
      "registry-1.docker.io grafana/loki 3.7.6",
    );
    expect(read("quay.io/a/b:v1@sha256:00")).to.equal("quay.io a/b v1");
    expect(read("localhost:5000/x:1")).to.equal("localhost:5000 x 1");
  });
  it("need a tag", () => {
    expect(() => parseReference("localhost:5000/x")).to.throw(
      "localhost:5000/x: got no tag, need the version to pin",
    );
  });
});

describe("registry client", () => {
  let registry: FakeRegistry | undefined;
  const client = new RegistryClient({ attempts: 3, firstWait: 1, timeout: 2000 });
  const start = async (handler: Handler) => {
    registry = await startFakeRegistry(handler);
    return parseReference(`${registry.host}/owner/image:v1`);
  };
  afterEach(() => registry?.close());

  it("counts the digest of an index over its bytes", async () => {
    let accepted = "";
    const image = await start((request, response) => {
      accepted = request.headers.accept ?? "";
      response.setHeader("content-type", indexType);
      response.setHeader("docker-content-digest", digestOf(body));
      response.end(body);
    });
    expect(await client.digestOf(image)).to.equal(digestOf(body));
    expect(accepted.split(", ")[0]).to.equal(indexType);
    expect(registry?.asked).to.deep.equal(["/v2/owner/image/manifests/v1"]);
  });

  it("reads from an index for which processors it is built, attestations and other systems apart", async () => {
    const index = JSON.parse(indexOf("arm64", "amd64", "arm64")) as { manifests: object[] };
    index.manifests.push({ platform: { os: "windows", architecture: "386" } }, {});
    const text = JSON.stringify(index);
    const image = await start((_, response) => {
      response.setHeader("content-type", indexType);
      response.end(text);
    });
    expect(await client.resolve(image)).to.deep.equal({
      digest: digestOf(text),
      architectures: ["amd64", "arm64"],
    });
  });

  it("reads from the configuration of an image of one platform, and by the digest that its name has", async () => {
    const config = '{"architecture":"arm64","os":"linux"}';
    const manifest = JSON.stringify({ config: { digest: digestOf(config) } });
    const { text, ...image } = await start((request, response) => {
      const blob = request.url?.includes("/blobs/") === true;
      response.setHeader("content-type", "application/vnd.oci.image.manifest.v1+json");
      response.end(blob ? config : manifest);
    });
    const named = { ...image, text, digest: digestOf(manifest) };
    expect(await client.resolve(named)).to.deep.equal({
      digest: digestOf(manifest),
      architectures: ["arm64"],
    });
    expect(registry?.asked).to.deep.equal([
      `/v2/owner/image/manifests/${digestOf(manifest)}`,
      `/v2/owner/image/blobs/${digestOf(config)}`,
    ]);
    expect(await problemOf(client.resolve({ ...named, digest: digestOf("other") }))).to.equal(
      `got the bytes of ${digestOf(manifest)}, need those of ${digestOf("other")}`,
    );
  });

  it("refuses what says of no processor that it is built for", async () => {
    let answer = "";
    let type = indexType;
    const image = await start((_, response) => {
      response.setHeader("content-type", type);
      response.end(answer);
    });
    const problem = async (given: string) => {
      answer = given;
      return problemOf(client.resolve(image));
    };
    expect(await problem("first")).to.equal("got an index that is malformed");
    expect(await problem('{"manifests":[]}')).to.equal("got an index without an image for Linux");
    type = "application/vnd.oci.image.manifest.v1+json";
    expect(await problem('{"config":{"digest":"x"}}')).to.equal("got a manifest that is malformed");
    const config = { architecture: "amd64", os: "windows", config: { digest: digestOf("c") } };
    expect(await problem(JSON.stringify(config))).to.equal(
      "got an image for windows, need one for Linux",
    );
  });

  it("shows its login to the registry that it is for, and to no other", async () => {
    const shown: (string | undefined)[] = [];
    const image = await start((request, response) => {
      shown.push(request.headers.authorization);
      response.setHeader("content-type", indexType);
      response.end(indexOf("amd64"));
    });
    for (const host of [image.registry, "other.example"])
      await new RegistryClient({
        attempts: 1,
        login: { registry: host, user: "AWS", password: "secret" },
      }).resolve(image);
    const basic = `Basic ${Buffer.from("AWS:secret").toString("base64")}`;
    expect(shown).to.deep.equal([basic, undefined]);
  });

  it("refuses bytes that are not what the registry claims, and pages that are no manifest", async () => {
    const lying = await start((_, response) => {
      response.setHeader("content-type", indexType);
      response.setHeader("docker-content-digest", digestOf("other"));
      response.end(body);
    });
    expect(await problemOf(client.digestOf(lying))).to.equal(
      `the registry claims ${digestOf("other")}, its bytes are ${digestOf(body)}`,
    );
    await registry?.close();
    const page = await start((_, response) => {
      response.setHeader("content-type", "text/html; charset=utf-8");
      response.end("<html>");
    });
    expect(await problemOf(client.digestOf(page))).to.equal(
      "got text/html, need a manifest or an index",
    );
  });

  it("fetches a token as an anonymous reader, once for a repository", async () => {
    const image = await start((request, response, host) => {
      if (request.url?.startsWith("/token")) {
        response.end('{"access_token":"let-me-in"}');
      } else if (request.headers.authorization === "Bearer let-me-in") {
        response.setHeader("content-type", indexType);
        response.end(body);
      } else {
        response.statusCode = 401;
        response.setHeader(
          "www-authenticate",
          `Bearer realm="http://${host}/token",service="registry",scope="repository:owner/image:pull"`,
        );
        response.end();
      }
    });
    const own = new RegistryClient({ attempts: 1 });
    await own.digestOf(image);
    await own.digestOf(image);
    expect(registry?.asked).to.deep.equal([
      "/v2/owner/image/manifests/v1",
      "/token?service=registry&scope=repository%3Aowner%2Fimage%3Apull",
      "/v2/owner/image/manifests/v1",
      "/v2/owner/image/manifests/v1",
    ]);
  });

  it("says what a registry without anonymous readers answers", async () => {
    const image = await start((_, response) => {
      response.statusCode = 401;
      response.setHeader("www-authenticate", 'Basic realm="private"');
      response.end();
    });
    expect(await problemOf(client.digestOf(image))).to.equal(
      "HTTP 401, and no way to get a token as an anonymous reader",
    );
  });

  it("tries again what may pass, and at once what will not", async () => {
    let answered = 0;
    const image = await start((_, response) => {
      answered += 1;
      response.statusCode = answered === 1 ? 429 : answered === 2 ? 503 : 200;
      response.setHeader("content-type", indexType);
      response.end(body);
    });
    expect(await client.digestOf(image)).to.equal(digestOf(body));
    expect(answered).to.equal(3);
    await registry?.close();
    const broken = await start((_, response) => {
      response.statusCode = 500;
      response.end();
    });
    expect(await problemOf(client.digestOf(broken))).to.equal(
      `HTTP 500 from ${registry?.host ?? ""}`,
    );
    expect(registry?.asked).to.have.length(3);
    await registry?.close();
    const missing = await start((_, response) => {
      response.statusCode = 404;
      response.end();
    });
    expect(await problemOf(client.digestOf(missing))).to.equal(
      `HTTP 404 from ${registry?.host ?? ""}`,
    );
    expect(registry?.asked).to.have.length(1);
  });

  it("names a host that nobody answers at", async () => {
    const image = await start((_, response) => response.end());
    await registry?.close();
    expect(await problemOf(client.digestOf(image))).to.match(/^127\.0\.0\.1:\d+: .*ECONNREFUSED/);
  });

  it("reads tags page by page", async () => {
    const image = await start((request, response) => {
      const first = !request.url?.includes("last=");
      if (first)
        response.setHeader("link", '</v2/owner/image/tags/list?last=b&n=1000>; rel="next"');
      response.end(JSON.stringify({ tags: first ? ["a", "b"] : ["c"] }));
    });
    expect(await client.tagsOf(image)).to.deep.equal(["a", "b", "c"]);
  });
});
