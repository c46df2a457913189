import { workloadRestricted } from "../../policy/rules/workload-restricted";
import { unknownText } from "../support/check-policy";
import { describeRule } from "./rule-table";
import { deployment } from "./fixtures";
import { goodContainer, goodPod, workload } from "./workload-fixtures";

const at = "spec.template.spec";
const inContainer = (securityContext: object) =>
  workload({
    container: { securityContext: { ...goodContainer.securityContext, ...securityContext } },
  });

describeRule(workloadRestricted, [
  ["a restricted pod passes", deployment, workload(), []],
  [
    "the network of the node is reported",
    deployment,
    workload({ pod: { hostNetwork: true, hostPID: true, hostIPC: false } }),
    [`${at}.hostNetwork: is true`, `${at}.hostPID: is true`],
  ],
  [
    "a folder of the node is reported, an emptyDir passes",
    deployment,
    workload({
      pod: {
        volumes: [
          { name: "logs", hostPath: { path: "/var/log" } },
          { name: "tmp", emptyDir: {} },
        ],
      },
    }),
    [
      `${at}.volumes[logs]: is of the kind hostPath, need one of configMap, csi, downwardAPI, emptyDir, ephemeral, persistentVolumeClaim, projected, secret`,
    ],
  ],
  [
    "a container that says nothing is reported, but for what its pod says",
    deployment,
    workload({ container: { securityContext: {} } }),
    [
      `${at}.containers[api].securityContext.allowPrivilegeEscalation: is not false`,
      `${at}.containers[api].securityContext.capabilities.drop: lacks ALL`,
    ],
  ],
  [
    "a pod that says nothing is reported",
    deployment,
    workload({ pod: { securityContext: {} } }),
    [
      `${at}.containers[api].securityContext.runAsNonRoot: is not true, nor is the pod's`,
      `${at}.containers[api].securityContext.seccompProfile: is neither RuntimeDefault nor Localhost, nor is the pod's`,
    ],
  ],
  [
    "a container's own word counts for more than its pod's",
    deployment,
    inContainer({ runAsNonRoot: false, seccompProfile: { type: "Unconfined" } }),
    [
      `${at}.containers[api].securityContext.runAsNonRoot: is not true, nor is the pod's`,
      `${at}.containers[api].securityContext.seccompProfile: is neither RuntimeDefault nor Localhost, nor is the pod's`,
    ],
  ],
  [
    "root, privileges and capabilities are reported",
    deployment,
    inContainer({
      runAsUser: 0,
      privileged: true,
      capabilities: { drop: ["ALL"], add: ["NET_ADMIN", "NET_BIND_SERVICE"] },
    }),
    [
      `${at}.containers[api].securityContext.privileged: is true`,
      `${at}.containers[api].securityContext.capabilities.add: has NET_ADMIN`,
      `${at}.containers[api].securityContext.runAsUser: is 0`,
    ],
  ],
  [
    "what the kernel is told is reported",
    deployment,
    workload({
      pod: {
        securityContext: {
          ...goodPod.securityContext,
          sysctls: [{ name: "kernel.msgmax" }, { name: "net.ipv4.tcp_syncookies" }],
          seLinuxOptions: { type: "spc_t", user: "root" },
          appArmorProfile: { type: "Unconfined" },
        },
      },
    }),
    [
      `${at}.securityContext.sysctls: sets kernel.msgmax`,
      `${at}.securityContext.seLinuxOptions.type: is spc_t`,
      `${at}.securityContext.seLinuxOptions.user: is set`,
      `${at}.securityContext.appArmorProfile.type: is Unconfined`,
    ],
  ],
  [
    "a port of the node, and a probe of somebody else, are reported",
    deployment,
    workload({
      container: {
        ports: [{ containerPort: 80, hostPort: 80 }],
        livenessProbe: { httpGet: { path: "/", port: 80, host: "10.0.0.1" } },
      },
    }),
    [
      `${at}.containers[api].ports: takes the node's port 80`,
      `${at}.containers[api].livenessProbe.httpGet.host: is set`,
    ],
  ],
  [
    "init containers count too, and Rollouts",
    "kubernetes:argoproj.io/v1alpha1:Rollout",
    workload({
      pod: {
        initContainers: [
          {
            ...goodContainer,
            name: "init",
            securityContext: {
              privileged: true,
              allowPrivilegeEscalation: false,
              capabilities: { drop: ["ALL"] },
            },
          },
        ],
      },
    }),
    [`${at}.initContainers[init].securityContext.privileged: is true`],
  ],
  [
    "what a preview does not know is held for right",
    deployment,
    inContainer({ capabilities: unknownText }),
    [],
  ],
  [
    "a namespace that is exempt passes",
    deployment,
    workload({ metadata: { namespace: "chaos" }, pod: { hostNetwork: true } }),
    [],
    { settings: { exemptNamespaces: ["chaos"] } },
  ],
]);
