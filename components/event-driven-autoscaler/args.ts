import type { Input } from "@pulumi/pulumi";
import { ArgsError } from "../shared/args-error";
import { parseIpv4Cidr } from "../shared/cidr";
import type { ControllerVersion } from "../shared/controller-chart";
import type { ClusterNetwork } from "../shared/controller-network-policies";

export interface EventDrivenAutoscalerArgs {
  /** Namespaces whose services it scales: it has rights in these alone, and they must exist. At least one. */
  readonly namespaces: readonly Input<string>[];
  readonly network: ClusterNetwork;
  /** Where the message broker answers, which it asks for the length of queues. Default: [], no queues. */
  readonly brokerSubnetCidrs?: readonly string[];
  /** Where the chart comes from: a repository (https://…), a registry (oci://…) or a folder. */
  readonly chart: ControllerVersion["chart"];
  readonly images: {
    readonly operator: ControllerVersion["image"];
    readonly metricsAdapter: ControllerVersion["image"];
    readonly webhooks: ControllerVersion["image"];
  };
  /** Of each of the three parts, over zones: one works, the others take over at once. 1 to 3. Default: 2. */
  readonly replicas?: number;
}

export type EventDrivenAutoscalerSpec = Required<EventDrivenAutoscalerArgs>;

export const eventDrivenAutoscalerDefaults = { brokerSubnetCidrs: [], replicas: 2 } as const;

export function resolveEventDrivenAutoscalerArgs(
  name: string,
  args: EventDrivenAutoscalerArgs,
): EventDrivenAutoscalerSpec {
  const spec = { ...eventDrivenAutoscalerDefaults, ...args };
  const problems = [...placeProblems(spec), ...versionProblems(spec)];
  if (!Number.isInteger(spec.replicas) || spec.replicas < 1 || spec.replicas > 3)
    problems.push(`replicas: got ${spec.replicas}, need 1 to 3`);
  if (problems.length > 0) throw new ArgsError("EventDrivenAutoscaler", name, problems);
  return spec;
}

function placeProblems({
  namespaces,
  network,
  brokerSubnetCidrs,
}: EventDrivenAutoscalerSpec): string[] {
  const problems: string[] = [];
  if (namespaces.length === 0)
    problems.push("namespaces: got none, need those of the services; none would mean all");
  // The chart joins them with commas and takes an empty one for all namespaces.
  for (const namespace of namespaces)
    if (typeof namespace === "string" && !/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(namespace))
      problems.push(`namespaces: got "${namespace}", need the name of a namespace`);
  if (network.clusterSubnetCidrs.length === 0)
    problems.push(
      "network.clusterSubnetCidrs: got none, need those that the API server answers from",
    );
  const ranges = {
    "network.clusterSubnetCidrs": network.clusterSubnetCidrs,
    "network.endpointSubnetCidrs": network.endpointSubnetCidrs,
    brokerSubnetCidrs,
  };
  for (const [path, blocks] of Object.entries(ranges))
    for (const range of blocks) {
      const { problem } = parseIpv4Cidr(range);
      if (problem !== undefined) problems.push(`${path}: ${problem}`);
    }
  return problems;
}

function versionProblems({ chart, images }: EventDrivenAutoscalerSpec): string[] {
  const problems: string[] = [];
  if (!/^(https:\/\/|oci:\/\/|\.{0,2}\/)\S+$/.test(chart.repository))
    problems.push(
      `chart.repository: got "${chart.repository}", need an https:// repository, an oci:// path or a local folder`,
    );
  if (!/^\d+\.\d+\.\d+$/.test(chart.version))
    problems.push(`chart.version: got "${chart.version}", need an exact version`);
  for (const [key, { repository, tag, digest }] of Object.entries(images)) {
    if (!/^[\w.-]+\.[\w.-]+(:\d+)?\/[\w./-]+$/.test(repository))
      problems.push(`images.${key}.repository: got "${repository}", need host and path`);
    if (!/^\d+\.\d+\.\d+$/.test(tag))
      problems.push(`images.${key}.tag: got "${tag}", need an exact version, such as 1.2.3`);
    if (digest !== undefined && !/^sha256:[0-9a-f]{64}$/.test(digest))
      problems.push(
        `images.${key}.digest: got "${digest}", need sha256: and 64 hexadecimal digits`,
      );
  }
  return problems;
}
