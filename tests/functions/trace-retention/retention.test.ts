import { expect } from "chai";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { signedRequest } from "../../../functions/trace-retention/request";
import { deleteOldIndices } from "../../../functions/trace-retention/retention";

const today = new Date("2026-12-10T03:30:00Z");

function domain(indices: readonly string[], broken: readonly string[] = []) {
  const asked: string[] = [];
  const ask = (method: string, path: string) => {
    asked.push(`${method} ${path}`);
    if (broken.some((index) => path === `/${index}`)) return Promise.reject(new Error("503"));
    return Promise.resolve(JSON.stringify(indices.map((index) => ({ index }))));
  };
  return { asked, ask };
}

describe("deleteOldIndices", () => {
  const retention = { prefix: "jaeger", retentionDays: 7, today };

  it("deletes whole days that are over for so many days, oldest first, and nothing else", async () => {
    const { asked, ask } = domain([
      "jaeger-span-2026-12-10",
      "jaeger-span-2026-12-03",
      "jaeger-span-2026-12-02",
      "jaeger-service-2026-11-30",
      "jaeger-sampling",
      "other-span-2020-01-01",
    ]);
    expect(await deleteOldIndices(retention, ask)).to.deep.equal([
      "jaeger-service-2026-11-30",
      "jaeger-span-2026-12-02",
    ]);
    expect(asked).to.deep.equal([
      "GET /_cat/indices/jaeger-*?format=json&h=index",
      "DELETE /jaeger-service-2026-11-30",
      "DELETE /jaeger-span-2026-12-02",
    ]);
  });

  it("goes on after one that cannot be deleted, and fails in the end", async () => {
    const { asked, ask } = domain(
      ["jaeger-span-2026-11-01", "jaeger-span-2026-11-02"],
      ["jaeger-span-2026-11-01"],
    );
    let message = "";
    try {
      await deleteOldIndices(retention, ask);
    } catch (error) {
      message = (error as Error).message;
    }
    expect(message).to.equal("not deleted: jaeger-span-2026-11-01: 503");
    expect(asked).to.include("DELETE /jaeger-span-2026-11-02");
  });

  for (const retentionDays of [NaN, 0, 1.5])
    it(`refuses ${retentionDays} days before it asks for anything`, async () => {
      const { asked, ask } = domain([]);
      let message = "";
      try {
        await deleteOldIndices({ ...retention, retentionDays }, ask);
      } catch (error) {
        message = (error as Error).message;
      }
      expect(message).to.equal(
        `RETENTION_DAYS: got ${retentionDays}, need a whole number of 1 or more`,
      );
      expect(asked).to.deep.equal([]);
    });
});

describe("signedRequest", () => {
  const kept = { ...process.env };
  afterEach(() => {
    for (const name of ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"])
      if (kept[name] === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = kept[name];
  });

  async function withServer(status: number, use: (endpoint: string) => Promise<void>) {
    const seen: IncomingMessage[] = [];
    const server = createServer((request, response) => {
      seen.push(request);
      response.writeHead(status).end("body");
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    try {
      await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    } finally {
      server.close();
    }
    return seen;
  }

  it("signs for the domain's service, with the role's session", async () => {
    process.env["AWS_ACCESS_KEY_ID"] = "id";
    process.env["AWS_SECRET_ACCESS_KEY"] = "key";
    process.env["AWS_SESSION_TOKEN"] = "session";
    const [request] = await withServer(200, async (endpoint) => {
      expect(
        await signedRequest(endpoint, "us-west-2")("GET", "/_cat/indices/a-*?h=index"),
      ).to.equal("body");
    });
    expect(request?.headers.authorization).to.match(
      /^AWS4-HMAC-SHA256 Credential=id\/\d{8}\/us-west-2\/es\/aws4_request, SignedHeaders=\S*host\S*, Signature=[0-9a-f]{64}$/,
    );
    expect(request?.headers["x-amz-security-token"]).to.equal("session");
    expect(request?.url).to.equal("/_cat/indices/a-*?h=index");
  });

  it("takes no answer but a success", async () => {
    process.env["AWS_ACCESS_KEY_ID"] = "id";
    process.env["AWS_SECRET_ACCESS_KEY"] = "key";
    let message = "";
    await withServer(403, async (endpoint) => {
      try {
        await signedRequest(endpoint, "us-west-2")("DELETE", "/a");
      } catch (error) {
        message = (error as Error).message;
      }
    });
    expect(message).to.equal("DELETE /a was answered 403: body");
  });
});
