import { logEks } from "../../policy/rules/log-eks";
import { unknownText } from "../support/check-policy";
import { describeRule } from "./rule-table";

const cluster = "aws:eks/cluster:Cluster";
const all = ["api", "audit", "authenticator", "controllerManager", "scheduler"];

describeRule(logEks, [
  ["all five pass", cluster, { enabledClusterLogTypes: all }, []],
  ["none is reported", cluster, {}, [`enabledClusterLogTypes: has no ${all.join(", ")}`]],
  [
    "what is missing is named",
    "eks:index:Cluster",
    { enabledClusterLogTypes: ["api", "scheduler", "authenticator"] },
    ["enabledClusterLogTypes: has no audit, controllerManager"],
  ],
  ["a component without its arguments passes: its cluster is judged", "eks:index:Cluster", {}, []],
  ["what a preview does not know passes", cluster, { enabledClusterLogTypes: unknownText }, []],
  ["and so does one of them", cluster, { enabledClusterLogTypes: ["api", unknownText] }, []],
]);
