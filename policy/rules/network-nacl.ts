import { isEverybody } from "../shared/addresses";
import { awsFoundational } from "../shared/frameworks";
import { snapshot, unknownValue } from "../shared/known";
import { type Subject, onResource, resourceRule } from "../shared/rule";
import { listAt, textAt, valueAt } from "../shared/tree";

interface Settings {
  /** Ports of administration, which no entry opens to every address. */
  neverPublic: number[];
}

const entryType = "aws:ec2/networkAclRule:NetworkAclRule";

export const networkNacl = resourceRule<Settings>({
  name: "network-nacl",
  description:
    "A network ACL lets every address in on named ports only, and never on those of administration.",
  reach: "production",
  severity: "medium",
  framework: awsFoundational(
    "EC2.21",
    "Network ACLs should not allow ingress from 0.0.0.0/0 to port 22 or port 3389",
  ),
  tags: [
    "ckv:CKV_AWS_231",
    "ckv:CKV_AWS_232",
    "fsbp:EC2.21",
    "ckv:CKV_AWS_352",
    "trivy:AWS-0102",
    "trivy:AWS-0105",
  ],
  remediationSteps:
    "Name the ports, and beside them the range 1024 to 65535 for answers; an ACL keeps no state.",
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-21",
  settings: { neverPublic: { type: "array", items: { type: "number" }, default: [22, 3389] } },
  checks: [
    onResource(
      ["aws:ec2/networkAcl:NetworkAcl", "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl"],
      ({ props, settings, report }) => {
        listAt({ list: snapshot(() => props["ingress"]) }, "list").forEach((entry, index) => {
          judge(entry, `ingress[${index}]: `, { settings, report });
        });
      },
    ),
    onResource([entryType], ({ props, settings, report }) => {
      const entry = snapshot(() => props);
      if (valueAt(entry, "egress") !== true) judge(entry, "", { settings, report });
    }),
  ],
});

function judge(
  entry: unknown,
  path: string,
  { settings, report }: Pick<Subject<Settings>, "settings" | "report">,
): void {
  const action = textAt(entry, "action") ?? textAt(entry, "ruleAction");
  const ranges = [textAt(entry, "cidrBlock"), textAt(entry, "ipv6CidrBlock")];
  if (action !== "allow" || !ranges.some((range) => range !== undefined && isEverybody(range)))
    return;
  const [protocol, from, to] = ["protocol", "fromPort", "toPort"].map((key) => valueAt(entry, key));
  if ([protocol, from, to].includes(unknownValue)) return;
  const all = ["-1", "all"].includes(String(protocol));
  // Answers to connections from inside come back to any of these; a deny before it would break some of them.
  const answers = from === 1024 && to === 65_535;
  if (!["-1", "all", "tcp", "udp", "6", "17"].includes(String(protocol)) || (answers && !all))
    return;
  const [first, last] = all ? [0, 65_535] : [Number(from ?? 0), Number(to ?? 65_535)];
  if (first <= 1 && last >= 65_535) {
    report(`${path}every address may reach every port`);
    return;
  }
  for (const port of settings.neverPublic)
    if (first <= port && port <= last) report(`${path}every address may reach port ${port}`);
}
