import { costSpot } from "../../policy/rules/cost-spot";
import { unknownText } from "../support/check-policy";
import { describeRule } from "./rule-table";

const group = "aws:eks/nodeGroup:NodeGroup";
const nodePool = "kubernetes:karpenter.sh/v1:NodePool";
const taints = [{ key: "workload", value: "spot", effect: "NO_SCHEDULE" }];
const three = ["m6i.large", "m6a.large", "m5.large"];
const requirement = (key: string, ...values: string[]) => ({ key, operator: "In", values });
const pool = (...requirements: object[]) => ({ spec: { template: { spec: { requirements } } } });
const spot = requirement("karpenter.sh/capacity-type", "spot");
const workload = (tier: string, spec: object) => ({
  spec: { template: { metadata: { labels: { "auterity.io/tier": tier } }, spec } },
});
const tolerating = { tolerations: [{ key: "workload", operator: "Equal", value: "spot" }] };
const deployment = "kubernetes:apps/v1:Deployment";
const critical = ["spec.template.spec: is critical and may be placed on Spot"];

describeRule(costSpot, [
  [
    "three types with a taint pass",
    group,
    { capacityType: "SPOT", instanceTypes: three, taints },
    [],
  ],
  [
    "one type without a taint is reported",
    group,
    { capacityType: "SPOT", instanceTypes: ["m6i.large"] },
    [
      "instanceTypes: are 1 for Spot, need 3 or more",
      "taints: are missing, so that anything lands on Spot",
    ],
  ],
  [
    "On-Demand nodes may have one",
    group,
    { capacityType: "ON_DEMAND", instanceTypes: ["m6i.large"] },
    [],
  ],
  [
    "types that a preview does not know pass",
    group,
    { capacityType: "SPOT", instanceTypes: unknownText, taints: unknownText },
    [],
  ],
  [
    "a pool is judged the same",
    nodePool,
    pool(spot, requirement("node.kubernetes.io/instance-type", "m6i.large")),
    [
      "spec.template.spec.requirements: names 1 instance types for Spot, need 3 or more",
      "spec.template.spec.taints: are missing, so that anything lands on Spot",
    ],
  ],
  [
    "a pool of On-Demand nodes is not",
    nodePool,
    pool(requirement("karpenter.sh/capacity-type", "on-demand")),
    [],
  ],
  ["what is critical stays off Spot", deployment, workload("critical", {}), []],
  ["by its tolerations", deployment, workload("critical", tolerating), critical],
  [
    "by its selector",
    deployment,
    workload("critical", { nodeSelector: { workload: "spot" } }),
    critical,
  ],
  [
    "by tolerating whatever the key says",
    deployment,
    workload("critical", { tolerations: [{ key: "workload", operator: "Exists" }] }),
    critical,
  ],
  ["what is not critical may be there", deployment, workload("standard", tolerating), []],
]);
