import type { Step } from "./plan";
import { type Answer, ask, reasonOf } from "./request";

export interface StepResult {
  readonly step: string;
  /** Without what may stand behind a question mark. */
  readonly url: string;
  readonly status?: number;
  readonly milliseconds?: number;
  /** What is wrong; empty when all is well. Holds nothing of bodies and headers. */
  readonly problems: readonly string[];
}

interface Surroundings {
  readonly token: string | undefined;
  readonly authority?: string | undefined;
  readonly now: Date;
}

const dayMilliseconds = 86_400_000;

/** Never throws: that nobody answers is a result. */
export async function runStep(step: Step, surroundings: Surroundings): Promise<StepResult> {
  const { method, url, body, slowAfterMilliseconds } = step;
  const common = { step: step.name, url: withoutQuery(url) };
  try {
    const answer = await ask({
      ...{ method, url, authority: surroundings.authority },
      headers: {
        // A request without one is refused by the firewall for that alone.
        "user-agent": "auterity-canary",
        accept: "*/*",
        ...(body !== undefined && { "content-type": "application/json" }),
        ...(step.signedIn === true &&
          surroundings.token !== undefined && { authorization: `Bearer ${surroundings.token}` }),
      },
      ...(body !== undefined && { body }),
      timeoutMilliseconds: slowAfterMilliseconds,
    });
    const { status, milliseconds } = answer;
    return { ...common, status, milliseconds, problems: judge(step, answer, surroundings.now) };
  } catch (error) {
    const reason = reasonOf(error);
    const problem =
      reason === "timed out"
        ? `got no whole answer within ${slowAfterMilliseconds} ms`
        : `got no answer: ${reason}`;
    return { ...common, problems: [problem] };
  }
}

function judge(step: Step, answer: Answer, now: Date): string[] {
  const { expectedStatus, expectedText, redirectsTo, leastCertificateDays } = step;
  const problems: string[] = [];
  if (answer.status !== expectedStatus)
    problems.push(`got the status ${answer.status}, need ${expectedStatus}`);
  // A page of an error may hold the text as well: what was wrong first is told first.
  if (expectedText !== undefined && !answer.body.includes(expectedText))
    problems.push("the body lacks the text that it should hold");
  if (redirectsTo !== undefined && !leadsTo(step.url, answer.location, redirectsTo))
    problems.push(`does not lead to ${withoutQuery(redirectsTo)}`);
  if (leastCertificateDays !== undefined) {
    const { certificateEnds } = answer;
    const days = certificateEnds && (certificateEnds.getTime() - now.getTime()) / dayMilliseconds;
    if (days === undefined || Number.isNaN(days)) problems.push("shows no certificate");
    else if (days < leastCertificateDays)
      problems.push(
        `its certificate ends in ${Math.floor(days)} days, need ${leastCertificateDays}`,
      );
  }
  return problems;
}

function leadsTo(url: string, location: string | undefined, expected: string): boolean {
  if (location === undefined || !URL.canParse(location, url)) return false;
  // The load balancer writes ":443", which is the same.
  return new URL(location, url).href === new URL(expected).href;
}

function withoutQuery(url: string): string {
  const { origin, pathname } = new URL(url);
  return `${origin}${pathname}`;
}
