import { cisEks } from "../shared/frameworks";
import { snapshot, unknownValue } from "../shared/known";
import { onResource, resourceRule } from "../shared/rule";

/** @see https://docs.aws.amazon.com/eks/latest/userguide/control-plane-logs.html */
const logTypes = ["api", "audit", "authenticator", "controllerManager", "scheduler"] as const;

/** Makes a cluster by the provider. A deployment shows it without its arguments, and the cluster inside of it with them. */
const component = "eks:index:Cluster";
const clusterTypes = ["aws:eks/cluster:Cluster", component];

export const logEks = resourceRule({
  name: "log-eks",
  description: "A cluster's control plane writes all five of its logs.",
  reach: "everywhere",
  severity: "high",
  framework: cisEks("2.1.1", "Enable audit Logs"),
  tags: ["cis-eks:2.1.1", "fsbp:EKS.8", "ckv:CKV_AWS_37"],
  remediationSteps: `Set enabledClusterLogTypes to ${logTypes.join(", ")}.`,
  url: "https://docs.aws.amazon.com/eks/latest/userguide/control-plane-logs.html",
  settings: {},
  checks: [
    onResource(clusterTypes, ({ type, props, report }) => {
      const types = snapshot(() => props["enabledClusterLogTypes"]);
      if (types === unknownValue || (type === component && types === undefined)) return;
      const given = Array.isArray(types) ? (types as readonly unknown[]) : [];
      if (given.includes(unknownValue)) return;
      const missing = logTypes.filter((type) => !given.includes(type));
      if (missing.length > 0) report(`enabledClusterLogTypes: has no ${missing.join(", ")}`);
    }),
  ],
});
