import { workloadNoToken } from "../../policy/rules/workload-no-token";
import { describeRule } from "./rule-table";
import { deployment } from "./fixtures";
import { workload } from "./workload-fixtures";

const account = "kubernetes:core/v1:ServiceAccount";
const metadata = { name: "api", namespace: "app" };

describeRule(workloadNoToken, [
  ["a pod without a token passes", deployment, workload(), []],
  [
    "a pod that says nothing is reported",
    deployment,
    workload({ pod: { automountServiceAccountToken: undefined } }),
    ["spec.template.spec.automountServiceAccountToken: is not false"],
  ],
  [
    "an account without a token passes",
    account,
    { metadata, automountServiceAccountToken: false },
    [],
  ],
  [
    "an account that says nothing is reported",
    account,
    { metadata },
    ["automountServiceAccountToken: is not false"],
  ],
  [
    "who calls the Kubernetes API is listed, by account",
    account,
    { metadata },
    [],
    { settings: { accounts: ["app/api"] } },
  ],
  [
    "and by its pods",
    deployment,
    workload({ pod: { automountServiceAccountToken: true } }),
    [],
    { settings: { accounts: ["app/*"] } },
  ],
  [
    "another namespace's account of that name is not",
    account,
    { metadata: { ...metadata, namespace: "other" } },
    ["automountServiceAccountToken: is not false"],
    { settings: { accounts: ["app/api"] } },
  ],
]);
