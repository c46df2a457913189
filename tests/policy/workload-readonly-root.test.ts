import { workloadReadonlyRoot } from "../../policy/rules/workload-readonly-root";
import { describeRule } from "./rule-table";
import { deployment } from "./fixtures";
import { workload } from "./workload-fixtures";

const path =
  "spec.template.spec.containers[api].securityContext.readOnlyRootFilesystem: is not true";

describeRule(workloadReadonlyRoot, [
  ["a read-only root passes", deployment, workload(), []],
  ["nothing set is reported", deployment, workload({ container: { securityContext: {} } }), [path]],
  [
    "a root that is written to is reported, in a CronJob as well",
    "kubernetes:batch/v1:CronJob",
    {
      spec: {
        jobTemplate: {
          spec: workload({ container: { securityContext: { readOnlyRootFilesystem: false } } })
            .spec,
        },
      },
    },
    [
      "spec.jobTemplate.spec.template.spec.containers[api].securityContext.readOnlyRootFilesystem: is not true",
    ],
  ],
  [
    "a namespace that is exempt passes",
    deployment,
    workload({ container: { securityContext: {} } }),
    [],
    { settings: { exemptNamespaces: ["app"] } },
  ],
]);
