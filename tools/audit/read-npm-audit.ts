import { z } from "zod";
import { asSeverity, type Finding } from "./finding";

const advisory = z.object({
  source: z.number(),
  title: z.string(),
  url: z.string(),
  severity: z.string(),
  range: z.string(),
});

/** `npm audit --json`, report version 2; `via` names another package where that one is the cause. */
export const npmAuditReport = z.object({
  auditReportVersion: z.literal(2),
  vulnerabilities: z.record(
    z.string(),
    z.object({
      name: z.string(),
      via: z.array(z.union([z.string(), advisory])),
      fixAvailable: z.union([z.boolean(), z.object({ name: z.string(), version: z.string() })]),
    }),
  ),
});

export function findingsOfNpmAudit({ vulnerabilities }: z.infer<typeof npmAuditReport>): Finding[] {
  return Object.values(vulnerabilities).flatMap(({ name, via, fixAvailable }) =>
    via
      .filter((cause) => typeof cause !== "string")
      .map((cause) => ({
        id: cause.url.slice(cause.url.lastIndexOf("/") + 1),
        severity: asSeverity(cause.severity),
        subject: `${name} ${cause.range}`,
        target: "package-lock.json",
        title: cause.title,
        fixable: fixAvailable !== false,
        ...(typeof fixAvailable === "object" && {
          fix: `update ${fixAvailable.name} to ${fixAvailable.version}`,
        }),
        scanner: "npm audit",
      })),
  );
}
