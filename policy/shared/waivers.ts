import type { PolicyConfigJSONSchema } from "@pulumi/policy/schema";
import { matchesWildcard } from "./pattern";

/** An exception with a reason and an end; the same shape in every rule's configuration. */
export interface Waiver {
  /** `*` is any run of characters, `?` is one. */
  readonly urnPattern: string;
  readonly reason: string;
  /** Last day on which it holds, YYYY-MM-DD, in UTC. */
  readonly until: string;
}

export const waiversSchema = {
  type: "array",
  items: {
    type: "object",
    properties: {
      urnPattern: { type: "string", minLength: 1 },
      reason: { type: "string", minLength: 1 },
      until: { type: "string", pattern: "^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$" },
    },
    required: ["urnPattern", "reason", "until"],
    additionalProperties: false,
  },
  default: [],
} satisfies PolicyConfigJSONSchema;

export function hasEnded(waiver: Pick<Waiver, "until">, now: Date): boolean {
  return now.toISOString().slice(0, 10) > waiver.until;
}

/** What the waivers mean for one resource: whether its violations are excused, and which waivers have run out. */
export function judgeWaivers(waivers: readonly Waiver[], urn: string, now: Date) {
  const matching = waivers.filter(({ urnPattern }) => matchesWildcard(urnPattern, urn));
  const ended = matching.filter((waiver) => hasEnded(waiver, now));
  return {
    excused: matching.length > ended.length,
    problems: ended.map(
      ({ urnPattern, until }) =>
        `the waiver for ${urnPattern} ended on ${until}: fix what it excused, or renew it with a reason`,
    ),
  };
}
