import { secretFiles } from "../../policy/rules/secret-files";
import { deployment, deploymentOf } from "./fixtures";
import { describeRule } from "./rule-table";

const pod = (container: object, namespace = "app") => ({
  metadata: { namespace },
  spec: { template: { spec: { containers: [{ name: "api", ...container }] } } },
});
const fromSecret = {
  env: [{ name: "KEY", valueFrom: { secretKeyRef: { name: "keys", key: "KEY" } } }],
};
const reported = "spec.template.spec.containers[api]: reads a Secret into its environment";

describeRule(secretFiles, [
  ["a variable from a Secret is reported", deployment, pod(fromSecret), [reported]],
  [
    "all variables of a Secret at once are reported",
    deployment,
    pod({ envFrom: [{ secretRef: { name: "keys" } }] }),
    [reported],
  ],
  [
    "variables of the pod's own and of ConfigMaps pass",
    deployment,
    pod({
      env: [{ name: "ZONE", valueFrom: { fieldRef: { fieldPath: "metadata.name" } } }],
      envFrom: [{ configMapRef: { name: "settings" } }],
    }),
    [],
  ],
  ["no variables pass", deployment, deploymentOf("nginx:1"), []],
  [
    "a namespace whose services read the environment can be listed",
    deployment,
    pod(fromSecret),
    [],
    { settings: { environmentNamespaces: ["app"] } },
  ],
  [
    "which excuses no other",
    deployment,
    pod(fromSecret, "web"),
    [reported],
    { settings: { environmentNamespaces: ["app"] } },
  ],
]);
