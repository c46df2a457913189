import { awsFoundational } from "../shared/frameworks";
import { known, snapshot } from "../shared/known";
import { onResource, resourceRule } from "../shared/rule";
import { listAt, valueAt } from "../shared/tree";

/** By type: the property that gives every instance, or this one, a public address. */
const properties: Readonly<Record<string, string>> = {
  "aws:ec2/subnet:Subnet": "mapPublicIpOnLaunch",
  "aws:ec2/defaultSubnet:DefaultSubnet": "mapPublicIpOnLaunch",
  "aws:ec2/instance:Instance": "associatePublicIpAddress",
};

export const networkNoAutoPublicIp = resourceRule({
  name: "network-no-auto-public-ip",
  description: "Nothing gets a public address by being started, in public subnets either.",
  reach: "everywhere",
  severity: "high",
  framework: awsFoundational(
    "EC2.15",
    "Amazon EC2 subnets should not automatically assign public IP addresses",
  ),
  tags: ["fsbp:EC2.9", "fsbp:EC2.15", "fsbp:EC2.25", "ckv:CKV_AWS_88", "ckv:CKV_AWS_130"],
  remediationSteps:
    "Set mapPublicIpOnLaunch or associatePublicIpAddress to false: NAT gateways and load balancers bring their own addresses.",
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-15",
  settings: {},
  checks: [
    onResource(Object.keys(properties), ({ type, props, report }) => {
      const property = properties[type] ?? "";
      if (known(() => props[property]) === true) report(`${property}: is true`);
    }),
    onResource(["aws:ec2/launchTemplate:LaunchTemplate"], ({ props, report }) => {
      const interfaces = listAt({ list: snapshot(() => props["networkInterfaces"]) }, "list");
      interfaces.forEach((entry, index) => {
        if (String(valueAt(entry, "associatePublicIpAddress")) === "true")
          report(`networkInterfaces[${index}].associatePublicIpAddress: is true`);
      });
    }),
  ],
});
