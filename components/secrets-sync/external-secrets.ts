import type * as k8s from "@pulumi/kubernetes";
import type { Output } from "@pulumi/pulumi";
import { releaseChart } from "../shared/chart-release";
import { pinnedTag } from "../shared/controller-chart";
import { controllerNamespace } from "../shared/controller-namespace";
import { controllerNetworkPolicies } from "../shared/controller-network-policies";
import { spreadOverZones } from "../shared/zone-spread";
import { controllerLabels, containerSecurity, resources } from "./controller-parts";
import type { Scope } from "./scope";

const chartName = "external-secrets";
/** Where External Secrets runs, and what Prometheus reads there. */
export const externalSecretsNamespace = "external-secrets";
const metricsPort = 8080;
/** The kubelet's port on nodes, so that the API server gets through to pods without a rule of its own. */
const webhookPort = 10250;
/** Images are pulled and a certificate is made before the webhook answers. */
const installTimeoutSeconds = 600;

const pods = {
  controller: "external-secrets",
  webhook: "external-secrets-webhook",
  certificates: "external-secrets-cert-controller",
} as const;

/** The operator that turns secrets of AWS into Secrets of Kubernetes, at exactly the version of the arguments. */
export function createExternalSecrets({ name, spec, owned }: Scope): k8s.helm.v3.Release {
  const { namespace, guards } = controllerNamespace(name, externalSecretsNamespace, owned);
  const policies = createNetworkPolicies({ name, spec, owned }, namespace);
  return releaseChart(
    `${name}-external-secrets`,
    {
      chart: chartName,
      location: spec.versions.externalSecrets.chart,
      namespace,
      timeoutSeconds: installTimeoutSeconds,
      values: externalSecretsValues(spec.versions.externalSecrets.image),
    },
    { ...owned, dependsOn: [...guards, ...policies] },
  );
}

function createNetworkPolicies(
  { name, spec, owned }: Scope,
  namespace: Output<string>,
): k8s.networking.v1.NetworkPolicy[] {
  const { network } = spec;
  const common = { namespace, network, metricsPort, labels: controllerLabels };
  const of = (podName: string) => ({
    ...common,
    controller: podName,
    podLabels: { "app.kubernetes.io/name": podName },
  });
  return [
    // AWS, for the values and for the roles that read them.
    { ...of(pods.controller), egress: { apiServer: true, https: true } },
    { ...of(pods.webhook), webhookPort, egress: { apiServer: true } },
    { ...of(pods.certificates), egress: { apiServer: true } },
  ].flatMap((args) => controllerNetworkPolicies(name, args, owned));
}

/** Its own service account, under the name that the chart gives it. */
export const controllerServiceAccount = pods.controller;

/** Values of the chart; keys are those of version 2.9. */
function externalSecretsValues(
  image: Scope["spec"]["versions"]["externalSecrets"]["image"],
): Record<string, unknown> {
  const pinned = { repository: image.repository, tag: pinnedTag(image) };
  const common = (podName: string, memory: string) => ({
    image: pinned,
    replicaCount: 2,
    priorityClassName: "system-cluster-critical",
    podDisruptionBudget: { enabled: true, minAvailable: 1 },
    topologySpreadConstraints: spreadOverZones({ "app.kubernetes.io/name": podName }),
    resources: resources(memory),
    securityContext: { ...containerSecurity, enabled: true, runAsUser: 1000 },
  });
  return {
    ...common(pods.controller, "256Mi"),
    installCRDs: true,
    serviceAccount: { name: controllerServiceAccount },
    leaderElect: true,
    // Only what a namespace declares for itself: nothing that reads or writes for all of them.
    processClusterExternalSecret: false,
    processClusterGenerator: false,
    processClusterPushSecret: false,
    processClusterStore: false,
    processPushSecret: false,
    rbac: {
      servicebindings: { create: false },
      // It takes the identity of a reader where that reader's namespace lets it, and of nobody else.
      serviceAccountTokenCreate: false,
      // Who may edit in a namespace makes no stores and syncs there.
      aggregateToView: false,
      aggregateToEdit: false,
      aggregateToAdmin: false,
    },
    livenessProbe: { enabled: true },
    readinessProbe: { enabled: true },
    metrics: { service: { enabled: true } },
    webhook: {
      ...common(pods.webhook, "128Mi"),
      port: webhookPort,
      livenessProbe: { enabled: true },
      metrics: { service: { enabled: true } },
    },
    certController: {
      ...common(pods.certificates, "128Mi"),
      livenessProbe: { enabled: true },
      metrics: { service: { enabled: true } },
    },
  };
}
