import { cisEks } from "../shared/frameworks";
import { isTree } from "../shared/is-tree";
import { known, snapshot, unknownValue } from "../shared/known";
import { onResource, resourceRule } from "../shared/rule";

export const networkCniPolicy = resourceRule({
  name: "network-cni-policy",
  description: "The VPC CNI enforces network policies: without it they are accepted and ignored.",
  reach: "everywhere",
  severity: "medium",
  framework: cisEks("4.3.1", "Ensure CNI plugin supports network policies"),
  tags: ["cis-eks:4.3.1", "cis-eks:5.4.4"],
  remediationSteps: 'Set enableNetworkPolicy to "true" in the configurationValues of vpc-cni.',
  url: "https://docs.aws.amazon.com/eks/latest/userguide/cni-network-policy.html",
  settings: {},
  checks: [
    onResource(["aws:eks/addon:Addon"], ({ props, report }) => {
      if (known(() => props["addonName"]) !== "vpc-cni") return;
      const values = snapshot(() => props["configurationValues"]);
      if (values === unknownValue) return;
      if (String(setting(values)) !== "true")
        report('configurationValues.enableNetworkPolicy: is not "true"');
    }),
  ],
});

function setting(values: unknown): unknown {
  if (typeof values !== "string") return undefined;
  try {
    const parsed: unknown = JSON.parse(values);
    return isTree(parsed) ? parsed["enableNetworkPolicy"] : undefined;
  } catch {
    // EKS takes YAML as well.
    return /^enableNetworkPolicy:\s*["']?(\w+)/m.exec(values)?.[1];
  }
}
