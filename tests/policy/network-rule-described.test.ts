import { networkRuleDescribed } from "../../policy/rules/network-rule-described";
import { unknownText } from "../support/check-policy";
import { describeRule } from "./rule-table";

const group = "aws:ec2/securityGroup:SecurityGroup";
const rule = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const inline = { protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["10.0.0.0/8"] };

describeRule(networkRuleDescribed, [
  ["a rule that says nothing is reported", rule, { fromPort: 443 }, ["description: says nothing"]],
  ["one that says what it is for passes", rule, { description: "Nodes to endpoints" }, []],
  [
    "an older rule is judged too",
    "aws:ec2/securityGroupRule:SecurityGroupRule",
    { type: "egress", description: "" },
    ["description: says nothing"],
  ],
  [
    "what the provider writes by itself says nothing",
    group,
    { description: "Managed by Pulumi" },
    ["description: says nothing"],
  ],
  [
    "rules inside of a group are judged one by one",
    group,
    {
      description: "Nodes",
      ingress: [{ ...inline, description: "API" }, inline],
      egress: [inline],
    },
    ["ingress[1]: description: says nothing", "egress[0]: description: says nothing"],
  ],
  ["one that a preview does not know passes", rule, { description: unknownText }, []],
]);
