import { z } from "zod";
import type { Finding, Severity } from "./finding";

const text = z.object({ text: z.string() });

/** @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html */
export const sarifLog = z.object({
  version: z.literal("2.1.0"),
  runs: z.array(
    z.object({
      tool: z.object({
        driver: z.object({
          name: z.string(),
          rules: z
            .array(
              z.object({
                id: z.string(),
                shortDescription: text.optional(),
                properties: z.object({ "security-severity": z.string().optional() }).optional(),
              }),
            )
            .optional(),
        }),
      }),
      results: z
        .array(
          z.object({
            ruleId: z.string(),
            level: z.string().optional(),
            message: text,
            locations: z
              .array(
                z.object({
                  physicalLocation: z
                    .object({ artifactLocation: z.object({ uri: z.string() }) })
                    .optional(),
                }),
              )
              .optional(),
            fixes: z.array(z.unknown()).optional(),
          }),
        )
        .nullish(),
    }),
  ),
});

/** Trivy's own SARIF is left out: its JSON says more of the same. */
export function findingsOfSarif({ runs }: z.infer<typeof sarifLog>): Finding[] {
  return runs
    .filter(({ tool }) => tool.driver.name !== "Trivy")
    .flatMap(({ tool, results }) =>
      (results ?? []).map((result): Finding => {
        const rule = tool.driver.rules?.find(({ id }) => id === result.ruleId);
        const file = result.locations?.[0]?.physicalLocation?.artifactLocation.uri ?? "";
        return {
          id: result.ruleId,
          severity: gradeOf(rule?.properties?.["security-severity"], result.level),
          subject: file,
          target: tool.driver.name,
          title: rule?.shortDescription?.text ?? result.message.text,
          fixable: (result.fixes ?? []).length > 0,
          scanner: tool.driver.name,
        };
      }),
    );
}

/**
 * The scores of CVSS 3 in GitHub's classes; without one, the level.
 * @see https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning
 */
function gradeOf(score: string | undefined, level: string | undefined): Severity {
  const value = Number(score);
  if (score !== undefined && value > 0)
    return value >= 9 ? "CRITICAL" : value >= 7 ? "HIGH" : value >= 4 ? "MEDIUM" : "LOW";
  if (level === "error") return "HIGH";
  if (level === "warning") return "MEDIUM";
  return level === "note" ? "LOW" : "UNKNOWN";
}
