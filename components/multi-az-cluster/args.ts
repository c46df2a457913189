import type { Input } from "@pulumi/pulumi";
import type { NodePool } from "../shared/node-classes";
import type { AddonName, AmiType } from "../shared/versions";

/** `system` carries what the cluster itself needs; the others are those that services may ask for, or Arm nodes of these. */
export type NodeClassName = "system" | NodePool;

/** EKS's access policies, by the Kubernetes role that each is made after. */
export type AccessPolicy = "cluster-admin" | "admin" | "edit" | "view";

/** Every version that the cluster pins; nothing is taken "most recent". */
export interface ClusterVersions {
  /** Minor version, "1.NN". EKS goes up by one minor at a time and never down. */
  kubernetesVersion: string;
  addons: Readonly<Record<AddonName, string>>;
  /** Release versions of the node images, for every image type that a node class names. */
  amiReleaseVersion: Readonly<Partial<Record<AmiType, string>>>;
  loadBalancerController: {
    chart: {
      /** `https://` repository, `oci://` path, or a local folder ("./", "../" or "/") that holds the chart's folder. */
      repository: string;
      version: string;
    };
    image: {
      repository: string;
      tag: string;
      /** "sha256:…" Default: the tag alone decides. */
      digest?: string;
    };
  };
}

/** One class of nodes: a node group of this shape in every zone. */
export interface NodeClassArgs {
  /** Of one size and one architecture: the autoscaler takes the first for all. Spot needs at least 3. */
  instanceTypes: readonly string[];
  /** Nodes a zone keeps at least; 0 lets the class vanish. The system class needs 1. */
  minPerZone: number;
  maxPerZone: number;
  /** Nodes a zone starts with; later the autoscaler decides. Default: minPerZone. */
  desired?: number;
  /** Root volume. At least 20. */
  diskGiB: number;
  amiType: AmiType;
  /**
   * What EC2 takes back with two minutes' notice, and is cheaper for it. Only `ai-processing` has a choice, for work that goes on
   * where it was. Default: SPOT for the classes `spot`, ON_DEMAND for all others.
   */
  capacityType?: "ON_DEMAND" | "SPOT";
}

/** Who may use the Kubernetes API, and how far. */
export interface AccessEntryArgs {
  /** IAM role or user. */
  principalArn: Input<string>;
  policy: AccessPolicy;
  /** Default: the whole cluster. */
  namespaces?: readonly string[];
  /** Groups of Kubernetes for bindings of your own, beside the policy; none of its own ("system:"). Default: none. */
  groups?: readonly string[];
}

export interface EndpointAccess {
  /** Address ranges that may reach the API from the internet; every address is refused. Default: false. */
  public?: false | { cidrBlocks: readonly string[] };
  /** Ranges beside the nodes (a VPN, a deployment runner) that may reach the private endpoint. Default: none. */
  private?: { cidrBlocks: readonly string[] };
}

/** A way out of the nodes, beside HTTPS and DNS. */
export interface NodeEgress {
  description: string;
  protocol: "tcp" | "udp";
  fromPort: number;
  toPort: number;
  to: { cidrBlock: Input<string> } | { securityGroupId: Input<string> };
}

export interface MultiAzClusterArgs {
  region: string;
  /** 12 digits; "unassigned" in a plan for an environment that has no account yet. */
  accountId: string;
  /** Physical name; plain, since the log group of this name must exist before the cluster does. At most 100 characters. */
  clusterName: string;
  vpcId: Input<string>;
  /** IPv4 range of the VPC: where nodes may send DNS queries. */
  vpcCidrBlock: string;
  /** Subnets of the control plane's network interfaces, one per zone, at least 2. EKS wants 6 free addresses in each. */
  clusterSubnetIds: readonly Input<string>[];
  /** Decides how many node groups exist, so the zones are plain. At least 2. */
  nodeSubnetIdByZone: Readonly<Record<string, Input<string>>>;
  versions: ClusterVersions;
  /** At least one entry must be a cluster administrator for the whole cluster: whoever runs this program. */
  accessEntries: Readonly<Record<string, AccessEntryArgs>>;
  /**
   * Node groups; an autoscaler that starts nodes by itself, such as Karpenter, needs `system` alone. `CLASS-arm64`: nodes of
   * the class with an Arm processor, beside x86 ones, for pods whose image is built for it.
   */
  nodeClasses: Readonly<Record<"system", NodeClassArgs> & Partial<Record<NodePool, NodeClassArgs>>>;
  /** What happens when standard support of the minor ends: an automatic upgrade, or six times the price. Default: "STANDARD". */
  supportType?: "STANDARD" | "EXTENDED";
  /** Default: private only. */
  endpointAccess?: EndpointAccess;
  /** Ports beside the known ones on which the API server calls pods (webhooks, metrics APIs), by name. Default: none. */
  webhookPorts?: Readonly<Record<string, number>>;
  /** UDP ports on which pods of different nodes talk, beside DNS, by what they are for. Default: none. */
  nodeUdpPorts?: Readonly<Record<string, number>>;
  /** Default: none. */
  nodeEgress?: Readonly<Record<string, NodeEgress>>;
  // Whoever has ssm:SendCommand in the account then commands them; they still read no parameter, and open no shell.
  /** Nodes take commands from Systems Manager, as experiments on a node's network do. Default: false. */
  nodeCommands?: boolean;
  /** Control-plane logs, audit among them; one of CloudWatch's own periods. Default: 365. */
  logRetentionDays?: number;
  /** Lets Application Recovery Controller move traffic away from a zone. Default: true. */
  zonalShift?: boolean;
  /** EKS itself refuses to delete the cluster. Default: true. */
  deletionProtection?: boolean;
  /** Pulumi refuses to delete keys, log group and cluster. Default: true. */
  protect?: boolean;
  /** Managed policy that bounds what the roles made here can ever be allowed. Default: no bound but their policies. */
  permissionsBoundaryArn?: Input<string>;
  /** Role that the Kubernetes provider assumes on its way to the API. Default: the caller's own credentials. */
  kubeconfigRoleArn?: Input<string>;
  /** On every AWS resource, volumes and load balancers that the cluster makes by itself included. Default: none. */
  tags?: Readonly<Record<string, string>>;
}

export const multiAzClusterDefaults = {
  supportType: "STANDARD",
  endpointAccess: { public: false },
  webhookPorts: {},
  nodeUdpPorts: {},
  nodeEgress: {},
  nodeCommands: false,
  logRetentionDays: 365,
  zonalShift: true,
  deletionProtection: true,
  protect: true,
  tags: {},
} as const satisfies Partial<MultiAzClusterArgs>;

type Defaulted = keyof typeof multiAzClusterDefaults;

/** Checked arguments with every default filled in. */
export type ClusterSpec = Omit<MultiAzClusterArgs, Defaulted> &
  Required<Pick<MultiAzClusterArgs, Defaulted>>;
