/** From worst to least; what a scanner does not grade is UNKNOWN. */
export const severities = ["CRITICAL", "HIGH", "MEDIUM", "LOW", "UNKNOWN"] as const;
export type Severity = (typeof severities)[number];

/** One thing that a scanner found in one place. */
export interface Finding {
  /** Of the vulnerability or rule, such as CVE-2026-86831. */
  readonly id: string;
  readonly severity: Severity;
  /** What is affected: a package with its version, a file, an address. */
  readonly subject: string;
  /** Where: an image, a lock file, a site. */
  readonly target: string;
  readonly title: string;
  /** True if somebody has published what mends it, or the mending is ours. */
  readonly fixable: boolean;
  /** What to do, where the scanner says it. */
  readonly fix?: string;
  readonly scanner: string;
}

/** The same finding next week: neither a new version that is affected too nor a new tag starts a new term. */
export function identityOf({ id, target, subject }: Finding): string {
  return [id, withoutVersion(target), subject.replace(/ .*$/, "")].join("|");
}

function withoutVersion(target: string): string {
  return target.replace(/@sha256:[0-9a-f]+/, "").replace(/:[\w][\w.-]*(?= |$)/, "");
}

export function asSeverity(text: string): Severity {
  const upper = text.toUpperCase();
  if (upper === "MODERATE") return "MEDIUM";
  return severities.find((severity) => severity === upper) ?? "UNKNOWN";
}
