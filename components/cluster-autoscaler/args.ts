import type { Input } from "@pulumi/pulumi";
import { ArgsError } from "../shared/args-error";
import { type ControllerVersion, controllerVersionProblems } from "../shared/controller-chart";
import { type ClusterNetwork, clusterNetworkProblems } from "../shared/controller-network-policies";

export interface ClusterAutoscalerArgs {
  readonly region: string;
  /** 12 digits, or "unassigned" in a plan without an account. */
  readonly accountId: string;
  /** Physical name: only groups that EKS has tagged with it are seen and scaled. */
  readonly clusterName: string;
  /** Minor of the cluster, "1.NN": the image has to be of the same. */
  readonly kubernetesVersion: string;
  readonly version: ControllerVersion;
  readonly network: ClusterNetwork;
  /**
   * Regular expressions on the names of Auto Scaling groups, the first to grow first, such as those of Spot nodes; a group
   * that none matches comes last. Managed node groups have theirs named eks-NODEGROUP-UUID. Default: [], none before others.
   */
  readonly preferredGroups?: readonly string[];
  /** Two elect a leader, so that a node lost with the autoscaler on it is replaced. 1 or 2. Default: 2. */
  readonly replicas?: number;
  /** Policy that bounds the role. Default: none. */
  readonly permissionsBoundaryArn?: Input<string>;
  /** Makes a ServiceMonitor, of which the cluster must know the kind. Default: false. */
  readonly serviceMonitor?: boolean;
  /** On the role. Default: {}. */
  readonly tags?: Readonly<Record<string, string>>;
}

const defaults = { preferredGroups: [], replicas: 2, serviceMonitor: false, tags: {} } as const;

export type ClusterAutoscalerSpec = Omit<ClusterAutoscalerArgs, keyof typeof defaults> &
  Required<Pick<ClusterAutoscalerArgs, keyof typeof defaults>>;

export function resolveClusterAutoscalerArgs(
  name: string,
  args: ClusterAutoscalerArgs,
): ClusterAutoscalerSpec {
  const spec = { ...defaults, ...args };
  const problems = [
    ...placeProblems(spec),
    ...clusterNetworkProblems(spec.network),
    ...controllerVersionProblems("version", spec.version),
    ...minorProblems(spec),
    ...groupProblems(spec),
  ];
  if (spec.replicas !== 1 && spec.replicas !== 2)
    problems.push(`replicas: got ${spec.replicas}, need 1 or 2: one works, the other waits`);
  if (problems.length > 0) throw new ArgsError("ClusterAutoscaler", name, problems);
  return spec;
}

function placeProblems({ region, accountId, clusterName }: ClusterAutoscalerSpec): string[] {
  const problems: string[] = [];
  if (!/^[a-z]{2}(-[a-z]+)+-\d$/.test(region))
    problems.push(`region: got "${region}", need an AWS region`);
  if (!/^(\d{12}|unassigned)$/.test(accountId))
    problems.push(`accountId: got "${accountId}", need 12 digits, or unassigned`);
  if (!/^[0-9A-Za-z][A-Za-z0-9_-]{0,99}$/.test(clusterName))
    problems.push(
      `clusterName: got "${clusterName}", need 1 to 100 letters, digits, "-" or "_", the first a letter or digit`,
    );
  return problems;
}

/** It simulates the scheduler of its own minor: with another's it would promise nodes that do not help. */
function minorProblems({ kubernetesVersion, version }: ClusterAutoscalerSpec): string[] {
  if (!/^1\.\d{2}$/.test(kubernetesVersion))
    return [`kubernetesVersion: got "${kubernetesVersion}", need a minor version, such as 1.35`];
  const { tag } = version.image;
  return tag.startsWith(`v${kubernetesVersion}.`)
    ? []
    : [`version.image.tag: got "${tag}", need the cluster's minor, v${kubernetesVersion}.x`];
}

function groupProblems({ preferredGroups }: ClusterAutoscalerSpec): string[] {
  return preferredGroups
    .filter((pattern) => pattern === "" || !isPattern(pattern))
    .map((pattern) => `preferredGroups: got "${pattern}", need a regular expression`);
}

function isPattern(text: string): boolean {
  try {
    new RegExp(text);
    return true;
  } catch {
    return false;
  }
}
