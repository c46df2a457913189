import { workloadProbes } from "../../policy/rules/workload-probes";
import { describeRule } from "./rule-table";
import { deployment } from "./fixtures";
import { workload } from "./workload-fixtures";

const at = "spec.template.spec.containers[api]";
const health = { httpGet: { path: "/health", port: "http" } };

describeRule(workloadProbes, [
  ["two different checks pass", deployment, workload(), []],
  [
    "a container that listens and has none is reported",
    deployment,
    workload({ container: { readinessProbe: undefined, livenessProbe: undefined } }),
    [`${at}: has no readinessProbe`, `${at}: has no livenessProbe`],
  ],
  [
    "one that nobody connects to needs none",
    deployment,
    workload({ container: { ports: [], readinessProbe: undefined, livenessProbe: undefined } }),
    [],
  ],
  [
    "one question for both is reported",
    deployment,
    workload({ container: { readinessProbe: health, livenessProbe: health } }),
    [`${at}.livenessProbe: asks what the readinessProbe asks`],
  ],
  [
    "two looks at an open port pass",
    deployment,
    workload({
      container: {
        readinessProbe: { tcpSocket: { port: 1 } },
        livenessProbe: { tcpSocket: { port: 1 } },
      },
    }),
    [],
  ],
  [
    "death as a question of dependencies is reported",
    deployment,
    workload({
      container: {
        readinessProbe: health,
        livenessProbe: { httpGet: { path: "/health/ready", port: "http" } },
      },
    }),
    [`${at}.livenessProbe: asks /health/ready, which looks at dependencies`],
  ],
  [
    "the paths that look at dependencies are a setting",
    deployment,
    workload({ container: { readinessProbe: { tcpSocket: { port: 1 } }, livenessProbe: health } }),
    [`${at}.livenessProbe: asks /health, which looks at dependencies`],
    { settings: { dependencyPaths: ["/health"] } },
  ],
]);
