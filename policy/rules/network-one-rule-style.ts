import type { PolicyResource } from "@pulumi/policy";
import { known, snapshot } from "../shared/known";
import { stackRule } from "../shared/rule";
import {
  type SecurityGroupRule,
  groupType,
  newerRuleTypes,
  olderRuleType,
  rulesOf,
  standaloneTypes,
} from "../shared/security-groups";

const directions = ["ingress", "egress"] as const;

export const networkOneRuleStyle = stackRule({
  name: "network-one-rule-style",
  description:
    "A security group has its rules inside of it, or as resources of one kind: never both.",
  reach: "everywhere",
  severity: "medium",
  tags: ["awsguard:security-group-no-rule-management-conflicts"],
  remediationSteps:
    "Move the rules of the group's own ingress and egress into SecurityGroupIngressRule and SecurityGroupEgressRule.",
  url: "https://www.pulumi.com/registry/packages/aws/api-docs/ec2/securitygroup/",
  settings: {},
  types: [groupType],
  check: ({ graph, report }) => {
    const separate = graph.ofType(...standaloneTypes);
    for (const group of graph.ofType(groupType)) {
      const mine = separate.filter((rule) =>
        graph.referents(rule, "securityGroupId", groupType)?.includes(group),
      );
      const kinds = new Set(mine.map(({ type }) => type === olderRuleType));
      if (kinds.size > 1)
        report(
          "its rules are SecurityGroupRule and the newer kinds, which undo each other",
          group.urn,
        );
      for (const direction of directions)
        if (mine.length > 0 && hasOwn(group, mine, direction))
          report(
            `${direction}: has rules, beside rules that are resources, and each undoes the other`,
            group.urn,
          );
    }
  },
});

/** A refresh reads the separate rules into the group: only what none of them says is the group's own. */
function hasOwn(
  group: PolicyResource,
  separate: readonly PolicyResource[],
  direction: (typeof directions)[number],
): boolean {
  const said = separate
    .filter((rule) => isOf(direction, rule))
    .flatMap((rule) => rulesIn(direction, rule));
  // A rule between groups names no range: it cannot be told from another of the same ports.
  const spelled = new Set(said.flatMap(({ rule }) => spell(rule)));
  return rulesIn(direction, group).some(
    ({ rule }) => !rule.open && spell(rule).some((text) => !spelled.has(text)),
  );
}

function isOf(direction: (typeof directions)[number], { type, props }: PolicyResource): boolean {
  return (
    type === newerRuleTypes[direction] ||
    (type === olderRuleType && known((): unknown => props["type"], direction) === direction)
  );
}

function rulesIn(direction: (typeof directions)[number], { type, props }: PolicyResource) {
  return rulesOf(direction, type, (key) => snapshot((): unknown => props[key]));
}

function spell({ protocol, from, to, ranges }: SecurityGroupRule): string[] {
  const ports = protocol === "-1" ? "all" : `${protocol} ${from} ${to}`;
  return (ranges.length === 0 ? ["group"] : ranges).map((range) => `${ports} ${range}`);
}
