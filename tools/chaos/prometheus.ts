import { ChaosError } from "./chaos-error";
import type { Budget } from "./guard";

interface Answer {
  readonly status?: string;
  readonly data?: {
    readonly result?: readonly {
      readonly metric: Readonly<Record<string, string>>;
      readonly value: readonly [number, string];
    }[];
  };
}

const patienceMilliseconds = 15_000;

/** What the rules of the platform say (components/observability-rules/slo): what is left, by service and objective. */
export async function readBudgets(url: string): Promise<Budget[]> {
  const found = await query(url, "slo:error_budget_remaining:ratio");
  return found.map(({ metric, value: [, text] }) => ({
    service: metric["slo_service"] ?? "",
    objective: metric["slo"] ?? "",
    remaining: Number(text),
  }));
}

export async function readFiring(url: string): Promise<string[]> {
  const found = await query(url, 'ALERTS{alertstate="firing",severity="critical"}');
  const names = found.map(({ metric }) =>
    [metric["alertname"], metric["service"]].filter((part) => part !== undefined).join(" of "),
  );
  return [...new Set(names)].sort();
}

/** @throws ChaosError if nobody answers, or with something else. */
async function query(url: string, expression: string) {
  const address = `${url.replace(/\/$/, "")}/api/v1/query?query=${encodeURIComponent(expression)}`;
  const signal = AbortSignal.timeout(patienceMilliseconds);
  const response = await fetch(address, { signal }).catch((error: unknown) => {
    throw new ChaosError(`--prometheus: ${url} does not answer: ${reasonOf(error)}`);
  });
  const answer = (await response.json().catch(() => ({}))) as Answer;
  if (!response.ok || answer.status !== "success" || answer.data?.result === undefined)
    throw new ChaosError(
      `--prometheus: ${url} answers with HTTP ${response.status}, need Prometheus`,
    );
  return answer.data.result;
}

function reasonOf(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  return cause instanceof Error ? cause.message : String(cause);
}
