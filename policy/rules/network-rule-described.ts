import { known, snapshot } from "../shared/known";
import { onResource, resourceRule } from "../shared/rule";
import { groupType, rulesOf, standaloneTypes } from "../shared/security-groups";
import { listAt, valueAt } from "../shared/tree";

/** What the provider writes where nobody says anything. */
const nothingSaid: readonly unknown[] = [
  undefined,
  "",
  "Managed by Pulumi",
  "Managed by Terraform",
];

export const networkRuleDescribed = resourceRule({
  name: "network-rule-described",
  description: "Every security group, and every rule of one, says what it is for.",
  reach: "nowhere",
  severity: "low",
  tags: ["ckv:CKV_AWS_23", "trivy:AWS-0099", "trivy:AWS-0124"],
  remediationSteps: "Write into `description` who connects to what.",
  url: "https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html",
  settings: {},
  checks: [
    onResource([...standaloneTypes, groupType], ({ type, props, report }) => {
      if (nothingSaid.includes(known(() => props["description"], "unknown")))
        report("description: says nothing");
      if (type !== groupType) return;
      for (const direction of ["ingress", "egress"] as const) {
        const rules = { rules: snapshot(() => props[direction]) };
        const places = rulesOf(direction, type, (key) => snapshot(() => props[key]));
        listAt(rules, "rules").forEach((rule, index) => {
          if (nothingSaid.includes(valueAt(rule, "description")))
            report(`${places[index]?.path ?? ""}description: says nothing`);
        });
      }
    }),
  ],
});
