import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { chartLocation, type ControllerVersion } from "./controller-chart";

interface ChartRelease {
  /** Name of the chart in its repository. */
  readonly chart: string;
  readonly location: ControllerVersion["chart"];
  /** Of the release. Default: the chart's. */
  readonly release?: string;
  readonly namespace: pulumi.Input<string>;
  /** Until every pod is ready; the release is taken back after it. */
  readonly timeoutSeconds: number;
  readonly values: Record<string, unknown>;
}

/** A chart as a whole or not at all: one that does not become ready leaves nothing behind. */
export function releaseChart(
  resourceName: string,
  args: ChartRelease,
  options: pulumi.CustomResourceOptions,
): k8s.helm.v3.Release {
  const { chart, location, release, namespace, timeoutSeconds, values } = args;
  return new k8s.helm.v3.Release(
    resourceName,
    {
      ...chartLocation(chart, location),
      name: release ?? chart,
      namespace,
      atomic: true,
      cleanupOnFail: true,
      timeout: timeoutSeconds,
      values,
    },
    options,
  );
}
