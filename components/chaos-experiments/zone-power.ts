import type { ChaosExperimentsSpec, ZonePower } from "./args";
import { action, minutes, running, tagged, type Experiment, type Target } from "./experiment";
import {
  cacheStatements,
  capacityStatements,
  nodeStatements,
  subnetStatements,
} from "./statements";

/**
 * The actions of AWS's scenario, but the database: its writer is in one zone of several, and an experiment whose target
 * is empty is refused here. It has an experiment of its own.
 * @see https://docs.aws.amazon.com/fis/latest/userguide/az-availability-scenario.html
 */
export function losesZone(
  spec: ChaosExperimentsSpec,
  {
    zone,
    minutes: off = 30,
    cutMinutes = 2,
    cacheZones = 0,
  }: Partial<ZonePower> & { zone: string },
): Experiment {
  const cache = cacheZones > 0;
  const duration = minutes(off);
  return {
    name: `zone-power-${zone}`,
    hypothesis:
      `With ${zone} off for ${off} minutes the other zones carry everything: no critical service falls below its floor, ` +
      "and every service is at full strength again within 3 minutes.",
    actions: [
      action(
        ["pause-launches", "aws:ec2:asg-insufficient-instance-capacity-error"],
        ["AutoScalingGroups", "groups"],
        {
          ...{ availabilityZoneIdentifiers: zone, duration, percentage: "100" },
        },
      ),
      action(["stop-nodes", "aws:ec2:stop-instances"], ["Instances", "nodes"], {
        startInstancesAfterDuration: duration,
        // Their group ends what has stopped.
        completeIfInstancesTerminated: "true",
      }),
      action(["cut-subnets", "aws:network:disrupt-connectivity"], ["Subnets", "subnets"], {
        ...{ duration: minutes(cutMinutes), scope: "all" },
      }),
      ...(cache
        ? [
            action(
              ["stop-cache", "aws:elasticache:replicationgroup-interrupt-az-power"],
              ["ReplicationGroups", "cache"],
              { duration },
            ),
          ]
        : []),
    ],
    targets: targetsOf(spec, zone, cache),
    statements: [
      ...capacityStatements(spec),
      ...nodeStatements(spec, ["ec2:StartInstances", "ec2:StopInstances"]),
      ...subnetStatements(spec),
      ...(cache ? cacheStatements(spec) : []),
    ],
  };
}

function targetsOf(spec: ChaosExperimentsSpec, zone: string, cache: boolean): Target[] {
  return [
    // Made by EKS, which gives them its own tags and none of ours.
    {
      ...{ name: "groups", resourceType: "aws:ec2:autoscaling-group", selectionMode: "ALL" },
      resourceTags: [{ key: "eks:cluster-name", value: spec.clusterName }],
    },
    tagged(spec, ["nodes", "aws:ec2:instance"], {
      filters: [running, { path: "Placement.AvailabilityZone", values: [zone] }],
    }),
    tagged(spec, ["subnets", "aws:ec2:subnet"], {
      filters: [{ path: "AvailabilityZone", values: [zone] }],
    }),
    ...(cache
      ? [
          tagged(spec, ["cache", "aws:elasticache:replicationgroup"], {
            parameters: { availabilityZoneIdentifier: zone },
          }),
        ]
      : []),
  ];
}
