import { awsFoundational } from "../shared/frameworks";
import { snapshot, unknownValue } from "../shared/known";
import { onResource, resourceRule } from "../shared/rule";
import { valueAt } from "../shared/tree";

interface Settings {
  /** Minors of Kubernetes that are in standard support. */
  versions: string[];
  /** What EKS does when standard support ends: STANDARD upgrades, EXTENDED bills six times the price. */
  supportTypes: string[];
}

export const resilienceEksVersion = resourceRule<Settings>({
  name: "resilience-eks-version",
  description:
    "Clusters, nodes and add-ons run pinned versions, of a Kubernetes that is in standard support.",
  reach: "production",
  severity: "high",
  framework: awsFoundational("EKS.2", "EKS clusters should run on a supported Kubernetes version"),
  tags: ["fsbp:EKS.2", "ckv:CKV_AWS_339"],
  remediationSteps:
    "Upgrade by one minor, then the add-ons and the nodes; write every version out.",
  url: "https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html",
  settings: {
    versions: { type: "array", items: { type: "string" }, default: ["1.35", "1.36"] },
    supportTypes: { type: "array", items: { type: "string" }, default: ["STANDARD"] },
  },
  checks: [
    onResource(["aws:eks/cluster:Cluster"], ({ props, settings, report }) => {
      versionProblems(
        snapshot(() => props["version"]),
        settings,
      ).forEach(report);
      const support = valueAt(
        { policy: snapshot(() => props["upgradePolicy"]) },
        "policy",
        "supportType",
      );
      // EKS's own default is EXTENDED.
      if (
        support !== unknownValue &&
        !settings.supportTypes.some((type) => type === (support ?? "EXTENDED"))
      )
        report(`upgradePolicy.supportType: is not ${settings.supportTypes.join(" or ")}`);
    }),
    onResource(["aws:eks/nodeGroup:NodeGroup"], ({ props, settings, report }) => {
      versionProblems(
        snapshot(() => props["version"]),
        settings,
      ).forEach(report);
    }),
    onResource(["aws:eks/addon:Addon"], ({ props, report }) => {
      if (snapshot(() => props["addonVersion"]) === undefined)
        report("addonVersion: is missing, so the newest is taken");
    }),
  ],
});

function versionProblems(version: unknown, { versions }: Settings): string[] {
  if (version === unknownValue) return [];
  if (version === undefined) return ["version: is missing, so the newest is taken"];
  if (typeof version !== "string" || versions.includes(version)) return [];
  return [`version: is ${version}, need one of ${versions.join(", ")}`];
}
