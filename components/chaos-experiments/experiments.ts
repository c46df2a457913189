import type { ChaosExperimentsSpec } from "./args";
import { action, minutes, running, tagged, type Experiment } from "./experiment";
import { faultAccount, faultNamespace, faultTargetLabel } from "./names";
import {
  clusterStatements,
  commandStatements,
  databaseStatements,
  nodeStatements,
  regionStatements,
} from "./statements";
import { losesZone } from "./zone-power";

/** Where AWS FIS says which actions there are. @see https://docs.aws.amazon.com/fis/latest/userguide/fis-actions-reference.html */
export function planExperiments(spec: ChaosExperimentsSpec): Experiment[] {
  const { zonePower } = spec.experiments;
  return [
    ...(zonePower?.zones ?? []).map((zone) => losesZone(spec, { ...zonePower, zone })),
    ...[losesNodes, isSlow, hasSlowNodes, failsOver, isInterrupted, losesRegion].flatMap(
      (plan) => plan(spec) ?? [],
    ),
  ];
}

function losesNodes(spec: ChaosExperimentsSpec): Experiment | undefined {
  const { nodeLoss } = spec.experiments;
  if (nodeLoss === undefined) return undefined;
  const { nodes = 1 } = nodeLoss;
  return {
    name: "node-loss",
    hypothesis:
      `With ${nodes} node(s) gone without a warning no critical service falls below its floor, ` +
      "and every service is at full strength again within 2 minutes.",
    actions: [action(["end-nodes", "aws:ec2:terminate-instances"], ["Instances", "nodes"])],
    targets: [
      tagged(spec, ["nodes", "aws:ec2:instance"], {
        ...{ selectionMode: `COUNT(${nodes})`, filters: [running] },
      }),
    ],
    statements: nodeStatements(spec, ["ec2:TerminateInstances"]),
  };
}

/**
 * Pods have no tags: the namespace and a label stand for them. Delays need a privileged container beside the pod, which
 * only the namespace of faults lets in.
 * @see https://docs.aws.amazon.com/fis/latest/userguide/eks-pod-actions.html
 */
function isSlow(spec: ChaosExperimentsSpec): Experiment | undefined {
  const { networkLatency } = spec.experiments;
  if (networkLatency === undefined) return undefined;
  const { delayMilliseconds: delay = 200, jitterMilliseconds: jitter = 50 } = networkLatency;
  const { minutes: late = 10 } = networkLatency;
  return {
    name: "network-latency",
    hypothesis:
      `With packets ${delay} ms late for ${late} minutes callers keep to their time limits and retries to their budgets: ` +
      "answers are slower by what the delay explains, and none fails.",
    actions: [
      action(["delay-packets", "aws:eks:pod-network-latency"], ["Pods", "pods"], {
        duration: minutes(late),
        delayMilliseconds: String(delay),
        jitterMilliseconds: String(jitter),
        sources: "0.0.0.0/0",
        kubernetesServiceAccount: faultAccount,
      }),
    ],
    targets: [
      {
        ...{ name: "pods", resourceType: "aws:eks:pod", selectionMode: "ALL" },
        parameters: {
          clusterIdentifier: spec.clusterName,
          namespace: faultNamespace,
          selectorType: "labelSelector",
          selectorValue: `${faultTargetLabel.key}=${faultTargetLabel.value}`,
        },
      },
    ],
    statements: clusterStatements(spec),
  };
}

/**
 * By a command on the node itself, so that no pod has to be privileged. It delays what leaves by the node's first
 * interface; the network plugin has pods on others too, and theirs is on time.
 * @see https://docs.aws.amazon.com/fis/latest/userguide/actions-ssm-agent.html
 */
function hasSlowNodes(spec: ChaosExperimentsSpec): Experiment | undefined {
  const { nodeLatency } = spec.experiments;
  if (nodeLatency === undefined) return undefined;
  const { delayMilliseconds: delay = 200, jitterMilliseconds: jitter = 50 } = nodeLatency;
  const { nodes = 1, minutes: late = 10, toCidrs } = nodeLatency;
  const documentArn = `arn:aws:ssm:${spec.region}::document/AWSFIS-Run-Network-Latency-Sources`;
  return {
    name: "node-latency",
    hypothesis:
      `With what ${nodes} node(s) send to others ${delay} ms late for ${late} minutes, services keep to their time limits and ` +
      "retries to their budgets: answers are slower by what the delay explains, and none fails.",
    actions: [
      action(["delay-packets", "aws:ssm:send-command"], ["Instances", "nodes"], {
        duration: minutes(late),
        documentArn,
        documentParameters: JSON.stringify({
          DelayMilliseconds: String(delay),
          JitterMilliseconds: String(jitter),
          Sources: toCidrs.join(","),
          Interface: "DEFAULT",
          TrafficType: "egress",
          DurationSeconds: String(late * 60),
          FlowsPercent: "100",
          InstallDependencies: "True",
        }),
      }),
    ],
    targets: [
      tagged(spec, ["nodes", "aws:ec2:instance"], {
        ...{ selectionMode: `COUNT(${nodes})`, filters: [running] },
      }),
    ],
    statements: commandStatements(spec, documentArn),
  };
}

function failsOver(spec: ChaosExperimentsSpec): Experiment | undefined {
  if (spec.experiments.databaseFailover === undefined) return undefined;
  return {
    name: "database-failover",
    hypothesis:
      "When the database's writer fails a reader takes over: writes fail for less than a minute, " +
      "connections come back by themselves, and no pod restarts.",
    actions: [action(["fail-over", "aws:rds:failover-db-cluster"], ["Clusters", "database"])],
    targets: [tagged(spec, ["database", "aws:rds:cluster"])],
    statements: databaseStatements(spec),
  };
}

function isInterrupted(spec: ChaosExperimentsSpec): Experiment | undefined {
  const { spotInterruption } = spec.experiments;
  if (spotInterruption === undefined) return undefined;
  const { nodes = 1 } = spotInterruption;
  return {
    name: "spot-interruption",
    hypothesis:
      `When AWS takes ${nodes} Spot node(s) back with two minutes' notice their pods have moved before, ` +
      "no task is lost, and no critical service is touched.",
    actions: [
      action(
        ["interrupt-nodes", "aws:ec2:send-spot-instance-interruptions"],
        ["SpotInstances", "nodes"],
        // The notice comes at once, as AWS's own does: two minutes before the end.
        { durationBeforeInterruption: minutes(2) },
      ),
    ],
    targets: [
      tagged(spec, ["nodes", "aws:ec2:spot-instance"], {
        ...{ selectionMode: `COUNT(${nodes})`, filters: [running] },
      }),
    ],
    statements: nodeStatements(spec, ["ec2:SendSpotInstanceInterruptions"]),
  };
}

function losesRegion(spec: ChaosExperimentsSpec): Experiment | undefined {
  const { regionConnectivity } = spec.experiments;
  if (regionConnectivity === undefined) return undefined;
  const { region, minutes: cut = 30 } = regionConnectivity;
  return {
    name: "region-connectivity",
    hypothesis:
      `With ${region} out of reach for ${cut} minutes nothing that users see changes, ` +
      "and replication has caught up within 15 minutes of its end.",
    actions: [
      action(
        ["cut-region", "aws:network:route-table-disrupt-cross-region-connectivity"],
        ["Subnets", "subnets"],
        { region, duration: minutes(cut) },
      ),
    ],
    // The nodes' subnets: AWS takes at most 6.
    targets: [
      tagged(spec, ["subnets", "aws:ec2:subnet"], {
        tags: { "kubernetes.io/role/internal-elb": "1" },
      }),
    ],
    statements: regionStatements(spec),
  };
}
