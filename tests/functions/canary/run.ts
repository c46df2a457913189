import type { RequestListener } from "node:http";
import { runCanary } from "../../../functions/canary";
import type { CanaryPlan } from "../../../functions/canary/plan";

export const answers =
  (status: number, body = "", headers: Record<string, string> = {}): RequestListener =>
  (_, response) => {
    response.writeHead(status, headers);
    response.end(body);
  };

export interface Run {
  readonly outcome: string;
  readonly lines: readonly Record<string, unknown>[];
  /** Everything that was said to anybody. */
  readonly said: string;
}

export async function run(
  plan: CanaryPlan,
  { authority, secret }: { authority?: string; secret?: string | undefined } = {},
): Promise<Run> {
  const lines: string[] = [];
  const outcome = await runCanary(plan, {
    write: (line) => lines.push(line),
    readSecret: () => Promise.resolve(secret),
    ...(authority !== undefined && { authority }),
  }).catch((error: unknown) => (error instanceof Error ? error.message : String(error)));
  return {
    outcome,
    lines: lines.map((line) => JSON.parse(line) as Record<string, unknown>),
    said: [outcome, ...lines].join("\n"),
  };
}
