import { createServer } from "node:http";
import { listen, type Served } from "../cluster/served";

interface SeriesArgs {
  /** Pods of a service that are ready. */
  readonly ready: (service: string) => number;
  /** Services whose metrics nobody reads: they never have a series. */
  readonly unseen: ReadonlySet<string>;
}

/** What probes and scrapes ask of a service by themselves: below anybody's share of work. */
const probesPerSecond = 0.5;

/**
 * A stand-in for Prometheus, and the proxy through which KEDA reaches it: a service without pods has no series, as one that is
 * not scraped, and the others have their probes.
 */
export async function startSeries({ ready, unseen }: SeriesArgs): Promise<Served> {
  return listen(
    createServer((request, response) => {
      const url = new URL(request.url ?? "/", "http://localhost");
      if (!url.pathname.endsWith("/api/v1/query")) {
        response.writeHead(503).end();
        return;
      }
      const query = url.searchParams.get("query") ?? "";
      const service = /container="([^"]+)"/.exec(query)?.[1] ?? "";
      const has = ready(service) > 0 && !unseen.has(service);
      const value = [Date.now() / 1000, String(probesPerSecond)];
      const result = has ? [{ metric: {}, value }] : [];
      response.writeHead(200, { "content-type": "application/json" });
      response.end(JSON.stringify({ status: "success", data: { resultType: "vector", result } }));
    }),
  );
}
