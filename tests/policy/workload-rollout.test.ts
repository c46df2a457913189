import { workloadRollout } from "../../policy/rules/workload-rollout";
import { describeRule } from "./rule-table";
import { deployment } from "./fixtures";
import { workload } from "./workload-fixtures";

const rolling = (maxUnavailable: number | string) => ({
  strategy: { type: "RollingUpdate", rollingUpdate: { maxUnavailable } },
});
const pausing = { lifecycle: { preStop: { sleep: { seconds: 30 } } } };

describeRule(workloadRollout, [
  ["a quarter at a time passes", deployment, workload({ spec: rolling("25%") }), []],
  [
    "a half is reported",
    deployment,
    workload({ spec: rolling("50%") }),
    ["maxUnavailable: is 50%, need 25% at most"],
  ],
  ["a number of pods is not judged", deployment, workload({ spec: rolling(1) }), []],
  [
    "nothing in between is reported",
    deployment,
    workload({ spec: { strategy: { type: "Recreate" } } }),
    ["the strategy Recreate leaves nothing running"],
  ],
  [
    "a DaemonSet that waits for people is reported",
    "kubernetes:apps/v1:DaemonSet",
    workload({ spec: { updateStrategy: { type: "OnDelete" } } }),
    ["the strategy OnDelete leaves nothing running"],
  ],
  [
    "a pause as long as the grace period is reported",
    deployment,
    workload({ container: pausing }),
    ["spec.template.spec.containers[api]: pauses 30 s before it ends, and is killed after 30 s"],
  ],
  [
    "a shorter one passes",
    deployment,
    workload({ container: pausing, pod: { terminationGracePeriodSeconds: 31 } }),
    [],
  ],
  [
    "what gives way to everything may go at once",
    deployment,
    workload({ spec: rolling("100%") }),
    [],
    { settings: { expendableLabels: ["app=api"] } },
  ],
]);
