import * as pulumi from "@pulumi/pulumi";
import type { ServiceLevelObjective } from "../shared/service-record";
import type { ResolvedPlatformServiceArgs } from "./args";

/** What one measurement looks back on, and the time until the next: some scrapes, and no request counted twice. */
const windowSeconds = 120;

/** Measurements of a release: before traffic moves, of pods that only probes and testers reach; then of real traffic. */
const measurements = { preview: 3, active: 5 } as const;
export type ReleaseStage = keyof typeof measurements;

/** From the start of an analysis, which waits until a window has filled, to its last measurement. */
export function analysisSeconds(stage: ReleaseStage): number {
  return measurements[stage] * windowSeconds;
}

/** Errors of a release may use up the error budget this much faster than even, as in an alert that pages at once. @see https://sre.google/workbook/alerting-on-slos/ */
const burnRate = 14.4;

/** Fewer requests in a window say nothing. The readiness probe alone makes 24 a pod. */
const fewestRequests = 20;

/** The argument that says which pods: the hash of their template, which is part of their names. */
export const podsArgument = "pods";

interface Measured {
  readonly name: string;
  readonly query: pulumi.Output<string>;
  readonly atMost: number;
}

/**
 * Judges the newest pods by the service's own objective. A measurement above the limit fails, and two of them the release:
 * traffic stays with the old pods or goes back to them. One without enough requests is inconclusive; two of them hold the
 * release until somebody decides, or the deployment gives up. Prometheus away counts as an error: the old pods stay.
 */
export function analysisTemplateSpec(
  spec: ResolvedPlatformServiceArgs,
  stage: ReleaseStage,
): Record<string, unknown> {
  const { record } = spec;
  if (record.slo === undefined) throw new Error(`no objective to judge ${record.name} by`);
  return {
    args: [{ name: podsArgument }],
    metrics: measuredOf(spec, record.slo).map(({ name, query, atMost }) => ({
      name,
      initialDelay: `${windowSeconds}s`,
      interval: `${windowSeconds}s`,
      count: measurements[stage],
      failureLimit: 1,
      inconclusiveLimit: 1,
      consecutiveErrorLimit: 4,
      successCondition: `len(result) > 0 && result[0] <= ${atMost}`,
      failureCondition: `len(result) > 0 && result[0] > ${atMost}`,
      provider: { prometheus: { address: spec.prometheusAddress, query } },
    })),
  };
}

function measuredOf(
  { record, namespace }: ResolvedPlatformServiceArgs,
  { availabilityPercent, latency, metrics }: ServiceLevelObjective,
): Measured[] {
  const pods = pulumi.interpolate`namespace="${namespace}",pod=~"${record.name}-{{args.${podsArgument}}}-.*"`;
  const window = `${windowSeconds}s`;
  const { requests, statusLabel, duration } = metrics;
  const errors: Measured = {
    name: "error-ratio",
    query: pulumi.interpolate`((sum(rate(${requests}{${pods},${statusLabel}=~"5.."}[${window}])) or vector(0)) / sum(rate(${requests}{${pods}}[${window}]))) and on() (sum(increase(${requests}{${pods}}[${window}])) >= ${fewestRequests})`,
    atMost: rounded((burnRate * (100 - availabilityPercent)) / 100),
  };
  if (latency === undefined) return [errors];
  const { targetPercent, thresholdSeconds } = latency;
  return [
    errors,
    {
      name: `latency-p${targetPercent}`,
      query: pulumi.interpolate`histogram_quantile(${rounded(targetPercent / 100)}, sum by (le) (rate(${duration}_bucket{${pods}}[${window}]))) and on() (sum(increase(${duration}_count{${pods}}[${window}])) >= ${fewestRequests})`,
      atMost: thresholdSeconds,
    },
  ];
}

/** 0.0072, not 0.007199999999999591. An objective so low that all may fail is still broken by all. */
function rounded(value: number): number {
  return Math.min(0.999, Number(value.toFixed(6)));
}
