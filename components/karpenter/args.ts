import type { Input } from "@pulumi/pulumi";
import type { ControllerVersion } from "../shared/controller-chart";
import type { ClusterNetwork } from "../shared/controller-network-policies";
import type { NodePool } from "../shared/node-classes";

/** Nodes of one class, in every zone. */
export interface NodePoolArgs {
  /** Spot needs at least 3 instance types: capacity of one goes all at once. */
  readonly capacityType: "on-demand" | "spot";
  /** Any that fits and is cheapest is taken; all of one architecture, such as m6i.large or m7g.large. */
  readonly instanceTypes: readonly string[];
  /** In all zones together. At least 1. */
  readonly maxNodes: number;
  /** Root volume. At least 20. */
  readonly diskGiB: number;
}

export interface KarpenterArgs {
  readonly region: string;
  /** 12 digits, or "unassigned" in a plan without an account. */
  readonly accountId: string;
  /** Physical name: what is made is tagged with it, and nothing else is touched. */
  readonly clusterName: string;
  /** The charts `karpenter` and `karpenter-crd` lie side by side there, and have the same version. */
  readonly version: ControllerVersion;
  readonly network: ClusterNetwork;
  /** At least one. `CLASS-arm64`: nodes of the class with an Arm processor, for pods whose image is built for it. */
  readonly nodePools: Readonly<Partial<Record<NodePool, NodePoolArgs>>>;
  /** Where the nodes come, by zone. At least one. */
  readonly nodeSubnetIdByZone: Readonly<Record<string, Input<string>>>;
  readonly nodeSecurityGroupId: Input<string>;
  /** With a way into the cluster: an access entry of the type EC2_LINUX. */
  readonly nodeRoleName: Input<string>;
  /** Key of the nodes' volumes; its policy leaves it to IAM who of the account may use it. */
  readonly volumesKeyArn: Input<string>;
  /** Release of the AL2023 image, "KUBERNETES-DATE" as kubernetesMatrix has it: a new one replaces the nodes in turn. */
  readonly amiRelease: string;
  /** Leaves out a zone that traffic is shifted away from; the cluster has to have zonal shift. Default: false. */
  readonly zonalShift?: boolean;
  /** Policy that bounds the role. Default: none. */
  readonly permissionsBoundaryArn?: Input<string>;
  /** Makes a ServiceMonitor, of which the cluster must know the kind. Default: false. */
  readonly serviceMonitor?: boolean;
  /** On everything, the nodes and their volumes among it. Default: {}. */
  readonly tags?: Readonly<Record<string, string>>;
}

export const karpenterDefaults = { zonalShift: false, serviceMonitor: false, tags: {} } as const;

export type KarpenterSpec = Omit<KarpenterArgs, keyof typeof karpenterDefaults> &
  Required<Pick<KarpenterArgs, keyof typeof karpenterDefaults>>;
