import { awsFoundational } from "../shared/frameworks";
import { snapshot } from "../shared/known";
import { onResource, resourceRule } from "../shared/rule";
import {
  type SecurityGroupRule,
  coversEveryPort,
  groupType,
  isIcmp,
  reachesEverybody,
  rulesOf,
  standaloneTypes,
} from "../shared/security-groups";

interface Settings {
  /** Ports that every address may reach, where a load balancer answers. */
  publicPorts: number[];
}

/** ICMP types that say that a packet was too big: without them connections hang. IPv4: unreachable; IPv6: too big. */
const pathMtuTypes = [3, 2];

export const networkNoPublicIngress = resourceRule<Settings>({
  name: "network-no-public-ingress",
  description: "A security group opens to every address at most the ports in `publicPorts`.",
  reach: "everywhere",
  severity: "critical",
  framework: awsFoundational(
    "EC2.18",
    "Security groups should only allow unrestricted incoming traffic for authorized ports",
  ),
  tags: [
    "fsbp:EC2.13",
    "fsbp:EC2.14",
    "fsbp:EC2.18",
    "fsbp:EC2.19",
    "ckv:CKV_AWS_24",
    "ckv:CKV_AWS_25",
    "ckv:CKV_AWS_260",
    "ckv:CKV_AWS_277",
  ],
  remediationSteps: "Name the ranges or the security group that may connect.",
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-18",
  settings: { publicPorts: { type: "array", items: { type: "number" }, default: [443] } },
  checks: [
    onResource([...standaloneTypes, groupType], ({ type, props, settings, report }) => {
      for (const { path, rule } of rulesOf("ingress", type, (key) => snapshot(() => props[key])))
        if (reachesEverybody(rule) && !rule.open && !isPublic(rule, settings))
          report(`${path}every address may connect to ${portsOf(rule)}`);
    }),
  ],
});

function isPublic(rule: SecurityGroupRule, { publicPorts }: Settings): boolean {
  const { protocol, from, to } = rule;
  if (isIcmp(protocol)) return from !== undefined && pathMtuTypes.includes(from);
  return !coversEveryPort(rule) && from !== undefined && from === to && publicPorts.includes(from);
}

function portsOf(rule: SecurityGroupRule): string {
  if (isIcmp(rule.protocol)) return "it by ICMP";
  if (coversEveryPort(rule)) return "every port";
  return rule.from === rule.to ? `port ${rule.from}` : `ports ${rule.from} to ${rule.to}`;
}
