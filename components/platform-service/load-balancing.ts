import { terminationGraceSeconds } from "../shared/graceful-stop";
import type { ServiceRecord } from "../shared/service-record";

const prefix = "alb.ingress.kubernetes.io";

/**
 * What the load balancer controller must know of one service: the target group's settings. They stand on the Service
 * because those on an Ingress would hold for all its services.
 * @see https://kubernetes-sigs.github.io/aws-load-balancer-controller/v3.5/guide/ingress/annotations/
 */
export function targetGroupAnnotations(record: ServiceRecord): Record<string, string> {
  if (record.exposure === undefined) return {};
  return {
    [`${prefix}/healthcheck-path`]: record.exposure.healthCheckPath,
    [`${prefix}/healthcheck-interval-seconds`]: "10",
    [`${prefix}/healthcheck-timeout-seconds`]: "5",
    [`${prefix}/healthy-threshold-count`]: "2",
    [`${prefix}/unhealthy-threshold-count`]: "3",
    [`${prefix}/success-codes`]: "200",
    [`${prefix}/target-group-attributes`]: [
      // Connections that are open stay until the pod has ended, and no longer.
      `deregistration_delay.timeout_seconds=${terminationGraceSeconds(record)}`,
      // Answers take from milliseconds to minutes: counting requests would pile the long ones up.
      "load_balancing.algorithm.type=least_outstanding_requests",
      "load_balancing.cross_zone.enabled=true",
    ].join(","),
  };
}
