import type * as k8s from "@pulumi/kubernetes";
import { ArgsError } from "../shared/args-error";
import type { ControllerVersion } from "../shared/controller-chart";
import { type ClusterNetwork, clusterNetworkProblems } from "../shared/controller-network-policies";

export interface ClusterCostsArgs extends ControllerVersion {
  /** Name that OpenCost gives to what it tells of this cluster. */
  readonly clusterName: string;
  /** Credentials of the cluster; every object in it is made with them. */
  readonly provider: k8s.Provider;
  readonly network: ClusterNetwork;
}

export type ClusterCostsSpec = Required<ClusterCostsArgs>;

export function resolveClusterCostsArgs(name: string, args: ClusterCostsArgs): ClusterCostsSpec {
  const problems = [...placeProblems(args), ...versionProblems(args)];
  if (problems.length > 0) throw new ArgsError("ClusterCosts", name, problems);
  return args;
}

function placeProblems({ clusterName, network }: ClusterCostsArgs): string[] {
  const problems: string[] = [];
  if (!/^[A-Za-z0-9][\w-]{0,99}$/.test(clusterName))
    problems.push(`clusterName: got "${clusterName}", need the name of a cluster of EKS`);
  return [...problems, ...clusterNetworkProblems(network)];
}

function versionProblems({ chart, image }: ClusterCostsArgs): string[] {
  const problems: string[] = [];
  if (!/^(https:\/\/|oci:\/\/|\/)\S+$/.test(chart.repository))
    problems.push(
      `chart.repository: got "${chart.repository}", need https://, oci:// or an absolute folder`,
    );
  if (!/^\d+\.\d+\.\d+$/.test(chart.version))
    problems.push(`chart.version: got "${chart.version}", need an exact version`);
  if (!/^[\w.-]+\.[\w.-]+(:\d+)?\/[\w./-]+$/.test(image.repository))
    problems.push(`image.repository: got "${image.repository}", need host and path`);
  if (!/^\d+\.\d+\.\d+$/.test(image.tag))
    problems.push(`image.tag: got "${image.tag}", need an exact version`);
  if (image.digest !== undefined && !/^sha256:[0-9a-f]{64}$/.test(image.digest))
    problems.push(`image.digest: got "${image.digest}", need sha256: and 64 hexadecimal digits`);
  return problems;
}
