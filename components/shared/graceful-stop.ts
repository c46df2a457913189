import type { ServiceRecord } from "./service-record";

type Stopping = Pick<ServiceRecord, "port" | "exposure" | "shutdownSeconds">;

/** Between the end of the service's own time and the kill, for what the kubelet itself needs. */
const marginSeconds = 5;

/** The notice that a Spot node gets. @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/spot-instance-termination-notices.html */
export const spotNoticeSeconds = 120;

/** Cluster Autoscaler's default `max-graceful-termination-sec`: pods on a node it removes get no longer. */
export const longestStopSeconds = 600;

/**
 * How long a pod goes on serving after it was told to go: until the load balancer (controller, deregistration) or
 * kube-proxy on every node no longer sends it new connections. Workers without a port need none.
 * @see https://docs.aws.amazon.com/eks/latest/best-practices/load-balancing.html
 */
export function drainSeconds(record: Stopping): number {
  if (record.port === undefined) return 0;
  return record.exposure === undefined ? 5 : 20;
}

/** From being told to go until being killed. */
export function terminationGraceSeconds(record: Stopping): number {
  return drainSeconds(record) + record.shutdownSeconds + marginSeconds;
}
