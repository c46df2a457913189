import type * as aws from "@pulumi/aws";
import type * as k8s from "@pulumi/kubernetes";
import { cisEks } from "../shared/frameworks";
import { known } from "../shared/known";
import { onType, resourceRule } from "../shared/rule";

export const eksAccessEntries = resourceRule({
  name: "eks-access-entries",
  description:
    "Who may enter a cluster is said by access entries alone, and its creator is no hidden administrator.",
  reach: "everywhere",
  severity: "medium",
  framework: cisEks(
    "4.1.7",
    "Cluster Access Manager API to streamline and enhance the management of access controls within EKS clusters",
  ),
  tags: ["cis-eks:4.1.7", "eks-bpg:identity-and-access-management"],
  remediationSteps:
    "Set accessConfig.authenticationMode to API and bootstrapClusterCreatorAdminPermissions to false, and add an access entry for each principal.",
  url: "https://docs.aws.amazon.com/eks/latest/userguide/access-entries.html",
  settings: {},
  checks: [
    onType<aws.eks.ClusterArgs>("aws:eks/cluster:Cluster", (cluster, { report }) => {
      if (known(() => cluster.accessConfig?.authenticationMode, "API") !== "API")
        report("accessConfig.authenticationMode is not API");
      // Not set means true.
      if (
        known(() => cluster.accessConfig?.bootstrapClusterCreatorAdminPermissions, false) !== false
      )
        report("accessConfig.bootstrapClusterCreatorAdminPermissions is not false");
    }),
    onType<k8s.core.v1.ConfigMapArgs>(
      ["kubernetes:core/v1:ConfigMap", "kubernetes:core/v1:ConfigMapPatch"],
      (configMap, { report }) => {
        if (
          known(() => configMap.metadata?.name) === "aws-auth" &&
          known(() => configMap.metadata?.namespace) === "kube-system"
        )
          report("kube-system/aws-auth gives access beside the access entries");
      },
    ),
  ],
});
