import type { PolicyResource } from "@pulumi/policy";
import { awsFoundational } from "../shared/frameworks";
import type { Graph } from "../shared/graph";
import { snapshot } from "../shared/known";
import { stackRule } from "../shared/rule";
import { textAt } from "../shared/tree";

interface Settings {
  /** Fewest zones of anything that has subnets. */
  fewestZones: number;
}

const subnetType = "aws:ec2/subnet:Subnet";
const nodeGroupType = "aws:eks/nodeGroup:NodeGroup";

/** By type: the properties that hold its subnets; `vpcConfig.subnetIds` stands inside of another. */
const subnetsOf: Readonly<Record<string, string>> = {
  "aws:rds/subnetGroup:SubnetGroup": "subnetIds",
  "aws:elasticache/subnetGroup:SubnetGroup": "subnetIds",
  "aws:docdb/subnetGroup:SubnetGroup": "subnetIds",
  "aws:lb/loadBalancer:LoadBalancer": "subnets",
  "aws:alb/loadBalancer:LoadBalancer": "subnets",
  "aws:autoscaling/group:Group": "vpcZoneIdentifiers",
};

export const resilienceThreeZones = stackRule<Settings>({
  name: "resilience-three-zones",
  description:
    "Networks, nodes, load balancers and groups of data subnets stand in `fewestZones` zones or more.",
  reach: "everywhere",
  severity: "high",
  framework: awsFoundational(
    "ELB.13",
    "Application, Network and Gateway Load Balancers should span multiple Availability Zones",
  ),
  tags: ["fsbp:ELB.13", "fsbp:AutoScaling.2", "eks-bpg:reliability"],
  remediationSteps: "Add subnets in further zones.",
  url: "https://docs.aws.amazon.com/eks/latest/best-practices/data-plane.html",
  settings: { fewestZones: { type: "number", default: 3 } },
  types: [subnetType, nodeGroupType, ...Object.keys(subnetsOf)],
  check: ({ graph, settings: { fewestZones }, report }) => {
    const judge = (zones: ReadonlySet<string> | undefined, { urn }: PolicyResource): void => {
      if (zones === undefined || zones.size >= fewestZones) return;
      report(`stands in ${zones.size} zone(s), need ${fewestZones} or more`, urn);
    };
    for (const [type, property] of Object.entries(subnetsOf))
      for (const resource of graph.ofType(type))
        judge(zonesOf(graph, resource, property), resource);
    // A group may be made for one zone: together they count.
    const groups = graph.ofType(nodeGroupType);
    const [first] = groups;
    if (first !== undefined)
      judge(union(groups.map((one) => zonesOf(graph, one, "subnetIds"))), first);
    const vpcs = graph.ofType("aws:ec2/vpc:Vpc");
    const [vpc] = vpcs;
    // Which subnet is whose does not matter where there is one network.
    if (vpc !== undefined && vpcs.length === 1)
      judge(union([zonesOfSubnets(graph.ofType(subnetType))]), vpc);
  },
});

/** Undefined where a preview cannot tell. */
function zonesOf(
  graph: Graph,
  resource: PolicyResource,
  property: string,
): ReadonlySet<string> | undefined {
  const subnets = graph.referents(resource, property, subnetType);
  const given = snapshot((): unknown => resource.props[property]);
  // Subnets of another stack are named by ids that nobody here can place.
  const count = Array.isArray(given) ? given.length : 0;
  if (subnets === undefined || (subnets.length < count && count > 0)) return undefined;
  return zonesOfSubnets(subnets);
}

function zonesOfSubnets(subnets: readonly PolicyResource[]): ReadonlySet<string> | undefined {
  const zones = subnets.map((subnet) =>
    textAt({ zone: snapshot((): unknown => subnet.props["availabilityZone"]) }, "zone"),
  );
  return zones.includes(undefined)
    ? undefined
    : new Set(zones.filter((zone) => zone !== undefined));
}

function union(
  sets: readonly (ReadonlySet<string> | undefined)[],
): ReadonlySet<string> | undefined {
  if (sets.includes(undefined)) return undefined;
  return new Set(sets.flatMap((set) => [...(set ?? [])]));
}
