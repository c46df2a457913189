import type * as aws from "@pulumi/aws";
import { ClusterAutoscaler } from "../components/cluster-autoscaler";
import { Karpenter, type NodePoolArgs } from "../components/karpenter";
import { autoScalingGroupPattern, type MultiAzCluster } from "../components/multi-az-cluster";
import { type ClassHeadroom, NodeHeadroom } from "../components/node-headroom";
import type { SecureVpc } from "../components/secure-vpc";
import {
  type Architecture,
  architectures,
  architecturesOf,
} from "../components/shared/architecture";
import { containerAmounts } from "../components/shared/container-resources";
import { nodeClassOf } from "../components/shared/node-classes";
import { formatBytes, formatCpu } from "../components/shared/quantities";
import type { NodeClass, ServiceRecord } from "../components/shared/service-record";
import { supportedKubernetes } from "../components/shared/versions";
import { boundaryArn } from "./accounts";
import { office } from "./catalogue/common";
import { chartOf, clusterAutoscalerImage, imageOf } from "./chart-versions";
import { controllerNetwork } from "./cluster-network";
import type { Environment } from "./environment";
import { workingHours, workingWeek } from "./nights";
import { poolsFor, type SettledPool } from "./node-pools";

interface NodeParts {
  readonly environment: Environment;
  readonly services: readonly ServiceRecord[];
  readonly network: SecureVpc;
  readonly cluster: MultiAzCluster;
  /** On nodes and volumes that Karpenter makes: the provider's do not reach them. */
  readonly tags: Readonly<Record<string, string>>;
  readonly provider: aws.Provider;
}

/** Before everything that wants more nodes than there are at first; and what keeps some of them free. */
export function defineNodeAutoscaler(prefix: string, parts: NodeParts): NodeHeadroom | undefined {
  const { environment, cluster } = parts;
  const { ready } =
    environment.cluster.nodeAutoscaler === "karpenter"
      ? defineKarpenter(prefix, parts)
      : defineClusterAutoscaler(prefix, parts);
  cluster.comesAfter(ready);
  return defineHeadroom(prefix, parts);
}

function options({ cluster, provider }: NodeParts) {
  return {
    providers: { aws: provider, kubernetes: cluster.provider },
    dependsOn: [...cluster.ready],
  };
}

function defineClusterAutoscaler(prefix: string, parts: NodeParts): ClusterAutoscaler {
  const { environment, network } = parts;
  const { region, accountId, cluster } = environment;
  return new ClusterAutoscaler(
    prefix,
    {
      region,
      accountId,
      clusterName: prefix,
      kubernetesVersion: cluster.kubernetesVersion,
      version: {
        chart: chartOf(environment, "clusterAutoscaler"),
        image: clusterAutoscalerImage(environment),
      },
      network: controllerNetwork(network),
      preferredGroups: [
        ...armGroups(environment, prefix, "spot-arm64"),
        autoScalingGroupPattern(prefix, "spot"),
        ...armGroups(environment, prefix, "general-arm64"),
        autoScalingGroupPattern(prefix, "general"),
      ],
      permissionsBoundaryArn: boundaryArn(environment),
    },
    options(parts),
  );
}

function defineKarpenter(prefix: string, parts: NodeParts): Karpenter {
  const { environment, network, cluster, tags } = parts;
  const { region, accountId } = environment;
  const { kubernetesVersion, zonalShift } = environment.cluster;
  return new Karpenter(
    prefix,
    {
      region,
      accountId,
      clusterName: prefix,
      version: {
        chart: chartOf(environment, "karpenter"),
        image: imageOf(environment, "karpenter"),
      },
      network: controllerNetwork(network),
      nodePools: Object.fromEntries(
        poolsFor(environment.cluster.nodeClasses).map((pool) => [
          pool.name,
          nodePool(environment, pool),
        ]),
      ),
      nodeSubnetIdByZone: network.privateSubnetIdByZone,
      nodeSecurityGroupId: cluster.nodeSecurityGroupId,
      nodeRoleName: cluster.nodeRoleName,
      volumesKeyArn: cluster.volumesKeyArn,
      amiRelease: supportedKubernetes(kubernetesVersion).amiReleases.AL2023_x86_64_STANDARD,
      zonalShift,
      tags,
      permissionsBoundaryArn: boundaryArn(environment),
    },
    options(parts),
  );
}

/** Arm is cheaper, and before the pattern of the class, which matches both. */
function armGroups(
  { cluster }: Environment,
  prefix: string,
  pool: "general-arm64" | "spot-arm64",
): string[] {
  return cluster.nodeClasses[pool] === undefined ? [] : [autoScalingGroupPattern(prefix, pool)];
}

function nodePool({ network }: Environment, { name, settings }: SettledPool): NodePoolArgs {
  const { instanceTypes, maxPerZone, diskGiB, capacity = "on-demand" } = settings;
  return {
    capacityType: nodeClassOf(name) === "spot" ? "spot" : capacity,
    instanceTypes,
    maxNodes: maxPerZone * network.availabilityZones.length,
    diskGiB,
  };
}

/** Nothing where no room is asked for: an empty namespace would only be one more to look after. */
function defineHeadroom(prefix: string, parts: NodeParts): NodeHeadroom | undefined {
  const { environment, services } = parts;
  const { headroomPerZone: always, dayHeadroomPerZone: byDay } = environment.cluster;
  if (byDay.general + byDay.spot === 0) return undefined;
  const week = workingWeek(environment);
  const room = (nodeClass: "general" | "spot"): ClassHeadroom => ({
    ...largestPod(services, nodeClass),
    architectures: ofUseTo(services, nodeClass),
    perZone: always[nodeClass],
    dayPerZone: byDay[nodeClass],
  });
  return new NodeHeadroom(
    prefix,
    {
      zones: environment.network.availabilityZones.length,
      classes: { general: room("general"), spot: room("spot") },
      day: week === undefined ? office : workingHours(week),
      image: imageOf(environment, "pause"),
    },
    options(parts),
  );
}

/** Room is held where every service of the class can take it; if there is no such place, where images run by default. */
function ofUseTo(services: readonly ServiceRecord[], nodeClass: NodeClass): Architecture[] {
  const ofClass = services.filter((record) => record.nodeClass === nodeClass);
  const common = architectures.filter((architecture) =>
    ofClass.every((record) => architecturesOf(record).includes(architecture)),
  );
  return common.length > 0 ? common : ["amd64"];
}

function largestPod(
  services: readonly ServiceRecord[],
  nodeClass: NodeClass,
): Pick<ClassHeadroom, "cpu" | "memory"> {
  const requests = services
    .filter((record) => record.nodeClass === nodeClass)
    .map((record) => containerAmounts(record).requests);
  return {
    cpu: formatCpu(Math.max(1, ...requests.map(({ cpu }) => cpu))),
    memory: formatBytes(Math.max(1, ...requests.map(({ memory }) => memory))),
  };
}
