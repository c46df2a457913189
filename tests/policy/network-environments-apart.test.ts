import { networkEnvironmentsApart } from "../../policy/rules/network-environments-apart";
import { unknownText } from "../support/check-policy";
import { describeRule } from "./rule-table";

const peering = "aws:ec2/vpcPeeringConnection:VpcPeeringConnection";
const route = "aws:ec2/route:Route";
const table = "aws:ec2/routeTable:RouteTable";

describeRule(networkEnvironmentsApart, [
  [
    "a peering is reported",
    peering,
    { vpcId: "vpc-1", peerVpcId: "vpc-2" },
    ["peerVpcId: joins vpc-2"],
  ],
  [
    "one to a network that a preview does not know is reported too",
    peering,
    { vpcId: "vpc-1", peerVpcId: unknownText },
    ["peerVpcId: joins a network that is not known yet"],
  ],
  [
    "an attachment to a transit gateway is reported",
    "aws:ec2transitgateway/vpcAttachment:VpcAttachment",
    { transitGatewayId: "tgw-1", vpcId: "vpc-1" },
    ["transitGatewayId: joins tgw-1"],
  ],
  [
    "an attachment to a core network is reported",
    "aws:networkmanager/vpcAttachment:VpcAttachment",
    { coreNetworkId: "core-network-1" },
    ["coreNetworkId: joins core-network-1"],
  ],
  [
    "a route there is reported",
    route,
    { destinationCidrBlock: "10.30.0.0/16", vpcPeeringConnectionId: "pcx-1" },
    ["vpcPeeringConnectionId: joins pcx-1"],
  ],
  ["a route to a NAT gateway passes", route, { natGatewayId: "nat-1" }, []],
  [
    "routes inside a table are judged",
    table,
    { routes: [{ gatewayId: "igw-1" }, { cidrBlock: "10.0.0.0/8", transitGatewayId: "tgw-1" }] },
    ["routes[1].transitGatewayId: joins tgw-1"],
  ],
  ["a network of its own passes", "aws:ec2/vpc:Vpc", { cidrBlock: "10.20.0.0/16" }, []],
  [
    "what is named may be joined",
    peering,
    { vpcId: "vpc-1", peerVpcId: "vpc-2" },
    [],
    { settings: { joined: ["vpc-2"] } },
  ],
]);
