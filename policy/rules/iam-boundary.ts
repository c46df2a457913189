import type * as aws from "@pulumi/aws";
import { known, unknownValue } from "../shared/known";
import { matchesSegments } from "../shared/pattern";
import { onType, resourceRule } from "../shared/rule";

interface Settings {
  /** ARNs (patterns) of the boundaries to choose from; empty accepts any. */
  boundaries: string[];
}

export const iamBoundary = resourceRule<Settings>({
  name: "iam-boundary",
  description: "Every role has a permissions boundary.",
  reach: "production",
  severity: "medium",
  tags: ["well-architected:SEC03-BP05"],
  remediationSteps: "Set permissionsBoundary to the ARN of the environment's boundary policy.",
  url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html",
  settings: { boundaries: { type: "array", items: { type: "string" }, default: [] } },
  checks: [
    onType<aws.iam.RoleArgs, Settings>("aws:iam/role:Role", (role, { settings, report }) => {
      const boundary = known(() => role.permissionsBoundary, unknownValue);
      if (boundary === unknownValue) return;
      if (boundary === undefined || boundary === "") report("permissionsBoundary is not set");
      else if (
        settings.boundaries.length > 0 &&
        !settings.boundaries.some((pattern) => matchesSegments(pattern, boundary))
      )
        report("permissionsBoundary is none of the allowed boundaries");
    }),
  ],
});
