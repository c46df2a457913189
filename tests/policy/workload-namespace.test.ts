import { workloadNamespace } from "../../policy/rules/workload-namespace";
import { describeRule } from "./rule-table";
import { deployment, release } from "./fixtures";
import { workload } from "./workload-fixtures";

const policy = "kubernetes:networking.k8s.io/v1:NetworkPolicy";
const settings = { allowed: ["kube-system/aws-load-balancer-controller"] };

describeRule(workloadNamespace, [
  ["a namespace of its own passes", deployment, workload(), []],
  [
    "none is the default, and reported",
    deployment,
    workload({ metadata: { namespace: undefined } }),
    ["stands in the namespace default"],
  ],
  [
    "Kubernetes' own is reported",
    policy,
    { metadata: { name: "x", namespace: "kube-system" } },
    ["stands in the namespace kube-system"],
  ],
  [
    "what belongs there is listed",
    policy,
    { metadata: { name: "aws-load-balancer-controller", namespace: "kube-system" } },
    [],
    { settings },
  ],
  [
    "a chart without a namespace is reported",
    release,
    { chart: "x" },
    ["stands in the namespace default"],
  ],
  [
    "a chart that belongs there is listed by its release",
    release,
    { name: "aws-load-balancer-controller", namespace: "kube-system" },
    [],
    { settings },
  ],
]);
