import { costInstanceTypes } from "../../policy/rules/cost-instance-types";
import { unknownText } from "../support/check-policy";
import { describeRule } from "./rule-table";

const settings = { allowed: ["m6i.large", "db.*"] };
const refused = (property: string, type: string) => [
  `${property}: is ${type}, which is none of those allowed: m6i.large, db.*`,
];
const pool = (values: string[]) => ({
  spec: {
    template: {
      spec: { requirements: [{ key: "node.kubernetes.io/instance-type", operator: "In", values }] },
    },
  },
});
const group = "aws:eks/nodeGroup:NodeGroup";
const nodePool = "kubernetes:karpenter.sh/v1:NodePool";

describeRule(costInstanceTypes, [
  ["a type up to 4xlarge passes", group, { instanceTypes: ["m6i.4xlarge"] }, []],
  [
    "a larger one is reported",
    group,
    { instanceTypes: ["m6i.large", "m6i.metal"] },
    [
      "instanceTypes: is m6i.metal, which is none of those allowed: *.medium*, *.small*, *.large*, *.xlarge*, *.2xlarge*, *.4xlarge*",
    ],
  ],
  [
    "a search's spelling passes",
    "aws:opensearch/domain:Domain",
    { clusterConfig: { instanceType: "r7g.large.search" } },
    [],
  ],
  [
    "the environment's list is taken, by patterns",
    "aws:rds/clusterInstance:ClusterInstance",
    { instanceClass: "db.r6g.large" },
    [],
    { settings },
  ],
  [
    "what is not in it is reported, deep inside too",
    "aws:msk/cluster:Cluster",
    { brokerNodeGroupInfo: { instanceType: "kafka.m7g.large" } },
    refused("brokerNodeGroupInfo.instanceType", "kafka.m7g.large"),
    { settings },
  ],
  ["a type that a preview does not know passes", group, { instanceTypes: [unknownText] }, []],
  [
    "machines that Karpenter may start are judged",
    nodePool,
    pool(["m6i.large", "c7i.large"]),
    refused("spec.template.spec.requirements", "c7i.large"),
    { settings },
  ],
  [
    "a pool that names none is reported",
    nodePool,
    { spec: { template: { spec: { requirements: [] } } } },
    ["spec.template.spec.requirements: names no instance types"],
  ],
  ["a disk of the present generation passes", "aws:ebs/volume:Volume", { type: "gp3" }, []],
  [
    "one of the former is reported",
    "aws:ebs/volume:Volume",
    { type: "gp2" },
    ["type: is gp2, need gp3, which costs less"],
  ],
  [
    "also in a template",
    "aws:ec2/launchTemplate:LaunchTemplate",
    { blockDeviceMappings: [{ ebs: { volumeType: "gp3" } }, { ebs: { volumeType: "io1" } }] },
    ["blockDeviceMappings[1].ebs.volumeType: is io1, need io2, which costs less"],
  ],
]);
