import { eksAccessEntries } from "../../policy/rules/eks-access-entries";
import { unknownText } from "../support/check-policy";
import { describeRule } from "./rule-table";

const cluster = "aws:eks/cluster:Cluster";
const good = { authenticationMode: "API", bootstrapClusterCreatorAdminPermissions: false };
const mode = "accessConfig.authenticationMode is not API";
const creator = "accessConfig.bootstrapClusterCreatorAdminPermissions is not false";

describeRule(eksAccessEntries, [
  ["access entries alone pass", cluster, { accessConfig: good }, []],
  ["AWS's defaults are reported", cluster, { name: "c" }, [mode, creator]],
  [
    "both ways at once are reported",
    cluster,
    { accessConfig: { ...good, authenticationMode: "API_AND_CONFIG_MAP" } },
    [mode],
  ],
  [
    "a creator who becomes administrator is reported",
    cluster,
    { accessConfig: { authenticationMode: "API" } },
    [creator],
  ],
  ["what a preview does not know yet passes", cluster, { accessConfig: unknownText }, []],
  [
    "the old map is reported",
    "kubernetes:core/v1:ConfigMap",
    { metadata: { namespace: "kube-system", name: "aws-auth" } },
    ["kube-system/aws-auth gives access beside the access entries"],
  ],
  [
    "other maps pass",
    "kubernetes:core/v1:ConfigMap",
    { metadata: { namespace: "kube-system", name: "coredns" } },
    [],
  ],
  [
    "the same name elsewhere passes",
    "kubernetes:core/v1:ConfigMap",
    { metadata: { namespace: "app", name: "aws-auth" } },
    [],
  ],
]);
