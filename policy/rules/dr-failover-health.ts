import type { PolicyResource } from "@pulumi/policy";
import { known, snapshot, unknownValue } from "../shared/known";
import { matchesWildcard } from "../shared/pattern";
import { stackRule } from "../shared/rule";
import { valueAt } from "../shared/tree";

const recordType = "aws:route53/record:Record";

interface Settings {
  /** Patterns of the Pulumi names of records whose other half stands in another program, as it has to where that is another region's. */
  pairedElsewhere: string[];
}

export const drFailoverHealth = stackRule<Settings>({
  name: "dr-failover-health",
  description:
    "A primary failover record has a health check by which it is left, and a secondary to go to.",
  reach: "production",
  severity: "medium",
  tags: ["house:failover"],
  remediationSteps:
    "Give the primary a healthCheckId, or an alias that evaluates its target's health, and add the secondary.",
  url: "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-failover-configuring.html",
  settings: { pairedElsewhere: { type: "array", items: { type: "string" }, default: [] } },
  types: [recordType],
  check: ({ graph, settings: { pairedElsewhere }, report }) => {
    const records = graph.ofType(recordType).map((record) => ({
      record,
      key: ["zoneId", "name", "type"].map((key) => textOf(record, key)).join(" "),
      role: roleOf(record),
    }));
    for (const { record, key, role } of records) {
      if (role !== "PRIMARY" && role !== "SECONDARY") continue;
      if (role === "PRIMARY" && !isWatched(record))
        report("healthCheckId: is missing, so that nobody ever leaves it", record.urn);
      const isElsewhere = pairedElsewhere.some((pattern) => matchesWildcard(pattern, record.name));
      if (role === "SECONDARY" && isElsewhere && !isWatched(record))
        report(
          "healthCheckId: is missing, so that people are sent to it whatever it serves",
          record.urn,
        );
      const other = role === "PRIMARY" ? "SECONDARY" : "PRIMARY";
      const paired = records.some((one) => one.key === key && one.role === other);
      if (!paired && !isElsewhere && !key.includes("?"))
        report(`there is no ${other.toLowerCase()} record of its name`, record.urn);
    }
  },
});

/** "?" for what a preview does not know. */
function textOf({ props }: PolicyResource, key: string): string {
  const value = known((): unknown => props[key], unknownValue);
  return value === unknownValue ? "?" : String(value);
}

function roleOf({ props }: PolicyResource): unknown {
  const policies = snapshot((): unknown => props["failoverRoutingPolicies"]);
  return Array.isArray(policies) ? valueAt(policies[0], "type") : undefined;
}

function isWatched({ props }: PolicyResource): boolean {
  if (known((): unknown => props["healthCheckId"], unknownValue) !== undefined) return true;
  const aliases = snapshot((): unknown => props["aliases"]);
  return (
    aliases === unknownValue ||
    (Array.isArray(aliases) &&
      aliases.some((alias) => valueAt(alias, "evaluateTargetHealth") === true))
  );
}
