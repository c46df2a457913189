import { networkNoOpenEgress } from "../../policy/rules/network-no-open-egress";
import { unknownText } from "../support/check-policy";
import { describeRule } from "./rule-table";

const group = "aws:ec2/securityGroup:SecurityGroup";
const rule = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";
const inward = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const olderRule = "aws:ec2/securityGroupRule:SecurityGroupRule";
const any = { cidrIpv4: "0.0.0.0/0", ipProtocol: "tcp" };
const everything = { protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] };
const message = "every port of every address may be reached";

describeRule(networkNoOpenEgress, [
  ["HTTPS to everywhere passes", rule, { ...any, fromPort: 443, toPort: 443 }, []],
  ["everything to everywhere is reported", rule, { ...any, ipProtocol: "-1" }, [message]],
  ["every port of TCP is reported", rule, { ...any, fromPort: 0, toPort: 65535 }, [message]],
  [
    "every port but the one that nothing uses is reported",
    rule,
    { ...any, fromPort: 1, toPort: 65535 },
    [message],
  ],
  ["the ports that clients use pass", rule, { ...any, fromPort: 1024, toPort: 65535 }, []],
  ["pings to everywhere pass", rule, { ...any, ipProtocol: "icmp", fromPort: -1, toPort: -1 }, []],
  ["every IPv6 address is reported", rule, { cidrIpv6: "::/0", ipProtocol: "-1" }, [message]],
  ["everything within a range passes", rule, { cidrIpv4: "10.0.0.0/16", ipProtocol: "-1" }, []],
  ["a rule for what comes in is none of its business", inward, { ...any, ipProtocol: "-1" }, []],
  ["the older kind is judged by its type", olderRule, { type: "egress", ...everything }, [message]],
  ["the older kind for what comes in passes", olderRule, { type: "ingress", ...everything }, []],
  [
    "a rule inside of a group is judged",
    group,
    { egress: [everything], ingress: [everything] },
    [`egress[0]: ${message}`],
  ],
  ["what a preview leaves open is not guessed", rule, { ...any, ipProtocol: unknownText }, []],
]);
