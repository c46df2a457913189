import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type { ChildOptions } from "../shared/child-options";
import { architectureLabel, architectureOf } from "../shared/architecture";
import { nodeClassLabel, nodeClassOf, type NodePool, nodeTaints } from "../shared/node-classes";
import type { NodeClass } from "../shared/service-record";
import type { KarpenterSpec, NodePoolArgs } from "./args";

/** Nodes are drained one after the other, each for as long as its pods and their budgets need. */
const longestDrain = "45m";

/** A refused selector or image is told by the deployment that made it. */
const untilReady = { "pulumi.com/waitFor": "condition=Ready" } as const;

/** Deletion waits for what hangs on the object: for a pool, until its last node is drained and gone. */
const afterItsNodes = { "pulumi.com/deletionPropagationPolicy": "foreground" } as const;

/** How soon nodes go, and how many at a time. Batch work on a node is never moved to save money. */
const disruption: Readonly<Record<NodeClass, object>> = {
  general: { consolidationPolicy: "WhenEmptyOrUnderutilized", consolidateAfter: "10m" },
  spot: { consolidationPolicy: "WhenEmptyOrUnderutilized", consolidateAfter: "10m" },
  "ai-processing": { consolidationPolicy: "WhenEmpty", consolidateAfter: "10m" },
};
/** Of the nodes of the pool, rounded up: never all at once, whatever the reason. */
const disruptionBudgets = [{ nodes: "10%" }];
/** A month: no node outlives several patches of its image. */
const expireAfter = "720h";
/** From then on a budget that allows no disruption holds no node any longer. */
const terminationGracePeriod = "1h";
/** Spot is tried before a pool that would do as well, and Arm before x86. */
const [spotWeight, armWeight] = [10, 5];

export interface PoolParts {
  readonly spec: KarpenterSpec;
  readonly instanceProfileName: pulumi.Input<string>;
  readonly owned: ChildOptions;
  /** The controller, without which no node would ever be drained. */
  readonly dependsOn: readonly pulumi.Resource[];
}

/** A pool for each class, with the labels and taints that node groups of the class have. */
export function createNodePools(name: string, parts: PoolParts): pulumi.Resource[] {
  return Object.entries(parts.spec.nodePools).map(([poolName, pool]) =>
    createNodePool(name, parts, { poolName: poolName as NodePool, pool }),
  );
}

interface Pool {
  readonly poolName: NodePool;
  readonly pool: NodePoolArgs;
}

function createNodePool(name: string, parts: PoolParts, { poolName, pool }: Pool) {
  const { spec, owned, dependsOn } = parts;
  const nodeClass = nodeClassOf(poolName);
  const weight = weightOf(pool);
  const labels = { "app.kubernetes.io/managed-by": "pulumi" };
  const options = { ...owned, customTimeouts: { delete: longestDrain } };
  const ec2 = new k8s.apiextensions.CustomResource(
    `${name}-${poolName}-class`,
    {
      apiVersion: "karpenter.k8s.aws/v1",
      kind: "EC2NodeClass",
      metadata: { name: poolName, labels, annotations: { ...untilReady, ...afterItsNodes } },
      spec: machine(parts, { poolName, pool }),
    },
    { ...options, dependsOn: [...dependsOn] },
  );
  return new k8s.apiextensions.CustomResource(
    `${name}-${poolName}-pool`,
    {
      apiVersion: "karpenter.sh/v1",
      kind: "NodePool",
      metadata: { name: poolName, labels, annotations: { ...untilReady, ...afterItsNodes } },
      spec: {
        template: {
          metadata: { labels: { [nodeClassLabel]: nodeClass } },
          spec: {
            nodeClassRef: { group: "karpenter.k8s.aws", kind: "EC2NodeClass", name: poolName },
            requirements: requirements(spec, pool),
            taints: [nodeTaints[nodeClass] ?? []].flat(),
            expireAfter,
            terminationGracePeriod,
          },
        },
        disruption: { ...disruption[nodeClass], budgets: disruptionBudgets },
        limits: { nodes: String(pool.maxNodes) },
        ...(weight > 0 && { weight }),
      },
    },
    { ...options, dependsOn: [ec2] },
  );
}

function weightOf({ capacityType, instanceTypes }: NodePoolArgs): number {
  const arm = instanceTypes.some((type) => architectureOf(type) === "arm64");
  return (capacityType === "spot" ? spotWeight : 0) + (arm ? armWeight : 0);
}

function requirements({ nodeSubnetIdByZone }: KarpenterSpec, pool: NodePoolArgs) {
  const oneOf = (key: string, values: readonly string[]) => ({
    key,
    operator: "In",
    values: [...values],
  });
  return [
    oneOf("karpenter.sh/capacity-type", [pool.capacityType]),
    oneOf("node.kubernetes.io/instance-type", pool.instanceTypes),
    oneOf("topology.kubernetes.io/zone", Object.keys(nodeSubnetIdByZone)),
    oneOf(architectureLabel, [...new Set(pool.instanceTypes.map(architectureOf))]),
    oneOf("kubernetes.io/os", ["linux"]),
  ];
}

/** As the launch templates of node groups: one hop to the metadata, an encrypted volume, the nodes' own group. */
function machine({ spec, instanceProfileName }: PoolParts, { poolName, pool }: Pool): object {
  const [, date = ""] = spec.amiRelease.split("-");
  return {
    amiSelectorTerms: [{ alias: `al2023@v${date}` }],
    instanceProfile: instanceProfileName,
    subnetSelectorTerms: Object.values(spec.nodeSubnetIdByZone).map((id) => ({ id })),
    securityGroupSelectorTerms: [{ id: spec.nodeSecurityGroupId }],
    associatePublicIPAddress: false,
    metadataOptions: {
      httpEndpoint: "enabled",
      httpProtocolIPv6: "disabled",
      httpTokens: "required",
      httpPutResponseHopLimit: 1,
    },
    detailedMonitoring: true,
    blockDeviceMappings: [
      {
        deviceName: "/dev/xvda",
        rootVolume: true,
        ebs: {
          volumeType: "gp3",
          volumeSize: `${pool.diskGiB}Gi`,
          encrypted: true,
          kmsKeyID: spec.volumesKeyArn,
          deleteOnTermination: true,
        },
      },
    ],
    tags: {
      ...spec.tags,
      Name: `${spec.clusterName}-${poolName}`,
      [nodeClassLabel]: nodeClassOf(poolName),
    },
  };
}
