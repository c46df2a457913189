/** What came back: a status, or the reason why nothing did. */
export type Answer = { readonly status: number } | { readonly failure: string };

/** Longer than the slowest refusal by far: a firewall answers at once. */
const answerTimeoutMilliseconds = 10_000;

/** One GET that follows no redirect. Never throws: that a host cannot be reached is a result. */
export async function send(
  url: string,
  timeoutMilliseconds = answerTimeoutMilliseconds,
): Promise<Answer> {
  try {
    const response = await fetch(url, {
      redirect: "manual",
      signal: AbortSignal.timeout(timeoutMilliseconds),
      // A request without one is refused for that alone, and would prove nothing else.
      headers: { "user-agent": "auterity-edge-probe" },
    });
    // Read to its end, or the connection could not be used again.
    await response.arrayBuffer();
    return { status: response.status };
  } catch (error) {
    return { failure: reason(error) };
  }
}

/** The code of what is beneath "fetch failed", such as ENOTFOUND or DEPTH_ZERO_SELF_SIGNED_CERT. */
function reason(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  if (error.name === "TimeoutError") return "timed out";
  const { cause } = error;
  if (cause instanceof Error)
    return "code" in cause && typeof cause.code === "string" ? cause.code : cause.message;
  return error.message;
}

/**
 * The statuses of a refusal by the firewall: of its groups, of its rate limit.
 * @see https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-action.html
 */
export function isRefusal(answer: Answer): boolean {
  return "status" in answer && (answer.status === 403 || answer.status === 429);
}
