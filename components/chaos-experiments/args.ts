import type * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { ArgsError } from "../shared/args-error";
import type { ClusterNetwork } from "../shared/controller-network-policies";
import { experimentProblems, placeProblems, scheduleProblems } from "./problems";

/** Alarms of CloudWatch, by their ARNs: at least one, or an experiment could not be ended by what users see. */
export type StopAlarms = readonly [pulumi.Input<string>, ...pulumi.Input<string>[]];

/** Every machine of a zone ends, no new one starts there, and its subnets are cut off. */
export interface ZonePower {
  /** An experiment for each: `zone-power-ZONE`. */
  readonly zones: readonly string[];
  /** How long no machine starts in the zone; 5 to 60. Default: 30, as AWS's own scenario. */
  readonly minutes?: number;
  /**
   * How long the zone's subnets are cut off; less than `minutes`. Default: 2, as AWS's own scenario: machines that are off
   * need no more, and stores notice it.
   */
  readonly cutMinutes?: number;
  /** Zones that the cache has nodes in; 2 or more, and its nodes of the zone lose power too. Default: 0, no cache. */
  readonly cacheZones?: number;
}

export interface LostNodes {
  /** Machines at once, chosen at random; 1 to 5. Default: 1. */
  readonly nodes?: number;
}

/** Packets of pods in the namespace of faults are late. Their own pods are restricted, and stay so. */
export interface NetworkLatency {
  /** Credentials of the cluster; the namespace is made with them. */
  readonly provider: k8s.Provider;
  readonly network: ClusterNetwork;
  /** Default: 200. */
  readonly delayMilliseconds?: number;
  /** Up or down. Default: 50. */
  readonly jitterMilliseconds?: number;
  /** 1 to 60. Default: 10. */
  readonly minutes?: number;
}

/** What chosen nodes send to other nodes is late, and so is what services on them say to services elsewhere. */
export interface NodeLatency {
  /** Where late packets go to: subnets of nodes, so that stores and the control plane are not meant. */
  readonly toCidrs: readonly string[];
  /** Machines at once, chosen at random; 1 to 5. Default: 1. */
  readonly nodes?: number;
  /** 1 to 10000. Default: 200, as AWS's own scenario of a slow zone. */
  readonly delayMilliseconds?: number;
  /** Up or down. Default: 50. */
  readonly jitterMilliseconds?: number;
  /** 1 to 60. Default: 10. */
  readonly minutes?: number;
}

export interface DatabaseFailover {
  /** Instances that can take over; 1 or more. */
  readonly readers: number;
}

/** Nothing in the private subnets reaches the other region. */
export interface RegionConnectivity {
  readonly region: string;
  /** 5 to 180. Default: 30. */
  readonly minutes?: number;
}

/** Which there are; what is left out is not made. */
export interface Experiments {
  readonly zonePower?: ZonePower;
  readonly nodeLoss?: LostNodes;
  readonly networkLatency?: NetworkLatency;
  /** Nodes have to take commands from Systems Manager: `nodeCommands` of MultiAzCluster. */
  readonly nodeLatency?: NodeLatency;
  readonly databaseFailover?: DatabaseFailover;
  readonly spotInterruption?: LostNodes;
  readonly regionConnectivity?: RegionConnectivity;
}

export interface ChaosExperimentsArgs {
  readonly region: string;
  /** 12 digits, or "unassigned" in a plan without an account. */
  readonly accountId: string;
  /** Value of the tag `environment`: nothing of another one is ever a target. */
  readonly environment: string;
  /** EKS cluster whose nodes and pods are meant. */
  readonly clusterName: string;
  /** Each ends every experiment at once when it goes off; 1 to 5. */
  readonly stopAlarmArns: StopAlarms;
  readonly experiments: Experiments;
  /** Tag that lets a resource be a target; whoever has none is never hit. Default: chaos=allowed. */
  readonly targetTag?: { readonly key: string; readonly value: string };
  /**
   * When experiments start by themselves, by their names: cron(minute hour ? * days *), from Monday to Friday between 9:00
   * and 16:00, while people are there. Default: {}, by hand alone.
   */
  readonly schedules?: Readonly<Record<string, string>>;
  /** Of the schedules, in the IANA database. Default: UTC. */
  readonly scheduleTimeZone?: string;
  /** Told when an experiment was stopped or failed. */
  readonly alarmTopicArn: pulumi.Input<string>;
  /** Of logs and reports. Default: 365. */
  readonly retentionDays?: number;
  /** Policy that bounds the roles. Default: none. */
  readonly permissionsBoundaryArn?: pulumi.Input<string>;
  /** Keeps the results from being destroyed with the stack. Default: true. */
  readonly protect?: boolean;
  /** Default: {}. */
  readonly tags?: Readonly<Record<string, string>>;
}

export const chaosExperimentsDefaults = {
  targetTag: { key: "chaos", value: "allowed" },
  schedules: {},
  scheduleTimeZone: "UTC",
  retentionDays: 365,
  protect: true,
  tags: {},
} as const;

export type ChaosExperimentsSpec = ChaosExperimentsArgs &
  Required<Pick<ChaosExperimentsArgs, keyof typeof chaosExperimentsDefaults>>;

export function resolveChaosExperimentsArgs(
  name: string,
  args: ChaosExperimentsArgs,
): ChaosExperimentsSpec {
  const spec = { ...chaosExperimentsDefaults, ...args };
  const problems = [
    ...placeProblems(name, spec),
    ...experimentProblems(spec),
    ...scheduleProblems(spec),
  ];
  if (problems.length > 0) throw new ArgsError("ChaosExperiments", name, problems);
  return spec;
}
