import { awsFoundational } from "../shared/frameworks";
import { snapshot, unknownValue } from "../shared/known";
import { onResource, resourceRule } from "../shared/rule";
import { listAt, valueAt } from "../shared/tree";

interface Settings {
  /** Ids of networks, transit gateways and core networks that this one may be joined to. */
  joined: string[];
}

/** By type: the property that names what the network is joined to. */
const joints: Readonly<Record<string, string>> = {
  "aws:ec2/vpcPeeringConnection:VpcPeeringConnection": "peerVpcId",
  "aws:ec2/vpcPeeringConnectionAccepter:VpcPeeringConnectionAccepter": "vpcPeeringConnectionId",
  "aws:ec2transitgateway/vpcAttachment:VpcAttachment": "transitGatewayId",
  "aws:ec2transitgateway/vpcAttachmentAccepter:VpcAttachmentAccepter": "transitGatewayAttachmentId",
  "aws:ec2transitgateway/peeringAttachment:PeeringAttachment": "peerTransitGatewayId",
  "aws:networkmanager/vpcAttachment:VpcAttachment": "coreNetworkId",
  "aws:vpclattice/serviceNetworkVpcAssociation:ServiceNetworkVpcAssociation":
    "serviceNetworkIdentifier",
};
/** Where a route leads out of the network and not to the internet. */
const ways = ["vpcPeeringConnectionId", "transitGatewayId", "coreNetworkArn"];
const routeType = "aws:ec2/route:Route";
const tableTypes = ["aws:ec2/routeTable:RouteTable", "aws:ec2/defaultRouteTable:DefaultRouteTable"];

export const networkEnvironmentsApart = resourceRule<Settings>({
  name: "network-environments-apart",
  description:
    "Networks of environments are joined to no other: no peering, no attachment, no route there, but to those in `joined`.",
  reach: "everywhere",
  severity: "high",
  framework: awsFoundational(
    "EC2.23",
    "Amazon EC2 Transit Gateways should not automatically accept VPC attachment requests",
  ),
  tags: ["fsbp:EC2.23", "eks-bpg:network-security"],
  remediationSteps:
    "Share data by buckets, replication or an endpoint service; a network that has to be joined is named in joined, with the reason.",
  url: "https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-security-best-practices.html",
  settings: { joined: { type: "array", items: { type: "string" }, default: [] } },
  checks: [
    onResource(Object.keys(joints), ({ type, props, settings, report }) => {
      const property = joints[type] ?? "";
      const problem = joinProblem(
        snapshot(() => props[property]),
        settings,
      );
      if (problem !== undefined) report(`${property}: ${problem}`);
    }),
    onResource([routeType], ({ props, settings, report }) => {
      for (const way of ways) {
        const target = snapshot(() => props[way]);
        const problem = isNothing(target) ? undefined : joinProblem(target, settings);
        if (problem !== undefined) report(`${way}: ${problem}`);
      }
    }),
    onResource(tableTypes, ({ props, settings, report }) => {
      listAt({ list: snapshot(() => props["routes"]) }, "list").forEach((route, index) => {
        for (const way of ways) {
          const target = valueAt(route, way);
          const problem = isNothing(target) ? undefined : joinProblem(target, settings);
          if (problem !== undefined) report(`routes[${index}].${way}: ${problem}`);
        }
      });
    }),
  ],
});

/** A route of a preview may lead anywhere; what it does not name, it does not lead to. */
function isNothing(target: unknown): boolean {
  return target === undefined || target === "" || target === unknownValue;
}

/** What is joined may be unknown in a preview, that something is joined is not: without any named, it is refused. */
function joinProblem(target: unknown, { joined }: Settings): string | undefined {
  if (target === unknownValue)
    return joined.length === 0 ? "joins a network that is not known yet" : undefined;
  if (typeof target === "string" && joined.includes(target)) return undefined;
  return `joins ${typeof target === "string" && target !== "" ? target : "another network"}`;
}
