import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { NodeEgress } from "./args";
import type { ClusterScope } from "./scope";

export interface ClusterSecurityGroups {
  /** On the control plane's network interfaces, beside the group that EKS makes for itself. */
  controlPlane: aws.ec2.SecurityGroup;
  /** The only group of the nodes, and so of every pod. */
  nodes: aws.ec2.SecurityGroup;
  /** Without the rules a node cannot join, and cannot be drained. */
  rules: pulumi.Resource[];
}

/** Where the control plane calls pods, whatever else is installed. */
export const knownWebhookPorts = {
  "load-balancer-controller": 9443,
  // EKS's build of it; the project's own listens on the kubelet's port.
  // @see https://github.com/terraform-aws-modules/terraform-aws-eks/blob/master/node_groups.tf
  "metrics-server": 10251,
} as const;

const httpsPort = 443;
const dnsPort = 53;
const kubeletPort = 10250;

/**
 * Narrow groups of our own: what the control plane and the nodes need of each other, and no more. Nodes that come from
 * a launch template with groups do not get the one that EKS makes, in which everything may talk to everything.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/sec-group-reqs.html
 */
export function createSecurityGroups(scope: ClusterScope): ClusterSecurityGroups {
  const { name, spec, owned } = scope;
  const createGroup = (role: string, description: string, tags: Record<string, string>) =>
    new aws.ec2.SecurityGroup(
      `${name}-${role}`,
      {
        vpcId: spec.vpcId,
        description: `${description} of cluster ${spec.clusterName}`,
        revokeRulesOnDelete: true,
        tags: { ...spec.tags, Name: `${spec.clusterName}-${role}`, ...tags },
      },
      owned,
    );
  const controlPlane = createGroup("control-plane", "Control plane", {});
  const nodes = createGroup("nodes", "Nodes and pods", {
    // By this tag the load balancer controller may open the group to its load balancers.
    [`kubernetes.io/cluster/${spec.clusterName}`]: "owned",
  });
  const rules = [
    ...createControlPlaneRules(scope, controlPlane, nodes),
    ...createNodeRules(scope, controlPlane, nodes),
    ...createNodeEgressRules(scope, nodes),
  ];
  return { controlPlane, nodes, rules };
}

function createControlPlaneRules(
  scope: ClusterScope,
  controlPlane: aws.ec2.SecurityGroup,
  nodes: aws.ec2.SecurityGroup,
): pulumi.Resource[] {
  const { ingress, egress } = ruleFactory(scope, "control-plane", controlPlane);
  const fromNetwork = scope.spec.endpointAccess.private?.cidrBlocks ?? [];
  return [
    ingress("nodes", "Kubernetes API for nodes and pods", {
      ...tcp(httpsPort),
      referencedSecurityGroupId: nodes.id,
    }),
    ...fromNetwork.map((cidrBlock) =>
      ingress(cidrBlock.replace("/", "-"), `Kubernetes API for ${cidrBlock}`, {
        ...tcp(httpsPort),
        cidrIpv4: cidrBlock,
      }),
    ),
    egress("kubelet", "Kubelets: logs, exec, port-forward", {
      ...tcp(kubeletPort),
      referencedSecurityGroupId: nodes.id,
    }),
    ...webhookPorts(scope).map(([webhook, port]) =>
      egress(webhook, `Calls of the API server to ${webhook}`, {
        ...tcp(port),
        referencedSecurityGroupId: nodes.id,
      }),
    ),
  ];
}

function createNodeRules(
  scope: ClusterScope,
  controlPlane: aws.ec2.SecurityGroup,
  nodes: aws.ec2.SecurityGroup,
): pulumi.Resource[] {
  const { ingress } = ruleFactory(scope, "nodes", nodes);
  const fromControlPlane = { referencedSecurityGroupId: controlPlane.id };
  const fromNodes = { referencedSecurityGroupId: nodes.id };
  return [
    ingress("kubelet", "Kubelets: logs, exec, port-forward", {
      ...tcp(kubeletPort),
      ...fromControlPlane,
    }),
    ...webhookPorts(scope).map(([webhook, port]) =>
      ingress(webhook, `Calls of the API server to ${webhook}`, {
        ...tcp(port),
        ...fromControlPlane,
      }),
    ),
    ingress("dns-tcp", "DNS queries of pods on other nodes", { ...tcp(dnsPort), ...fromNodes }),
    ingress("dns-udp", "DNS queries of pods on other nodes", { ...udp(dnsPort), ...fromNodes }),
    ...Object.entries(scope.spec.nodeUdpPorts).map(([use, port]) =>
      ingress(use, `${use} of pods on other nodes`, { ...udp(port), ...fromNodes }),
    ),
    // Which pod may talk to which is for network policies; containers listen on unprivileged ports.
    ingress("pods", "Pods on other nodes", { ...tcp(1025, 65535), ...fromNodes }),
  ];
}

function createNodeEgressRules(
  scope: ClusterScope,
  nodes: aws.ec2.SecurityGroup,
): pulumi.Resource[] {
  const { egress } = ruleFactory(scope, "nodes", nodes);
  const { vpcCidrBlock, nodeEgress, nodeUdpPorts } = scope.spec;
  return [
    egress("https", "Images, AWS APIs and the Kubernetes API", {
      ...tcp(httpsPort),
      cidrIpv4: "0.0.0.0/0",
    }),
    egress("dns-tcp", "DNS inside the VPC", { ...tcp(dnsPort), cidrIpv4: vpcCidrBlock }),
    egress("dns-udp", "DNS inside the VPC", { ...udp(dnsPort), cidrIpv4: vpcCidrBlock }),
    egress("pods", "Pods on other nodes", {
      ...tcp(1025, 65535),
      referencedSecurityGroupId: nodes.id,
    }),
    ...Object.entries(nodeUdpPorts).map(([use, port]) =>
      egress(use, `${use} of pods on other nodes`, {
        ...udp(port),
        referencedSecurityGroupId: nodes.id,
      }),
    ),
    ...Object.entries(nodeEgress).map(([key, rule]) =>
      egress(key, rule.description, {
        ipProtocol: rule.protocol,
        fromPort: rule.fromPort,
        toPort: rule.toPort,
        ...peer(rule.to),
      }),
    ),
  ];
}

type Peer = Pick<
  aws.vpc.SecurityGroupEgressRuleArgs,
  "cidrIpv4" | "referencedSecurityGroupId" | "fromPort" | "toPort" | "ipProtocol"
>;

function ruleFactory(
  { name, spec, owned }: ClusterScope,
  role: string,
  group: aws.ec2.SecurityGroup,
) {
  const rule = (description: string, traffic: Peer) => ({
    securityGroupId: group.id,
    description,
    tags: spec.tags,
    ...traffic,
  });
  return {
    ingress: (key: string, description: string, traffic: Peer) =>
      new aws.vpc.SecurityGroupIngressRule(
        `${name}-${role}-${key}`,
        rule(description, traffic),
        owned,
      ),
    egress: (key: string, description: string, traffic: Peer) =>
      new aws.vpc.SecurityGroupEgressRule(
        `${name}-${role}-${key}`,
        rule(description, traffic),
        owned,
      ),
  };
}

function webhookPorts({ spec }: ClusterScope): [string, number][] {
  return Object.entries({ ...knownWebhookPorts, ...spec.webhookPorts });
}

function tcp(fromPort: number, toPort = fromPort) {
  return { ipProtocol: "tcp", fromPort, toPort };
}

function udp(port: number) {
  return { ipProtocol: "udp", fromPort: port, toPort: port };
}

function peer(to: NodeEgress["to"]) {
  return "cidrBlock" in to
    ? { cidrIpv4: to.cidrBlock }
    : { referencedSecurityGroupId: to.securityGroupId };
}
