import { onAllowedStatement, shortList } from "../shared/identity-policies";
import { isBoundBy, reachesEverything } from "../shared/iam-document";
import { matchesWildcard } from "../shared/pattern";
import { resourceRule } from "../shared/rule";
import { unscopableActions } from "../shared/unscopable-actions";

interface Settings {
  /** More actions (patterns) that take no resource but `*`. */
  alsoUnscopable: string[];
  /** Condition keys (patterns) that narrow a statement to marked resources. */
  scopedBy: string[];
}

export const iamNoStarResource = resourceRule<Settings>({
  name: "iam-no-star-resource",
  description: "Actions that can be scoped to resources are; `*` is for those that cannot.",
  reach: "everywhere",
  severity: "high",
  tags: ["ckv:CKV_AWS_356", "ckv:CKV_AWS_290", "ckv:CKV_AWS_355"],
  remediationSteps:
    "Name the resources by ARN, or add a condition on their tags; keep `*` in a statement of its own for the actions that take nothing else.",
  url: "https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html",
  settings: {
    alsoUnscopable: { type: "array", items: { type: "string" }, default: [] },
    scopedBy: {
      type: "array",
      items: { type: "string" },
      default: [
        "*:ResourceTag/*",
        "aws:ResourceAccount",
        "aws:ResourceOrgID",
        "ec2:Vpc",
        "arc-zonal-shift:ResourceIdentifier",
        // A service has one service-linked role in an account.
        "iam:AWSServiceName",
      ],
    },
  },
  checks: [
    onAllowedStatement((statement, report, { alsoUnscopable, scopedBy }) => {
      const star = (resource: string) => /^\*+$/.test(resource);
      if (!reachesEverything(statement, star) || statement.incomplete) return;
      if (isBoundBy(statement, scopedBy)) return;
      const unscopable = [...unscopableActions, ...alsoUnscopable];
      // A listed pattern that matches a pattern as text covers everything that the latter can mean.
      const scopable = statement.actions.filter(
        (action) => !unscopable.some((pattern) => matchesWildcard(pattern, action)),
      );
      if (statement.notActions.length > 0)
        report("allows all but a list of actions on every resource");
      else if (scopable.length > 0)
        report(`every resource for actions that can be scoped: ${shortList(scopable)}`);
    }),
  ],
});
