import { expect } from "chai";
import { readFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:https";
import { join } from "node:path";
import { listen } from "../../../tools/drill/cluster/served";
import { watchObjects } from "../../../tools/drill/cluster/watch";
import { createAuthority } from "../../../tools/drill/certificates";
import { connectKubernetes, type KubernetesApi } from "../../../tools/drill/kubernetes-api";
import { waitFor } from "../../../tools/drill/processes";
import { withFolder } from "../run-cli";

interface Asked {
  readonly line: string;
  readonly type: string | undefined;
}

type Answer = (line: string, response: ServerResponse) => void;

const resources = {
  resources: [
    { kind: "Pod", name: "pods", namespaced: true },
    { kind: "Pod", name: "pods/status", namespaced: true },
    { kind: "Node", name: "nodes", namespaced: false },
  ],
};

/** A server that knows what kinds there are, and answers all else as it is told. */
function withServer<T>(
  answer: Answer,
  use: (api: KubernetesApi, asked: readonly Asked[]) => Promise<T>,
): Promise<T> {
  return withFolder(async (folder) => {
    const authority = await createAuthority(join(folder, "certificates"));
    const { certificate, key } = await authority.issue("server");
    const asked: Asked[] = [];
    const handle = (request: IncomingMessage, response: ServerResponse): void => {
      const line = `${request.method ?? ""} ${request.url ?? ""}`;
      request.resume();
      if (line === "GET /api/v1") {
        response.end(JSON.stringify(resources));
        return;
      }
      asked.push({ line, type: request.headers["content-type"] });
      answer(line, response);
    };
    const server = await listen(
      createServer({ cert: readFileSync(certificate), key: readFileSync(key) }, handle),
    );
    const api = connectKubernetes({
      url: `https://127.0.0.1:${server.port}`,
      certificateAuthority: authority.certificateAuthority,
      token: "none",
    });
    try {
      return await use(api, asked);
    } finally {
      api.close();
      server.close();
    }
  });
}

const pod = (name: string, version = "1") => ({
  metadata: { name, namespace: "relaycore", resourceVersion: version },
});

const named = {
  ...{ apiVersion: "v1", kind: "Pod" },
  metadata: { name: "one", namespace: "relaycore" },
};

describe("the client of the API server", () => {
  it("applies strictly, so that a field that is not known is refused", () =>
    withServer(
      (_line, response) => response.end(JSON.stringify(named)),
      async (api, asked) => {
        await api.apply(named);
        expect(asked).to.deep.equal([
          {
            line: "PATCH /api/v1/namespaces/relaycore/pods/one?fieldManager=auterity-drill&force=true&fieldValidation=Strict",
            type: "application/apply-patch+yaml",
          },
        ]);
      },
    ));

  it("lists a kind of the whole cluster, and says of each object what it is", () =>
    withServer(
      (_line, response) => response.end(JSON.stringify({ items: [pod("one")] })),
      async (api, asked) => {
        const [found] = await api.list({ apiVersion: "v1", kind: "Pod" });
        expect(found).to.include({ apiVersion: "v1", kind: "Pod" });
        expect(asked.map(({ line }) => line)).to.deep.equal(["GET /api/v1/pods"]);
      },
    ));

  it("changes a subresource by a merge patch", () =>
    withServer(
      (_line, response) => response.end("{}"),
      async (api, asked) => {
        await api.patch(named, { spec: { replicas: 3 } }, "scale");
        expect(asked).to.deep.equal([
          {
            line: "PATCH /api/v1/namespaces/relaycore/pods/one/scale?fieldManager=auterity-drill",
            type: "application/merge-patch+json",
          },
        ]);
      },
    ));

  it("says how long the body of a deletion is, so that the next request on the connection is read as one", () =>
    withServer(
      (_line, response) => response.end("{}"),
      async (api, asked) => {
        await api.remove(named, { gracePeriodSeconds: 0 });
        await api.remove(named);
        expect(asked.map(({ line }) => line)).to.deep.equal([
          "DELETE /api/v1/namespaces/relaycore/pods/one",
          "DELETE /api/v1/namespaces/relaycore/pods/one",
        ]);
      },
    ));

  it("asks again where a kind was defined a moment ago, and not where an eviction is refused", async () => {
    const words = ["storage is (re)initializing", "disruption budget"];
    const statuses = words.map((message) => {
      let answers = 0;
      const answer: Answer = (_line, response) => {
        answers += 1;
        response.writeHead(answers === 1 ? 429 : 200).end(JSON.stringify({ message }));
      };
      return withServer(answer, async (api) => {
        const { status } = await api.send({ method: "GET", path: await api.pathOf(named) });
        return status;
      });
    });
    expect(await Promise.all(statuses)).to.deep.equal([200, 429]);
  });

  it("gives the server's own words where it refuses", () =>
    withServer(
      (_line, response) => response.writeHead(422).end('{"message":"unknown field"}'),
      async (api) => {
        const error = await api.apply(named).catch((refusal: unknown) => refusal);
        expect(String(error)).to.include("Pod relaycore/one: HTTP 422: unknown field");
      },
    ));
});

describe("objects that are watched", () => {
  it("are kept up with every change, and listed again when the server has forgotten where it was", () => {
    let lists = 0;
    let open: ServerResponse | undefined;
    const answer: Answer = (line, response) => {
      if (line.includes("watch=1")) {
        open = response;
        response.writeHead(200);
        response.flushHeaders();
        return;
      }
      lists += 1;
      const items = lists === 1 ? [pod("one")] : [pod("three")];
      response.end(JSON.stringify({ metadata: { resourceVersion: String(lists) }, items }));
    };
    const tell = (type: string, object: object): void => {
      open?.write(`${JSON.stringify({ type, object })}\n`);
    };
    return withServer(answer, async (api, asked) => {
      let changes = 0;
      const kind = { apiVersion: "v1", kind: "Pod" };
      const pods = await watchObjects(api, kind, () => (changes += 1));
      const names = (): string =>
        pods
          .objects()
          .map(({ metadata }) => metadata.name)
          .join(" ");
      const until = async (expected: string): Promise<void> => {
        await waitFor(
          { what: expected, seconds: 10, needs: [] },
          () => names() === expected || undefined,
        );
      };
      try {
        expect(names()).to.equal("one");
        await waitFor(
          { what: "the watch", seconds: 10, needs: [] },
          () => open !== undefined || undefined,
        );
        tell("ADDED", pod("two"));
        tell("DELETED", pod("one"));
        await until("two");
        expect(changes).to.be.at.least(2);
        tell("ERROR", { code: 410 });
        await until("three");
        expect(asked.map(({ line }) => line).slice(0, 3)).to.deep.equal([
          "GET /api/v1/pods",
          "GET /api/v1/pods?watch=1&resourceVersion=1",
          "GET /api/v1/pods",
        ]);
      } finally {
        pods.stop();
      }
    });
  });
});
