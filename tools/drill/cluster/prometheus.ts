import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { ServiceRecord } from "../../../components/shared/service-record";
import { replicaWork, type Demand } from "./demand";
import { listen, type Served } from "./served";

/** A stand-in for Prometheus, which can go away. */
export interface Prometheus extends Served {
  readonly setAvailable: (available: boolean) => void;
  /** What was asked, each query once. */
  readonly queries: () => readonly string[];
}

/**
 * Answers the planned queries from the demand. It is the proxy through which KEDA goes, so that the planned addresses
 * stay as they are: whatever host is asked for, it answers.
 */
export async function startPrometheus(
  records: readonly ServiceRecord[],
  demand: Demand,
): Promise<Prometheus> {
  let available = true;
  const asked = new Set<string>();
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    const url = new URL(request.url ?? "/", "http://localhost");
    const query = url.searchParams.get("query") ?? "";
    asked.add(query);
    if (!available || !url.pathname.endsWith("/api/v1/query")) {
      response.writeHead(503).end();
      return;
    }
    const value = valueOf(records, demand, query);
    const result = value === undefined ? [] : [sample(value)];
    response.writeHead(200, { "content-type": "application/json" });
    response.end(JSON.stringify({ status: "success", data: { resultType: "vector", result } }));
  };
  const served = await listen(createServer(answer));
  return {
    ...served,
    setAvailable: (is) => {
      available = is;
    },
    queries: () => [...asked],
  };
}

function sample(value: number): object {
  return { metric: {}, value: [Date.now() / 1000, String(value)] };
}

/** Of the service that the query names: requests a second, messages that wait, or jobs. */
function valueOf(
  records: readonly ServiceRecord[],
  demand: Demand,
  query: string,
): number | undefined {
  const named = records
    .filter(({ name }) => new RegExp(`"${name}["-]`).test(query))
    .sort((one, other) => other.name.length - one.name.length);
  const bySignal = records.filter(({ scaling }) =>
    scaling.signals.some(
      (signal) =>
        (signal.kind === "running-jobs" && query.includes(signal.metric)) ||
        (signal.kind === "queue-length" && query.includes(`"${signal.queue}"`)),
    ),
  );
  const [record] = [...named, ...bySignal];
  if (record === undefined) return undefined;
  const { requestsPerSecond, queued } = replicaWork(record);
  return demand(record.name) * (requestsPerSecond ?? queued ?? 1);
}
