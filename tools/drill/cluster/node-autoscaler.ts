import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { instanceTypes } from "../../../components/shared/instance-types";
import { goTool } from "../go-tools";
import type { KubernetesObject } from "../kubernetes-api";
import { freePorts, type RunningProgram, type Stage } from "../processes";
import type { ToolContext } from "../tool-cache";
import type { Cluster } from "./controllers";
import { quantities, roomOf, zoneLabel } from "./nodes";
import type { NodeGroup } from "./planned";
import { nodePrice } from "../../costs/price-table";

export interface KarpenterArgs {
  readonly cluster: Cluster;
  readonly nodeGroups: readonly NodeGroup[];
  /** From a machine that was asked for until its node is in the API. */
  readonly registrationSeconds: number;
  /** How long a node has to look needless before it goes. */
  readonly consolidateAfterSeconds: number;
}

/** What Karpenter takes off each type by itself; the room of a node is given without it. */
const overhead = { cpu: 100, memory: 10 * 2 ** 20 };

/**
 * The real Karpenter with its provider of simulated nodes, in the place of the Cluster Autoscaler: that does not build
 * from the module proxy. A node pool stands for a planned class: its types, zones, labels, taints and most nodes.
 */
export async function startKarpenter(
  stage: Stage,
  context: ToolContext,
  args: KarpenterArgs,
): Promise<RunningProgram> {
  const { cluster, nodeGroups } = args;
  const program = await goTool("karpenter", context);
  const types = join(stage.folder, "instance-types.json");
  writeFileSync(types, JSON.stringify(instanceTypeList(nodeGroups)));
  const [metrics = 0, health = 0] = await freePorts(2);
  const karpenter = stage.start({
    name: "karpenter",
    program,
    args: [
      ...[`--metrics-port=${metrics}`, `--health-probe-port=${health}`],
      ...["--disable-leader-election=true", "--batch-max-duration=3s", "--batch-idle-duration=1s"],
    ],
    environment: {
      ...{ PATH: process.env["PATH"], HOME: stage.folder, KUBECONFIG: cluster.kubeconfig },
      ...{ SYSTEM_NAMESPACE: "kube-system", CLUSTER_NAME: "drill" },
      ...{ INSTANCE_TYPES_FILE_PATH: types, KUBERNETES_MIN_VERSION: "1.29.0" },
    },
  });
  await cluster.api.apply({
    ...{ apiVersion: "karpenter.kwok.sh/v1alpha1", kind: "KWOKNodeClass" },
    metadata: { name: "simulated" },
    spec: { nodeRegistrationDelay: `${args.registrationSeconds}s` },
  } as KubernetesObject);
  for (const nodeClass of classesOf(nodeGroups)) await cluster.api.apply(nodePool(nodeClass, args));
  return karpenter;
}

/** A pool starts nodes beyond those that its groups have anyway. */
function nodePool(nodeClass: string, args: KarpenterArgs): KubernetesObject {
  const groups = args.nodeGroups.filter((group) => group.nodeClass === nodeClass);
  const [group] = groups;
  if (group === undefined) throw new Error(`${nodeClass}: no group`);
  const more = groups.reduce((sum, { least, most }) => sum + most - least, 0);
  const largest = Math.max(...group.instanceTypes.map((type) => instanceTypes[type]?.vcpus ?? 0));
  const within = (key: string, values: readonly string[]): object => ({
    key,
    operator: "In",
    values,
  });
  return {
    ...{ apiVersion: "karpenter.sh/v1", kind: "NodePool", metadata: { name: nodeClass } },
    spec: {
      template: {
        metadata: { labels: group.labels },
        spec: {
          requirements: [
            within("node.kubernetes.io/instance-type", group.instanceTypes),
            within(
              zoneLabel,
              groups.map(({ zone }) => zone),
            ),
            within("karpenter.sh/capacity-type", [capacityOf(group)]),
          ],
          ...(group.taints.length > 0 && { taints: group.taints }),
          nodeClassRef: { name: "simulated", kind: "KWOKNodeClass", group: "karpenter.kwok.sh" },
          expireAfter: "Never",
        },
      },
      limits: { cpu: String(more * largest) },
      disruption: {
        consolidationPolicy: "WhenEmptyOrUnderutilized",
        consolidateAfter: `${args.consolidateAfterSeconds}s`,
        budgets: [{ nodes: "100%" }],
      },
    },
  } as KubernetesObject;
}

/** Classes that may have more nodes than they always have. */
function classesOf(nodeGroups: readonly NodeGroup[]): string[] {
  const growing = nodeGroups.filter(({ least, most }) => most > least);
  return [...new Set(growing.map(({ nodeClass }) => nodeClass))].filter(
    // Nothing of the catalogue asks for it.
    (nodeClass) => nodeClass !== "system",
  );
}

function capacityOf({ capacityType }: NodeGroup): "on-demand" | "spot" {
  return capacityType === "SPOT" ? "spot" : "on-demand";
}

function instanceTypeList(nodeGroups: readonly NodeGroup[]): object[] {
  const names = [...new Set(nodeGroups.flatMap((group) => group.instanceTypes))];
  return names.map((name) => {
    const using = nodeGroups.filter((group) => group.instanceTypes.includes(name));
    const room = roomOf(name, Math.min(...using.map(({ diskGiB }) => diskGiB)));
    const resources = quantities({
      ...room,
      cpu: room.cpu + overhead.cpu,
      memory: room.memory + overhead.memory,
    });
    return {
      ...{ name, resources, operatingSystems: ["linux"] },
      architecture: instanceTypes[name]?.architecture,
      offerings: offeringsOf(name, using),
    };
  });
}

function offeringsOf(name: string, groups: readonly NodeGroup[]): object[] {
  const within = (key: string, value: string): object => ({ key, operator: "In", values: [value] });
  const found = new Map(
    groups.map((group) => [`${group.zone} ${capacityOf(group)}`, group] as const),
  );
  return [...found.values()].map((group) => ({
    // Only the order counts here: without a price, the size stands for it.
    Price: nodePrice(name) ?? instanceTypes[name]?.vcpus,
    Available: true,
    Requirements: [
      within("karpenter.sh/capacity-type", capacityOf(group)),
      within(zoneLabel, group.zone),
    ],
  }));
}
