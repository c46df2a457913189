import { type Attack, attacks, harmless } from "./attacks";
import { type Answer, isRefusal, send } from "./request";

/** "inconclusive": no answer, or one that says nothing about the firewall. */
export type Outcome = "refused" | "passed" | "inconclusive";

export type Finding = Answer & {
  readonly probe: Attack | "burst";
  readonly outcome: Outcome;
};

/** Each attack against one origin, and what became of it; asked once more where no answer came. */
export async function probeOrigin(
  origin: string,
  names: readonly Attack[],
  timeoutMilliseconds?: number,
): Promise<Finding[]> {
  const ask = async (path: string): Promise<Answer> => {
    const first = await send(`${origin}${path}`, timeoutMilliseconds);
    return "failure" in first ? send(`${origin}${path}`, timeoutMilliseconds) : first;
  };
  const control = await ask(harmless);
  // One after another: many at once would come close to the limit of the rate.
  const findings: Finding[] = [];
  for (const probe of names) {
    // What does not answer the harmless request, or refuses it too, would not tell the two apart.
    const conclusive = "status" in control && !isRefusal(control);
    const answer = conclusive ? await ask(attacks[probe]) : control;
    findings.push({ probe, outcome: conclusive ? judge(answer) : "inconclusive", ...answer });
  }
  return findings;
}

function judge(answer: Answer): Outcome {
  if ("failure" in answer) return "inconclusive";
  return isRefusal(answer) ? "refused" : "passed";
}
