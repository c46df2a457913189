import { expect } from "chai";
import { parseReference } from "../../../tools/images/reference";
import { RegistryClient } from "../../../tools/images/registry-client";
import {
  digestOf,
  type FakeRegistry,
  type Handler,
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
