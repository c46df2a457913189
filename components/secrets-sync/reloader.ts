import type * as k8s from "@pulumi/kubernetes";
import type { Input } from "@pulumi/pulumi";
import { releaseChart } from "../shared/chart-release";
import { pinnedTag } from "../shared/controller-chart";
import { controllerNamespace } from "../shared/controller-namespace";
import { controllerNetworkPolicies } from "../shared/controller-network-policies";
import { spreadOverZones } from "../shared/zone-spread";
import { containerSecurity, controllerLabels, resources } from "./controller-parts";
import { owners, type Scope } from "./scope";

const chartName = "reloader";
/** The chart's own label, which is the release's name and its own. */
const podLabels = { app: "reloader-reloader" } as const;
const metricsPort = 9090;
const installTimeoutSeconds = 300;

/** Restarts the Deployments and Rollouts that ask for it when a Secret they use has changed; it sees no other namespace than theirs. */
export function createReloader({ name, spec, owned }: Scope): k8s.helm.v3.Release {
  const { namespace, guards } = controllerNamespace(name, chartName, owned);
  const policies = controllerNetworkPolicies(
    name,
    {
      controller: chartName,
      namespace,
      podLabels,
      metricsPort,
      egress: { apiServer: true },
      network: spec.network,
      labels: controllerLabels,
    },
    owned,
  );
  const products = [...new Set(owners(spec).map((record) => record.product))].sort();
  return releaseChart(
    `${name}-reloader`,
    {
      chart: chartName,
      location: spec.versions.reloader.chart,
      namespace,
      timeoutSeconds: installTimeoutSeconds,
      values: reloaderValues(
        spec.versions.reloader.image,
        products.flatMap((product) => spec.namespaces[product] ?? []),
      ),
    },
    { ...owned, dependsOn: [...guards, ...policies] },
  );
}

/** Values of the chart; keys are those of version 2.2. */
function reloaderValues(
  image: Scope["spec"]["versions"]["reloader"]["image"],
  namespaces: readonly Input<string>[],
): Record<string, unknown> {
  return {
    image: { repository: image.repository, tag: pinnedTag(image) },
    reloader: {
      // With both, the chart makes a role in each of these namespaces and none for the cluster.
      watchGlobally: false,
      namespaces,
      ignoreConfigMaps: true,
      // Services that are released blue-green: a new value then goes through the same analysis as a new version.
      isArgoRollouts: true,
      // Leaves a trace that deployments of ours do not take for a difference.
      reloadStrategy: "annotations",
      // A change that came while no replica led is not lost.
      syncAfterRestart: true,
      logFormat: "json",
      enableHA: true,
      readOnlyRootFileSystem: true,
      deployment: {
        replicas: 2,
        priorityClassName: "system-cluster-critical",
        topologySpreadConstraints: spreadOverZones(podLabels),
        resources: resources("256Mi"),
        containerSecurityContext: containerSecurity,
      },
      podDisruptionBudget: { enabled: true, minAvailable: 1 },
    },
  };
}
