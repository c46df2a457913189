import { snapshot } from "../shared/known";
import { onResource, resourceRule } from "../shared/rule";
import {
  coversEveryPort,
  groupType,
  reachesEverybody,
  rulesOf,
  standaloneTypes,
} from "../shared/security-groups";

export const networkNoOpenEgress = resourceRule({
  name: "network-no-open-egress",
  description: "No security group lets every port of every address be reached.",
  reach: "production",
  severity: "high",
  tags: ["ckv:CKV_AWS_382", "trivy:AWS-0104"],
  remediationSteps: "Name the ports, and the ranges or groups behind them, that are really needed.",
  url: "https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html",
  settings: {},
  checks: [
    onResource([...standaloneTypes, groupType], ({ type, props, report }) => {
      for (const { path, rule } of rulesOf("egress", type, (key) => snapshot(() => props[key])))
        if (reachesEverybody(rule) && !rule.open && coversEveryPort(rule))
          report(`${path}every port of every address may be reached`);
    }),
  ],
});
