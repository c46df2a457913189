import { networkNoPublicIngress } from "../../policy/rules/network-no-public-ingress";
import { unknownText } from "../support/check-policy";
import { describeRule } from "./rule-table";

const group = "aws:ec2/securityGroup:SecurityGroup";
const rule = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const outward = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";
const olderRule = "aws:ec2/securityGroupRule:SecurityGroupRule";
const any = { cidrIpv4: "0.0.0.0/0", ipProtocol: "tcp" };
const older = { type: "ingress", protocol: "tcp", fromPort: 22, toPort: 22 };
const inline = { protocol: "tcp", fromPort: 443, toPort: 8443, cidrBlocks: ["0.0.0.0/0"] };

describeRule(networkNoPublicIngress, [
  ["HTTPS for everybody passes", rule, { ...any, fromPort: 443, toPort: 443 }, []],
  [
    "SSH for everybody is reported",
    rule,
    { ...any, fromPort: 22, toPort: 22 },
    ["every address may connect to port 22"],
  ],
  [
    "a range of ports around HTTPS is reported",
    rule,
    { ...any, fromPort: 443, toPort: 444 },
    ["every address may connect to ports 443 to 444"],
  ],
  [
    "every protocol means every port, whatever the ports say",
    rule,
    { ...any, ipProtocol: "-1", fromPort: 443, toPort: 443 },
    ["every address may connect to every port"],
  ],
  [
    "every IPv6 address is reported",
    rule,
    { cidrIpv6: "::/0", ipProtocol: "tcp", fromPort: 80, toPort: 80 },
    ["every address may connect to port 80"],
  ],
  [
    "pings are reported",
    rule,
    { ...any, ipProtocol: "icmp", fromPort: 8, toPort: 0 },
    ["every address may connect to it by ICMP"],
  ],
  [
    "half of all addresses is everybody",
    rule,
    { ...any, cidrIpv4: "128.0.0.0/1", fromPort: 22, toPort: 22 },
    ["every address may connect to port 22"],
  ],
  ["a named range passes", rule, { ...any, cidrIpv4: "10.0.0.0/10", fromPort: 22, toPort: 22 }, []],
  [
    "another security group passes",
    rule,
    { referencedSecurityGroupId: "sg-1", ipProtocol: "-1" },
    [],
  ],
  [
    "a rule for what goes out is none of its business",
    outward,
    { ...any, fromPort: 22, toPort: 22 },
    [],
  ],
  [
    "the older kind is judged by its type",
    olderRule,
    { ...older, cidrBlocks: ["10.0.0.0/8", "0.0.0.0/0"] },
    ["every address may connect to port 22"],
  ],
  [
    "the older kind for what goes out passes",
    olderRule,
    { ...older, type: "egress", cidrBlocks: ["0.0.0.0/0"] },
    [],
  ],
  [
    "rules inside of a group are judged",
    group,
    { ingress: [{ ...inline, cidrBlocks: ["10.0.0.0/8"] }, inline], egress: [inline] },
    ["ingress[1]: every address may connect to ports 443 to 8443"],
  ],
  [
    "what a preview leaves open is not guessed",
    rule,
    { ...any, fromPort: unknownText, toPort: 22 },
    [],
  ],
  [
    "ports can be added",
    rule,
    { ...any, fromPort: 80, toPort: 80 },
    [],
    { settings: { publicPorts: [80, 443] } },
  ],
]);
