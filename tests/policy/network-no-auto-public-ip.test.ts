import { networkNoAutoPublicIp } from "../../policy/rules/network-no-auto-public-ip";
import { unknownText } from "../support/check-policy";
import { describeRule } from "./rule-table";

const subnet = "aws:ec2/subnet:Subnet";
const template = "aws:ec2/launchTemplate:LaunchTemplate";

describeRule(networkNoAutoPublicIp, [
  [
    "a subnet that gives addresses is reported",
    subnet,
    { mapPublicIpOnLaunch: true },
    ["mapPublicIpOnLaunch: is true"],
  ],
  ["a subnet that says nothing passes", subnet, { vpcId: "vpc-1" }, []],
  ["one that says no passes", subnet, { mapPublicIpOnLaunch: false }, []],
  [
    "the default subnet is judged",
    "aws:ec2/defaultSubnet:DefaultSubnet",
    { mapPublicIpOnLaunch: true },
    ["mapPublicIpOnLaunch: is true"],
  ],
  [
    "an instance with an address is reported",
    "aws:ec2/instance:Instance",
    { associatePublicIpAddress: true },
    ["associatePublicIpAddress: is true"],
  ],
  [
    "interfaces of a template are judged in either spelling",
    template,
    {
      networkInterfaces: [
        { associatePublicIpAddress: "false" },
        { associatePublicIpAddress: "true" },
        { associatePublicIpAddress: true },
      ],
    },
    [
      "networkInterfaces[1].associatePublicIpAddress: is true",
      "networkInterfaces[2].associatePublicIpAddress: is true",
    ],
  ],
  ["what a preview does not know is not guessed", subnet, { mapPublicIpOnLaunch: unknownText }, []],
]);
