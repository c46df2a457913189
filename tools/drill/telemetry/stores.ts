import { z } from "zod";
import type { Places } from "./places";

/** A trace as Jaeger answers it. */
const traces = z.object({
  data: z
    .array(
      z.object({
        traceID: z.string(),
        spans: z.array(
          z.object({ spanID: z.string(), operationName: z.string(), processID: z.string() }),
        ),
        processes: z.record(z.string(), z.object({ serviceName: z.string() })),
      }),
    )
    .nullable(),
});
export type Trace = NonNullable<z.infer<typeof traces>["data"]>[number];

const samples = z.object({
  data: z.object({
    result: z.array(
      z.object({
        metric: z.record(z.string(), z.string()),
        value: z.tuple([z.number(), z.string()]),
      }),
    ),
  }),
});

/** Asks the three stores, each in its own language. */
export class Stores {
  constructor(
    private readonly places: Places,
    private readonly logsUrl: string,
    private readonly prometheusUrl: string,
  ) {}

  async trace(traceId: string): Promise<Trace | undefined> {
    const { status, text } = await ask(`${this.jaeger}/api/traces/${traceId}`);
    return status === 200 ? traces.parse(JSON.parse(text)).data?.[0] : undefined;
  }

  /** All traces that a service has a part in, as text too. */
  async tracesOf(
    service: string,
  ): Promise<{ readonly traces: readonly Trace[]; readonly text: string }> {
    const end = Date.now() * 1000;
    const query = new URLSearchParams({
      service,
      limit: "20000",
      start: String(end - 3_600_000_000),
      end: String(end),
    });
    const { text } = await ask(`${this.jaeger}/api/traces?${query.toString()}`);
    return { traces: traces.parse(JSON.parse(text)).data ?? [], text };
  }

  /** Lines that a query of LogsQL finds, each with its fields. */
  async lines(query: string): Promise<readonly Readonly<Record<string, string>>[]> {
    const { text } = await ask(
      `${this.logsUrl}/select/logsql/query`,
      new URLSearchParams({ query }),
    );
    const rows = text.split("\n").filter((row) => row !== "");
    return rows.map((row) => JSON.parse(row) as Record<string, string>);
  }

  async query(
    expression: string,
  ): Promise<{ readonly metric: Record<string, string>; readonly value: number }[]> {
    const query = new URLSearchParams({ query: expression });
    const { text } = await ask(`${this.prometheusUrl}/api/v1/query?${query.toString()}`);
    return samples
      .parse(JSON.parse(text))
      .data.result.map(({ metric, value: [, value] }) => ({ metric, value: Number(value) }));
  }

  /** Every series that there is, with all its labels. */
  async series(): Promise<string> {
    const match = new URLSearchParams({ "match[]": '{__name__=~".+"}' });
    return (await ask(`${this.prometheusUrl}/api/v1/series?${match.toString()}`)).text;
  }

  private get jaeger(): string {
    return `http://${this.places.jaeger}:16686`;
  }
}

async function ask(
  url: string,
  body?: URLSearchParams,
): Promise<{ readonly status: number; readonly text: string }> {
  const response = await fetch(url, {
    ...(body !== undefined && { method: "POST", body }),
    signal: AbortSignal.timeout(60_000),
  });
  return { status: response.status, text: await response.text() };
}
