import type { Input } from "@pulumi/pulumi";
import { ArgsError } from "../shared/args-error";
import { parseIpv4Cidr } from "../shared/cidr";
import { recordProblems } from "../shared/catalogue";
import { isDnsLabel, isHostName, labelProblems } from "../shared/kubernetes-names";
import { repeated } from "../shared/record-workload";
import type { ServiceRecord } from "../shared/service-record";

/**
 * TLS 1.2 or newer with forward secrecy and authenticated ciphers only; "PQ" adds key exchange that quantum computers
 * cannot undo for clients that know it.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html
 */
export const securityPolicies = [
  "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
  "ELBSecurityPolicy-TLS13-1-3-PQ-2025-09",
  "ELBSecurityPolicy-TLS13-1-2-Res-2021-06",
  "ELBSecurityPolicy-TLS13-1-3-2021-06",
] as const;
export type SecurityPolicy = (typeof securityPolicies)[number];

/** Where the load balancer writes a line per request: a bucket in its region that lets it. */
export interface AccessLogs {
  readonly bucket: Input<string>;
  readonly prefix: string;
}

/** Around the load balancer; its security group is made here. */
export interface IngressNetwork {
  readonly region: string;
  readonly vpcId: Input<string>;
  /** Of the nodes, and so of every pod: opened to the load balancer on the ports of the public services. */
  readonly nodeSecurityGroupId: Input<string>;
}

export interface PublicIngressArgs {
  /** Services are reached at `SUBDOMAIN.DOMAIN`. */
  readonly domain: string;
  /** Each is reached at `SUBDOMAIN-LABEL.DOMAIN` too, whichever region has the traffic: components/dns-failover. Default: none. */
  readonly regionalLabel?: string;
  /** Records; those with an exposure become reachable, the others stay inside. */
  readonly services: readonly ServiceRecord[];
  /** Name of the namespace of each product. It must carry the label that ServiceNamespace sets. */
  readonly namespaces: Readonly<Record<string, Input<string>>>;
  readonly network: IngressNetwork;
  /** Default: the controller finds a certificate of the account for each host. */
  readonly certificateArn?: Input<string>;
  /** One per zone, two or more. Default: the controller finds those tagged for public load balancers. */
  readonly publicSubnetIds?: readonly Input<string>[];
  /** Regional web ACL. Default: none. */
  readonly webAclArn?: Input<string>;
  /** Default: none are kept. */
  readonly accessLogs?: AccessLogs;
  /** A line per connection: how TLS went, also where no request followed. Default: none are kept. */
  readonly connectionLogs?: AccessLogs;
  /** IPv4 addresses that may connect. Default: ["0.0.0.0/0"]. */
  readonly inboundCidrs?: readonly string[];
  /** Default: "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09". */
  readonly securityPolicy?: SecurityPolicy;
  /** Keeps the load balancer from being deleted, and the stack with it until it is taken off. Default: true. */
  readonly deletionProtection?: boolean;
  /** Of the IngressClass, and of the group that shares the load balancer. Default: "auterity-public". */
  readonly className?: string;
  /** Name of the load balancer in AWS, for those who look for it there. Default: the controller's. */
  readonly loadBalancerName?: string;
  /** On the AWS resources, also those that the controller makes. Default: {}. */
  readonly tags?: Readonly<Record<string, string>>;
  /** On the Kubernetes resources. Default: {}. */
  readonly labels?: Readonly<Record<string, string>>;
}

export const publicIngressDefaults = {
  inboundCidrs: ["0.0.0.0/0"],
  securityPolicy: "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
  deletionProtection: true,
  className: "auterity-public",
  tags: {},
  labels: {},
} as const;

export type ResolvedPublicIngressArgs = PublicIngressArgs &
  Required<Pick<PublicIngressArgs, keyof typeof publicIngressDefaults>>;

export function resolvePublicIngressArgs(
  name: string,
  args: PublicIngressArgs,
): ResolvedPublicIngressArgs {
  const spec = { ...publicIngressDefaults, ...args };
  const problems = [
    ...serviceProblems(spec),
    ...balancerProblems(spec),
    ...labelProblems("labels", spec.labels, ["app.kubernetes.io/managed-by"]),
  ];
  if (problems.length > 0) throw new ArgsError("PublicIngress", name, problems);
  return spec;
}

function serviceProblems({ domain, services, namespaces }: ResolvedPublicIngressArgs): string[] {
  const problems = services.flatMap((record) =>
    recordProblems(record).map((problem) => `services.${record.name}.${problem}`),
  );
  if (!isHostName(domain)) {
    problems.push(`domain: got "${domain}", need a DNS name such as "platform.example.com"`);
  }
  const exposed = services.filter((record) => record.exposure !== undefined);
  if (exposed.length === 0) {
    problems.push("services: got none with an exposure, need at least one");
  }
  for (const subdomain of repeated(exposed.map((record) => record.exposure?.subdomain))) {
    problems.push(`services: got the subdomain "${subdomain ?? ""}" twice, need each once`);
  }
  for (const product of new Set(exposed.map((record) => record.product))) {
    if (!(product in namespaces)) {
      problems.push(`namespaces: got none for the product "${product}", need its namespace`);
    }
  }
  return problems;
}

function balancerProblems(spec: ResolvedPublicIngressArgs): string[] {
  const { className, inboundCidrs, loadBalancerName, publicSubnetIds, securityPolicy } = spec;
  const problems: string[] = [];
  if (!/^[a-z]{2}(-[a-z]+)+-\d$/.test(spec.network.region)) {
    problems.push(`network.region: got "${spec.network.region}", need a region such as us-west-2`);
  }
  if (publicSubnetIds !== undefined && publicSubnetIds.length < 2) {
    problems.push(`publicSubnetIds: got ${publicSubnetIds.length}, need at least 2, one per zone`);
  }
  if (inboundCidrs.length === 0) problems.push("inboundCidrs: got none, need at least one");
  for (const twice of repeated(inboundCidrs)) {
    problems.push(`inboundCidrs: got "${twice}" twice, need each once`);
  }
  for (const cidr of inboundCidrs) {
    const { problem } = parseIpv4Cidr(cidr);
    if (problem !== undefined) problems.push(`inboundCidrs: ${problem}`);
  }
  if (!securityPolicies.includes(securityPolicy)) {
    problems.push(
      `securityPolicy: got "${securityPolicy}", need one of ${securityPolicies.join(", ")}`,
    );
  }
  if (!isDnsLabel(className)) problems.push(`className: got "${className}", need a DNS label`);
  if (loadBalancerName !== undefined && !isLoadBalancerName(loadBalancerName)) {
    problems.push(
      `loadBalancerName: got "${loadBalancerName}", need at most 32 letters, digits and hyphens, not starting with "internal-"`,
    );
  }
  return problems;
}

/** @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html */
function isLoadBalancerName(name: string): boolean {
  return (
    name.length <= 32 &&
    /^[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?$/.test(name) &&
    !name.startsWith("internal-")
  );
}
