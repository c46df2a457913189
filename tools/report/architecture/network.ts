import { compareText } from "../../plan/graph";
import { listAt, numberAt, ofType, type Resource, textAt, textsAt } from "./inputs";
import type { Network, NodeGroup, Zone } from "./model";
import { subnetsOfZone } from "./subnets";

export function readNetwork(resources: readonly Resource[]): Network | undefined {
  const [vpc] = ofType(resources, "awsx:ec2:Vpc");
  if (vpc === undefined) return undefined;
  const names = textsAt(vpc.inputs, "availabilityZoneNames");
  // awsx's own default.
  const strategy = textAt(vpc.inputs, "natGateways.strategy") || "OnePerAz";
  const nodeGroups = ofType(resources, "eks:index:ManagedNodeGroup");
  const zones = names.map((name, index): Zone => ({
    name,
    subnets: subnetsOfZone(vpc.inputs, index),
    hasNat: strategy === "OnePerAz" || (strategy === "Single" && index === 0),
    nodeGroups: nodeGroups.filter((group) => group.name.endsWith(name)).map(toNodeGroup(name)),
  }));
  const endpoints = ofType(resources, "aws:ec2/vpcEndpoint:VpcEndpoint");
  return {
    name: textAt(vpc.inputs, "tags.Name") || vpc.name,
    cidrBlock: textAt(vpc.inputs, "cidrBlock"),
    zones,
    gatewayEndpoints: endpointNames(endpoints, "Gateway"),
    interfaceEndpoints: endpointNames(endpoints, "Interface"),
    regionalNat: ofType(resources, "aws:ec2/natGateway:NatGateway").some(
      ({ inputs }) => textAt(inputs, "availabilityMode") === "regional",
    ),
  };
}

function endpointNames(endpoints: readonly Resource[], kind: "Gateway" | "Interface"): string[] {
  return endpoints
    .filter(({ inputs }) => (textAt(inputs, "vpcEndpointType") || "Gateway") === kind)
    .map(({ inputs }) => textAt(inputs, "serviceName").replace(/^com\.amazonaws\.[a-z0-9-]+\./, ""))
    .sort(compareText);
}

function toNodeGroup(zone: string): (group: Resource) => NodeGroup {
  return ({ name, inputs }) => ({
    nodeClass: classOf(name, zone, inputs),
    instanceTypes: textsAt(inputs, "instanceTypes"),
    spot: textAt(inputs, "capacityType") === "SPOT",
    tainted: listAt(inputs, "taints").length > 0,
    min: numberAt(inputs, "scalingConfig.minSize") ?? 0,
    max: numberAt(inputs, "scalingConfig.maxSize") ?? 0,
  });
}

/** Nodes carry their class as a label; a group without it is called by its own name. */
function classOf(name: string, zone: string, inputs: unknown): string {
  return textAt(inputs, "labels.workload") || name.slice(0, -zone.length).replace(/-$/, "");
}
