import type { Input } from "@pulumi/pulumi";
import type { SecretKey } from "../platform-service";
import { ArgsError } from "../shared/args-error";
import { recordProblems } from "../shared/catalogue";
import { cronProblem } from "../shared/cron";
import { labelProblems } from "../shared/kubernetes-names";
import { prometheusAddress } from "../shared/prometheus-address";
import { fewestReplicas } from "../shared/record-scaling";
import { isBetween } from "../shared/record-workload";
import { serviceLabels } from "../shared/service-labels";
import type { ScalingSchedule, ServiceRecord } from "../shared/service-record";
import { isTimeZone } from "../shared/time-zone";

export type WorkingHours = Omit<ScalingSchedule, "replicas">;

export interface ServiceScalingArgs {
  readonly record: ServiceRecord;
  /** Where its pods run, which must be one that the EventDrivenAutoscaler watches. */
  readonly namespace: Input<string>;
  /** Replicas that always run, for environments smaller than the record is made for. Default: record.scaling.min. */
  readonly minimumReplicas?: number;
  /** "none" leaves the record's schedule out, where nobody comes by the hour. Default: "declared". */
  readonly schedule?: "declared" | "none";
  /**
   * Outside of these it rests at no pods until there is work, for development. Work is a message that waits, or more than
   * one pod's share of requests; without a series there are none. `start` and `end` are cron expressions, as in the
   * record's schedule. Default: it never rests.
   */
  readonly workingHours?: WorkingHours;
  /** URL of the Prometheus that has the service's metrics. Default: the platform's, in namespace monitoring. */
  readonly prometheusAddress?: string;
  /** Key of a Secret in the namespace with the broker's URL, amqps://USER:PASSWORD@HOST:PORT/VHOST, for queue-length. */
  readonly brokerConnection?: SecretKey;
  /** Labels on everything, such as the environment's. Default: {}. */
  readonly labels?: Readonly<Record<string, string>>;
}

/** By which people find what to wake, and the pack lets it rest where that is allowed. */
export const restLabel = "auterity.io/rests";

export type ServiceScalingSpec = Required<
  Omit<ServiceScalingArgs, "brokerConnection" | "workingHours">
> &
  Pick<ServiceScalingArgs, "brokerConnection" | "workingHours">;

export const serviceScalingDefaults = {
  schedule: "declared",
  prometheusAddress,
  labels: {},
} as const;

export function resolveServiceScalingArgs(
  name: string,
  args: ServiceScalingArgs,
): ServiceScalingSpec {
  const { record } = args;
  const spec = {
    ...serviceScalingDefaults,
    minimumReplicas: record.scaling.min,
    ...args,
  };
  const problems = [
    ...recordProblems(record).map((problem) => `record.${problem}`),
    ...replicaProblems(spec),
    ...sourceProblems(spec),
    ...workingHoursProblems(spec),
    ...labelProblems("labels", spec.labels, [...Object.keys(serviceLabels(record)), restLabel]),
  ];
  if (problems.length > 0) throw new ArgsError("ServiceScaling", name, problems);
  return spec;
}

function replicaProblems({ record, minimumReplicas, schedule }: ServiceScalingSpec): string[] {
  const { min, max } = record.scaling;
  const problems: string[] = [];
  const fewest = Math.min(1, fewestReplicas[record.tier]);
  // The record's own floor is judged with the record.
  if (minimumReplicas !== min && !isBetween(minimumReplicas, fewest, max))
    problems.push(`minimumReplicas: got ${minimumReplicas}, need ${fewest} to ${max}`);
  const replicas = record.scaling.schedule?.replicas;
  if (schedule === "declared" && replicas !== undefined && replicas < minimumReplicas)
    problems.push(
      `minimumReplicas: got ${minimumReplicas}, need at most the ${replicas} of record.scaling.schedule; ` +
        "a schedule raises the floor, it never lowers it",
    );
  return problems;
}

function sourceProblems({ record, prometheusAddress, brokerConnection }: ServiceScalingSpec) {
  const problems: string[] = [];
  if (!/^https?:\/\/[\w.-]+(:\d+)?(\/[\w./-]*)?$/.test(prometheusAddress))
    problems.push(
      `prometheusAddress: got "${prometheusAddress}", need a URL such as http://prometheus.monitoring.svc:9090`,
    );
  const queues = record.scaling.signals.some(({ kind }) => kind === "queue-length");
  if (queues && brokerConnection === undefined)
    problems.push(
      "brokerConnection: got none for a service that scales by queue-length, need the key of the broker's URL",
    );
  if (!queues && brokerConnection !== undefined)
    problems.push(
      "brokerConnection: got one for a service without queue-length, need none; nothing else reads the broker",
    );
  return problems;
}

function workingHoursProblems({ workingHours, schedule, record }: ServiceScalingSpec): string[] {
  if (workingHours === undefined) return [];
  const problems: string[] = [];
  if (!isTimeZone(workingHours.timeZone))
    problems.push(
      `workingHours.timeZone: got "${workingHours.timeZone}", need an IANA time zone such as "America/Los_Angeles"`,
    );
  for (const end of ["start", "end"] as const) {
    const problem = cronProblem(workingHours[end]);
    if (problem !== undefined) problems.push(`workingHours.${end}: ${problem}`);
  }
  if (schedule === "declared" && record.scaling.schedule !== undefined)
    problems.push(
      'workingHours: got some beside record.scaling.schedule, need schedule "none"; outside of its hours the schedule asks for a pod',
    );
  return problems;
}
