import type { PolicyResource } from "@pulumi/policy";
import type { Graph } from "../shared/graph";
import { snapshot } from "../shared/known";
import { stackRule } from "../shared/rule";

const subnetType = "aws:ec2/subnet:Subnet";
const natType = "aws:ec2/natGateway:NatGateway";
const routeType = "aws:ec2/route:Route";
const tableType = "aws:ec2/routeTable:RouteTable";
const associationType = "aws:ec2/routeTableAssociation:RouteTableAssociation";

export const resilienceNatPerZone = stackRule({
  name: "resilience-nat-per-zone",
  description:
    "What goes out of a zone goes through a NAT gateway of that zone, so that the loss of another cuts nobody off.",
  reach: "production",
  severity: "medium",
  tags: ["ckv:CKV2_AWS_35", "eks-bpg:reliability"],
  remediationSteps:
    "Make a NAT gateway in each zone and route each zone's subnets to its own, or make one regional gateway.",
  url: "https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html",
  settings: {},
  types: [natType, routeType],
  check: ({ graph, report }) => {
    for (const route of graph.ofType(routeType)) {
      const nat = onlyOne(graph.referents(route, "natGatewayId", natType));
      if (nat === undefined || propertyOf(nat, "availabilityMode") === "regional") continue;
      const home = zoneOf(onlyOne(graph.referents(nat, "subnetId", subnetType)));
      const table = onlyOne(graph.referents(route, "routeTableId", tableType));
      if (home === undefined || table === undefined) continue;
      for (const zone of zonesThrough(graph, table))
        if (zone !== home)
          report(`subnets in ${zone} go out through the NAT gateway in ${home}`, route.urn);
    }
  },
});

/** Zones of the subnets that a route table serves. */
function zonesThrough(graph: Graph, table: PolicyResource): ReadonlySet<string> {
  const zones = graph.ofType(associationType).flatMap((association) => {
    const served = graph.referents(association, "routeTableId", tableType);
    if (served?.includes(table) !== true) return [];
    return zoneOf(onlyOne(graph.referents(association, "subnetId", subnetType))) ?? [];
  });
  return new Set(zones);
}

function zoneOf(subnet: PolicyResource | undefined): string | undefined {
  if (subnet === undefined) return undefined;
  const zone = propertyOf(subnet, "availabilityZone");
  return typeof zone === "string" ? zone : undefined;
}

function propertyOf({ props }: PolicyResource, property: string): unknown {
  return snapshot((): unknown => props[property]);
}

function onlyOne<T>(list: readonly T[] | undefined): T | undefined {
  return list?.length === 1 ? list[0] : undefined;
}
