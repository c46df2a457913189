import { workloadOwnAccount } from "../../policy/rules/workload-own-account";
import { unknownText } from "../support/check-policy";
import { describeRule } from "./rule-table";
import { deployment } from "./fixtures";
import { workload } from "./workload-fixtures";

const message = "spec.template.spec.serviceAccountName: names none, or default";

describeRule(workloadOwnAccount, [
  ["an account of its own passes", deployment, workload(), []],
  ["none is reported", deployment, workload({ pod: { serviceAccountName: undefined } }), [message]],
  [
    "default is reported",
    deployment,
    workload({ pod: { serviceAccountName: "default" } }),
    [message],
  ],
  [
    "one that a preview does not know passes",
    deployment,
    workload({ pod: { serviceAccountName: unknownText } }),
    [],
  ],
]);
