import { z } from "zod";
import type { Finding, Severity } from "./finding";

/** ZAP's own JSON report. @see https://www.zaproxy.org/docs/desktop/addons/report-generation/report-traditional-json/ */
export const zapReport = z.object({
  site: z.array(
    z.object({
      "@name": z.string(),
      alerts: z.array(
        z.object({
          pluginid: z.string(),
          name: z.string(),
          riskcode: z.string(),
          solution: z.string().optional(),
          instances: z.array(z.object({ uri: z.string() })).optional(),
        }),
      ),
    }),
  ),
});

/** ZAP's risks; it has none above High, and Informational is no finding. */
const risks: Readonly<Record<string, Severity>> = { "3": "HIGH", "2": "MEDIUM", "1": "LOW" };

export function findingsOfZap({ site }: z.infer<typeof zapReport>): Finding[] {
  return site.flatMap((scanned) =>
    scanned.alerts
      .filter(({ riskcode }) => riskcode !== "0")
      .map((alert) => ({
        id: `ZAP-${alert.pluginid}`,
        severity: risks[alert.riskcode] ?? "UNKNOWN",
        subject: alert.instances?.[0]?.uri ?? scanned["@name"],
        target: scanned["@name"],
        title: alert.name,
        fixable: true,
        ...(alert.solution !== undefined && {
          fix: alert.solution.replace(/<[^>]+>/g, " ").trim(),
        }),
        scanner: "OWASP ZAP",
      })),
  );
}
