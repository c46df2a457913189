import { resilienceEksVersion } from "../../policy/rules/resilience-eks-version";
import { unknownText } from "../support/check-policy";
import { describeRule } from "./rule-table";

const cluster = "aws:eks/cluster:Cluster";
const nodes = "aws:eks/nodeGroup:NodeGroup";
const addon = "aws:eks/addon:Addon";
const good = { version: "1.35", upgradePolicy: { supportType: "STANDARD" } };

describeRule(resilienceEksVersion, [
  ["a version in support passes", cluster, good, []],
  [
    "an old one is reported",
    cluster,
    { ...good, version: "1.27" },
    ["version: is 1.27, need one of 1.35, 1.36"],
  ],
  [
    "nothing said is reported: EKS takes the newest, and bills extended support",
    cluster,
    {},
    ["version: is missing, so the newest is taken", "upgradePolicy.supportType: is not STANDARD"],
  ],
  [
    "extended support is reported, unless the settings want it",
    cluster,
    { ...good, upgradePolicy: { supportType: "EXTENDED" } },
    ["upgradePolicy.supportType: is not STANDARD"],
  ],
  [
    "the settings may want it",
    cluster,
    { ...good, upgradePolicy: { supportType: "EXTENDED" } },
    [],
    { settings: { supportTypes: ["STANDARD", "EXTENDED"] } },
  ],
  [
    "nodes of an old version are reported",
    nodes,
    { version: "1.30" },
    ["version: is 1.30, need one of 1.35, 1.36"],
  ],
  ["a pinned add-on passes", addon, { addonVersion: "v1.2.3-eksbuild.1" }, []],
  [
    "an add-on that is not is reported",
    addon,
    {},
    ["addonVersion: is missing, so the newest is taken"],
  ],
  ["what a preview does not know passes", nodes, { version: unknownText }, []],
]);
