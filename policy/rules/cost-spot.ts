import { awsFoundational } from "../shared/frameworks";
import { nodePoolType } from "../shared/instance-type-settings";
import { snapshot, unknownValue } from "../shared/known";
import { podOwners, podsOf } from "../shared/pods";
import { onResource, resourceRule } from "../shared/rule";
import { listAt, textAt, textsAt, valueAt } from "../shared/tree";
import { carriesOne } from "../shared/workloads";

interface Settings {
  /** Fewest instance types of Spot nodes: one of them alone runs out. */
  fewestTypes: number;
  /** Taint of Spot nodes, as key=value: who tolerates it may be placed there. */
  spotTaint: string;
  /** KEY=VALUE of what may not lose its node with two minutes' notice. */
  criticalLabels: string[];
}

export const costSpot = resourceRule<Settings>({
  name: "cost-spot",
  description:
    "Spot nodes have types to choose from and a taint, and nothing critical is placed on them.",
  reach: "production",
  severity: "medium",
  framework: awsFoundational(
    "AutoScaling.6",
    "Auto Scaling groups should use multiple instance types in multiple Availability Zones",
  ),
  tags: ["fsbp:AutoScaling.6", "eks-bpg:cost-optimization"],
  remediationSteps:
    "Name three types or more of one size, taint the nodes, and tolerate the taint only where a lost node hurts nobody.",
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/autoscaling-controls.html#autoscaling-6",
  settings: {
    fewestTypes: { type: "number", default: 3 },
    spotTaint: { type: "string", default: "workload=spot" },
    criticalLabels: {
      type: "array",
      items: { type: "string" },
      default: ["auterity.io/tier=critical"],
    },
  },
  checks: [
    onResource<Settings>(
      ["aws:eks/nodeGroup:NodeGroup"],
      ({ props, settings: { fewestTypes }, report }) => {
        if (snapshot((): unknown => props["capacityType"]) !== "SPOT") return;
        const types = snapshot((): unknown => props["instanceTypes"]);
        const count = Array.isArray(types) ? types.length : 0;
        if (types !== unknownValue && count < fewestTypes)
          report(`instanceTypes: are ${count} for Spot, need ${fewestTypes} or more`);
        const taints = snapshot((): unknown => props["taints"]);
        if (taints !== unknownValue && (!Array.isArray(taints) || taints.length === 0))
          report("taints: are missing, so that anything lands on Spot");
      },
    ),
    onResource<Settings>([nodePoolType], ({ props, settings: { fewestTypes }, report }) => {
      const pool = valueAt(
        snapshot((): unknown => props["spec"]),
        ...["template", "spec"],
      );
      const valuesOf = (key: string): string[] =>
        listAt(pool, "requirements")
          .filter((one) => textAt(one, "key") === key)
          .flatMap((one) => textsAt(one, "values"));
      if (!valuesOf("karpenter.sh/capacity-type").includes("spot")) return;
      const types = valuesOf("node.kubernetes.io/instance-type");
      if (types.length > 0 && types.length < fewestTypes)
        report(
          `spec.template.spec.requirements: names ${types.length} instance types for Spot, need ${fewestTypes} or more`,
        );
      const taints = valueAt(pool, "taints");
      if (taints !== unknownValue && listAt(pool, "taints").length === 0)
        report("spec.template.spec.taints: are missing, so that anything lands on Spot");
    }),
    onResource<Settings>(podOwners, ({ type, props, settings, report }) => {
      const [key = "", value = ""] = settings.spotTaint.split("=");
      for (const { path, metadata, spec } of podsOf(type, props)) {
        if (!carriesOne(settings.criticalLabels, valueAt(metadata, "labels"))) continue;
        const tolerates = listAt(spec, "tolerations").some(
          (toleration) =>
            textAt(toleration, "key") === key &&
            (textAt(toleration, "operator") === "Exists" || textAt(toleration, "value") === value),
        );
        if (tolerates || textAt(spec, "nodeSelector", key) === value)
          report(`${path}: is critical and may be placed on Spot`);
      }
    }),
  ],
});
