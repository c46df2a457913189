import { workloadReplicas } from "../../policy/rules/workload-replicas";
import { describeRule } from "./rule-table";
import { deployment } from "./fixtures";
import { workload } from "./workload-fixtures";

const scaled = "kubernetes:keda.sh/v1alpha1:ScaledObject";
const labels = { app: "api", tier: "critical" };

describeRule(workloadReplicas, [
  ["three replicas pass", deployment, workload(), []],
  ["two are enough", deployment, workload({ spec: { replicas: 2 } }), []],
  [
    "one is reported",
    deployment,
    workload({ spec: { replicas: 1 } }),
    ["spec.replicas: is 1, need 2 or more"],
  ],
  [
    "Kubernetes' own one is reported",
    "kubernetes:argoproj.io/v1alpha1:Rollout",
    workload({ spec: { replicas: undefined } }),
    ["spec.replicas: is 1, need 2 or more"],
  ],
  [
    "an autoscaler that goes down to none is reported",
    scaled,
    { metadata: { name: "api" }, spec: { maxReplicaCount: 9 } },
    ["spec.minReplicaCount: is 0, need 2 or more"],
  ],
  [
    "what is critical needs more",
    scaled,
    { metadata: { labels }, spec: { minReplicaCount: 2 } },
    ["spec.minReplicaCount: is 2, need 3 or more"],
    { settings: { criticalLabels: ["tier=critical"] } },
  ],
  [
    "what may rest may go down to none",
    scaled,
    { metadata: { labels: { tier: "batch" } }, spec: {} },
    [],
    { settings: { restingLabels: ["tier=batch"] } },
  ],
  [
    "the floor of a HorizontalPodAutoscaler counts",
    "kubernetes:autoscaling/v2:HorizontalPodAutoscaler",
    { spec: { minReplicas: 1 } },
    ["spec.minReplicas: is 1, need 2 or more"],
  ],
]);
