import type { PolicyResource } from "@pulumi/policy";
import { isEverybody } from "../shared/addresses";
import { cisEks } from "../shared/frameworks";
import type { Graph } from "../shared/graph";
import { snapshot } from "../shared/known";
import { stackRule } from "../shared/rule";
import { listAt, textAt } from "../shared/tree";

const groupType = "aws:eks/nodeGroup:NodeGroup";
const subnetType = "aws:ec2/subnet:Subnet";
const tableType = "aws:ec2/routeTable:RouteTable";
const associationType = "aws:ec2/routeTableAssociation:RouteTableAssociation";
const routeType = "aws:ec2/route:Route";
const gatewayType = "aws:ec2/internetGateway:InternetGateway";

export const networkPrivateNodes = stackRule({
  name: "network-private-nodes",
  description:
    "Nodes stand in subnets without a way in from the internet, and nobody logs in to them.",
  reach: "everywhere",
  severity: "high",
  framework: cisEks("5.4.3", "Ensure clusters are created with Private Nodes"),
  tags: ["cis-eks:5.4.3", "ckv:CKV_AWS_100"],
  remediationSteps:
    "Give the node group subnets that route to NAT gateways, and leave remoteAccess out: Session Manager needs no open port.",
  url: "https://docs.aws.amazon.com/eks/latest/best-practices/subnets.html",
  settings: {},
  types: [groupType],
  check: ({ graph, report }) => {
    const exposed = exposedSubnets(graph);
    for (const group of graph.ofType(groupType)) {
      const subnets = graph.referents(group, "subnetIds", subnetType) ?? [];
      if (subnets.some((subnet) => exposed.has(subnet)))
        report("subnetIds: one of them routes to an internet gateway", group.urn);
      if ("remoteAccess" in group.props) report("remoteAccess: opens SSH on the nodes", group.urn);
    }
  },
});

function exposedSubnets(graph: Graph): Set<PolicyResource> {
  const tables = new Set([
    ...graph
      .ofType(routeType)
      .filter((route) => leadsOut(graph, route))
      .flatMap((route) => graph.referents(route, "routeTableId", tableType) ?? []),
    ...graph.ofType(tableType).filter(({ props }) =>
      listAt(
        snapshot(() => props),
        "routes",
      ).some(
        (route) =>
          isGateway(textAt(route, "gatewayId")) &&
          goesEverywhere(route, "cidrBlock", "ipv6CidrBlock"),
      ),
    ),
  ]);
  return new Set(
    graph
      .ofType(associationType)
      .filter((one) =>
        graph.referents(one, "routeTableId", tableType)?.some((table) => tables.has(table)),
      )
      .flatMap((one) => graph.referents(one, "subnetId", subnetType) ?? []),
  );
}

function leadsOut(graph: Graph, route: PolicyResource): boolean {
  const props = snapshot(() => route.props);
  const gateways = graph.referents(route, "gatewayId", gatewayType) ?? [];
  return (
    (gateways.length > 0 || isGateway(textAt(props, "gatewayId"))) &&
    goesEverywhere(props, "destinationCidrBlock", "destinationIpv6CidrBlock")
  );
}

function isGateway(id: string | undefined): boolean {
  return id?.startsWith("igw-") === true;
}

function goesEverywhere(route: unknown, ...keys: readonly string[]): boolean {
  return keys
    .map((key) => textAt(route, key))
    .some((range) => range !== undefined && isEverybody(range));
}
