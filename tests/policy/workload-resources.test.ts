import { workloadResources } from "../../policy/rules/workload-resources";
import { describeRule } from "./rule-table";
import { deployment } from "./fixtures";
import { workload } from "./workload-fixtures";

const at = "spec.template.spec.containers[api].resources";

describeRule(workloadResources, [
  ["requests and a limit of memory pass", deployment, workload(), []],
  [
    "nothing is reported thrice",
    deployment,
    workload({ container: { resources: {} } }),
    [
      `${at}.requests.cpu: is missing`,
      `${at}.requests.memory: is missing`,
      `${at}.limits.memory: is missing`,
    ],
  ],
  [
    "a limit of CPU is asked for where the setting says so",
    deployment,
    workload(),
    [`${at}.limits.cpu: is missing`],
    { settings: { cpuLimit: true } },
  ],
  [
    "one budget for the whole pod is enough",
    deployment,
    workload({
      pod: { resources: { requests: { cpu: 1, memory: "1Gi" }, limits: { memory: "1Gi" } } },
      container: { resources: undefined },
    }),
    [],
  ],
]);
