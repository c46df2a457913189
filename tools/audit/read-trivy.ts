import { z } from "zod";
import { asSeverity, type Finding } from "./finding";

const list = <T extends z.ZodType>(item: T) => z.array(item).nullish();

/** @see https://trivy.dev/latest/docs/configuration/reporting/#json */
export const trivyReport = z.object({
  SchemaVersion: z.number(),
  ArtifactName: z.string(),
  Results: list(
    z.object({
      Target: z.string(),
      Vulnerabilities: list(
        z.object({
          VulnerabilityID: z.string(),
          PkgName: z.string(),
          InstalledVersion: z.string().optional(),
          FixedVersion: z.string().optional(),
          Severity: z.string().optional(),
          Title: z.string().optional(),
        }),
      ),
      Misconfigurations: list(
        z.object({
          ID: z.string(),
          Title: z.string().optional(),
          Severity: z.string().optional(),
          Resolution: z.string().optional(),
          Status: z.string().optional(),
        }),
      ),
      Secrets: list(
        z.object({
          RuleID: z.string(),
          Title: z.string().optional(),
          Severity: z.string().optional(),
          StartLine: z.number().optional(),
        }),
      ),
    }),
  ),
});

type TrivyReport = z.infer<typeof trivyReport>;
type TrivyResult = NonNullable<TrivyReport["Results"]>[number];

export function findingsOfTrivy({ ArtifactName, Results }: TrivyReport): Finding[] {
  return (Results ?? []).flatMap((result) => [
    ...vulnerabilities(ArtifactName, result),
    ...misconfigurations(result),
    ...secrets(result),
  ]);
}

function vulnerabilities(artifact: string, { Vulnerabilities }: TrivyResult): Finding[] {
  return (Vulnerabilities ?? []).map((found) => ({
    id: found.VulnerabilityID,
    severity: asSeverity(found.Severity ?? ""),
    subject: [found.PkgName, found.InstalledVersion].filter(Boolean).join(" "),
    target: artifact,
    title: found.Title ?? found.VulnerabilityID,
    fixable: (found.FixedVersion ?? "") !== "",
    ...((found.FixedVersion ?? "") !== "" && { fix: `update to ${found.FixedVersion ?? ""}` }),
    scanner: "Trivy",
  }));
}

function misconfigurations({ Target, Misconfigurations }: TrivyResult): Finding[] {
  return (Misconfigurations ?? [])
    .filter(({ Status }) => Status !== "PASS")
    .map((found) => ({
      id: found.ID,
      severity: asSeverity(found.Severity ?? ""),
      subject: Target,
      target: "configuration",
      title: found.Title ?? found.ID,
      fixable: true,
      ...(found.Resolution !== undefined && { fix: found.Resolution }),
      scanner: "Trivy",
    }));
}

/** Where it is, never what it is: the report is an issue that many read. */
function secrets({ Target, Secrets }: TrivyResult): Finding[] {
  return (Secrets ?? []).map((found) => ({
    id: found.RuleID,
    severity: asSeverity(found.Severity ?? ""),
    subject: `${Target}:${found.StartLine ?? 0}`,
    target: "secrets",
    title: found.Title ?? found.RuleID,
    fixable: true,
    fix: "revoke it, then remove it",
    scanner: "Trivy",
  }));
}
