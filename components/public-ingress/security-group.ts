import * as aws from "@pulumi/aws";
import type { Resource } from "@pulumi/pulumi";
import type { ChildOptions } from "../shared/child-options";
import type { ResolvedPublicIngressArgs } from "./args";
import { planRoutes } from "./routes";

export interface LoadBalancerGroup {
  readonly group: aws.ec2.SecurityGroup;
  /** Without them the load balancer reaches no pod, and nobody reaches it. */
  readonly rules: readonly Resource[];
}

/** Where clients connect; plain HTTP is answered with a redirect alone. */
const ways = [
  { key: "https", port: 443, description: "HTTPS from" },
  { key: "http", port: 80, description: "HTTP, for the redirect to HTTPS, from" },
] as const;

/**
 * The load balancer's only group, in place of the two that the controller would make, with every way written down: in from
 * the ranges that may connect, out to the ports of the public services, and those let in at the nodes' group.
 * @see https://kubernetes-sigs.github.io/aws-load-balancer-controller/v3.5/guide/ingress/annotations/#security-groups
 */
export function createLoadBalancerGroup(
  name: string,
  spec: ResolvedPublicIngressArgs,
  owned: ChildOptions,
): LoadBalancerGroup {
  const { region, vpcId } = spec.network;
  const { tags } = spec;
  const child = `${name}-load-balancer`;
  const group = new aws.ec2.SecurityGroup(
    child,
    {
      region,
      vpcId,
      description: `Load balancer of the Ingress class ${spec.className}`,
      revokeRulesOnDelete: true,
      tags: { ...tags, Name: child },
    },
    owned,
  );
  return {
    group,
    rules: [
      ...openToClients(name, spec, { group, owned }),
      ...openPods(name, spec, { group, owned }),
    ],
  };
}

interface Parts {
  readonly group: aws.ec2.SecurityGroup;
  readonly owned: ChildOptions;
}

function openToClients(
  name: string,
  { network: { region }, inboundCidrs, tags }: ResolvedPublicIngressArgs,
  { group, owned }: Parts,
): Resource[] {
  return ways.flatMap(({ key, port, description }) =>
    inboundCidrs.map(
      (cidr) =>
        new aws.vpc.SecurityGroupIngressRule(
          `${name}-load-balancer-${key}-${cidr.replace("/", "-")}`,
          {
            region,
            securityGroupId: group.id,
            description: `${description} ${cidr}`,
            cidrIpv4: cidr,
            ...tcp(port),
            tags,
          },
          owned,
        ),
    ),
  );
}

/** On each port of a public service, out of the load balancer and in at the nodes' group. */
function openPods(
  name: string,
  spec: ResolvedPublicIngressArgs,
  { group, owned }: Parts,
): Resource[] {
  const { region, nodeSecurityGroupId } = spec.network;
  const { tags } = spec;
  const ports = [...new Set(planRoutes(spec.services, spec.domain).map(({ port }) => port))];
  return ports
    .sort((one, other) => one - other)
    .flatMap((port) => {
      const child = `${name}-load-balancer-pods-${port}`;
      const services = servicesOn(spec, port);
      const common = { region, ...tcp(port), tags };
      return [
        new aws.vpc.SecurityGroupEgressRule(
          child,
          {
            ...common,
            securityGroupId: group.id,
            referencedSecurityGroupId: nodeSecurityGroupId,
            description: `Requests and health checks of ${services}`,
          },
          owned,
        ),
        new aws.vpc.SecurityGroupIngressRule(
          child,
          {
            ...common,
            securityGroupId: nodeSecurityGroupId,
            referencedSecurityGroupId: group.id,
            description: `Load balancer, to ${services}`,
          },
          owned,
        ),
      ];
    });
}

function tcp(port: number) {
  return { ipProtocol: "tcp", fromPort: port, toPort: port };
}

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpRange.html */
const longestDescription = 255;

function servicesOn({ services, domain }: ResolvedPublicIngressArgs, port: number): string {
  const names = planRoutes(services, domain)
    .filter((route) => route.port === port)
    .map(({ service }) => service)
    .sort();
  const all = names.join(", ");
  return all.length < longestDescription - 50 ? all : `${names.length} services`;
}
