import { networkNacl } from "../../policy/rules/network-nacl";
import { unknownText } from "../support/check-policy";
import { describeRule } from "./rule-table";

const acl = "aws:ec2/networkAcl:NetworkAcl";
const entryType = "aws:ec2/networkAclRule:NetworkAclRule";
const allow = { ruleAction: "allow", cidrBlock: "0.0.0.0/0", protocol: "tcp" };
const inside = (fromPort: number, toPort: number, more: object = {}) => ({
  ingress: [{ action: "allow", cidrBlock: "0.0.0.0/0", protocol: "6", fromPort, toPort, ...more }],
});
const everyPort = "every address may reach every port";

describeRule(networkNacl, [
  ["every protocol is reported", entryType, { ...allow, protocol: "-1" }, [everyPort]],
  ["no ports are every port", entryType, allow, [everyPort]],
  [
    "logging in is reported, from an ACL's own entries too",
    acl,
    inside(22, 22),
    ["ingress[0]: every address may reach port 22"],
  ],
  [
    "a range around both ports of administration is reported for each",
    entryType,
    { ...allow, fromPort: 20, toPort: 4000 },
    ["every address may reach port 22", "every address may reach port 3389"],
  ],
  [
    "IPv6 is judged",
    entryType,
    { ruleAction: "allow", ipv6CidrBlock: "::/0", protocol: "all" },
    [everyPort],
  ],
  [
    "half of the internet is everybody",
    entryType,
    { ...allow, cidrBlock: "128.0.0.0/1", protocol: "-1" },
    [everyPort],
  ],
  [
    "the default ACL is judged",
    "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl",
    inside(0, 0, { protocol: "-1" }),
    [`ingress[0]: ${everyPort}`],
  ],
  ["one port passes", acl, inside(443, 443), []],
  ["the ports of answers pass", acl, inside(1024, 65_535), []],
  [
    "but not for every protocol",
    acl,
    inside(1024, 65_535, { protocol: "-1" }),
    [`ingress[0]: ${everyPort}`],
  ],
  ["a range of our own passes", acl, inside(0, 65_535, { cidrBlock: "10.0.0.0/8" }), []],
  ["a refusal passes", acl, inside(0, 65_535, { action: "deny" }), []],
  ["pings pass", entryType, { ...allow, protocol: "icmp", fromPort: -1, toPort: -1 }, []],
  ["the way out passes", entryType, { ...allow, egress: true, protocol: "-1" }, []],
  [
    "ports that a preview does not know are not guessed",
    entryType,
    { ...allow, fromPort: unknownText, toPort: 22 },
    [],
  ],
  [
    "other ports can be named",
    acl,
    inside(5432, 5432),
    ["ingress[0]: every address may reach port 5432"],
    { settings: { neverPublic: [5432] } },
  ],
]);
