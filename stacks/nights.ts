import { z } from "zod";
import type { WorkingHours } from "../components/service-scaling";
import { isTimeZone } from "../components/shared/time-zone";
import type { Environment } from "./environment";
import type { WellFormed } from "./environment-rules";
import { text } from "./schema-text";

const days = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"] as const;
const clock = text(/^([01]\d|2[0-3]):[0-5]\d$/, "need a time of the day such as 08:00");

/** Services rest outside of these hours: `auterity:costs.nights`. */
export const nightsSchema = z.strictObject({
  enabled: z.boolean(),
  timeZone: z.string().refine(isTimeZone, "need an IANA time zone such as America/Los_Angeles"),
  /** On which people work; the others are night altogether. */
  workingDays: z.array(z.enum(days)).min(1),
  from: clock,
  to: clock,
});

type Nights = z.infer<typeof nightsSchema>;

export function workingHours({ timeZone, workingDays, from, to }: Nights): WorkingHours {
  const at = (time: string) => {
    const [hour, minute] = time.split(":").map(Number);
    const on = days.flatMap((day, index) => (workingDays.includes(day) ? [index] : []));
    return `${minute} ${hour} * * ${on.join(",")}`;
  };
  return { timeZone, start: at(from), end: at(to) };
}

export function nightsProblems({
  stage,
  costs,
  services,
}: Pick<WellFormed<Environment>, "stage" | "costs" | "services">): string[] {
  const { enabled, from, to, workingDays } = costs?.nights ?? {};
  const path = "auterity:costs.nights";
  const problems: string[] = [];
  if (enabled === true && stage !== undefined && stage !== "development")
    problems.push(`${path}.enabled: got true, need false in ${stage}; its users have no night`);
  if (enabled === true && services?.minimumReplicas === "declared")
    problems.push(
      `${path}.enabled: got true, need auterity:services.minimumReplicas to be one; a schedule would keep pods at night`,
    );
  if (from !== undefined && to !== undefined && from >= to)
    problems.push(`${path}: got from ${from} to ${to}, need a beginning before the end`);
  if (workingDays !== undefined && new Set(workingDays).size < workingDays.length)
    problems.push(`${path}.workingDays: a day is named twice, need each once`);
  return problems;
}
