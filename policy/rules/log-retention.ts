import { known } from "../shared/known";
import { matchesWildcard } from "../shared/pattern";
import { onResource, resourceRule } from "../shared/rule";

interface Settings {
  /** Names (patterns) of log groups that say who did what. */
  auditGroups: string[];
  /** They are kept at least so long, in days. */
  auditDays: number;
  /** And all others at most so long. */
  mostDays: number;
}

export const logRetention = resourceRule<Settings>({
  name: "log-retention",
  description:
    "A log group says for how long it keeps what is written: what tells who did what for `auditDays` at least, the rest for `mostDays` at most.",
  reach: "production",
  severity: "medium",
  tags: ["securityhub:CloudWatch.16", "ckv:CKV_AWS_66", "ckv:CKV_AWS_338"],
  remediationSteps: "Set retentionInDays.",
  url: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/Working-with-log-groups-and-streams.html",
  settings: {
    auditGroups: {
      type: "array",
      items: { type: "string" },
      default: ["/aws/eks/*/cluster", "*cloudtrail*", "/aws/vendedlogs/*"],
    },
    auditDays: { type: "number", default: 365 },
    mostDays: { type: "number", default: 400 },
  },
  checks: [
    onResource<Settings>(["aws:cloudwatch/logGroup:LogGroup"], ({ props, settings, report }) => {
      const days = known((): unknown => props["retentionInDays"], "unknown");
      if (days === "unknown") return;
      // 0 is how CloudWatch spells for ever.
      if (typeof days !== "number" || days === 0) {
        report("retentionInDays: is missing, so that everything is kept for ever");
        return;
      }
      const name = known((): unknown => props["name"]);
      const isAudit =
        typeof name === "string" &&
        settings.auditGroups.some((pattern) => matchesWildcard(pattern, name));
      if (isAudit && days < settings.auditDays)
        report(
          `retentionInDays: is ${days}, need ${settings.auditDays} or more of what tells who did what`,
        );
      if (!isAudit && days > settings.mostDays)
        report(`retentionInDays: is ${days}, need ${settings.mostDays} at most`);
    }),
  ],
});
