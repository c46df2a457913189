import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { releaseChart } from "../shared/chart-release";
import { type ChildOptions, childOptions } from "../shared/child-options";
import { isolateNamespace } from "../shared/namespace-isolation";
import { charts } from "../shared/versions";
import { agentValues } from "./agent-values";
import {
  type ChartKey,
  type ObservabilityStackArgs,
  type ObservabilityStackSpec,
  resolveObservabilityStackArgs,
} from "./args";
import { blackboxValues, cloudwatchValues } from "./exporter-values";
import { gatewayValues } from "./gateway-values";
import { grafanaAccount } from "./grafana-values";
import { budgetOf, claimOf } from "./hardening";
import { createHeartbeat } from "./heartbeat";
import { createIdentities } from "./identities";
import { jaegerValues, traceClaimName } from "./jaeger-values";
import { lokiValues } from "./loki-values";
import { metricsValues } from "./metrics-values";
import { createMonitors } from "./monitors";
import { createNetworkPolicies } from "./network";
import { namespaces, podLabels, ports } from "./parts";

/** Disks are made, images pulled, and a stateful set comes up pod by pod. */
const installTimeoutSeconds = 900;
const managed = { "app.kubernetes.io/managed-by": "pulumi" } as const;

interface Releases {
  readonly options: ChildOptions & { readonly provider: k8s.Provider };
  readonly before: readonly pulumi.Resource[];
}

/**
 * What the platform is watched with: metrics, alerts, logs and traces of everything in the cluster, and pages to look at
 * them. It watches itself, and an alarm of AWS tells when it does not. One per cluster.
 */
export class ObservabilityStack extends pulumi.ComponentResource {
  /** What is a monitor, a probe or a rule needs the kinds that come with it: let it depend on this. */
  readonly ready: pulumi.Resource[];
  readonly heartbeatTopicArn: pulumi.Output<string>;
  /** Namespace of Alertmanager, once it is there: what brings it secrets needs nothing else of the stack. */
  readonly monitoringNamespace: pulumi.Output<string>;

  constructor(name: string, args: ObservabilityStackArgs, opts?: pulumi.ComponentResourceOptions) {
    const spec = resolveObservabilityStackArgs(name, args);
    const { provider, ...shown } = spec;
    super("platform:observation:ObservabilityStack", name, shown, opts);

    const owned = childOptions(this, opts);
    const inCluster = { ...owned, provider };
    const { closed, monitoring } = createNamespaces(name, inCluster);
    const policies = createNetworkPolicies(name, spec, { ...inCluster, dependsOn: closed });
    const heartbeat = createHeartbeat(name, spec, owned);
    const identities = createIdentities(name, spec, owned);
    const disks = createTraceDisk(name, spec, { ...inCluster, dependsOn: closed });
    const rights = createDashboardRights(name, { ...inCluster, dependsOn: closed });

    const before = [...closed, ...policies, ...identities, ...disks, ...rights, heartbeat];
    const metrics = createMetrics(name, spec, { options: inCluster, before });
    const monitored = { ...inCluster, dependsOn: [metrics] };
    const others = createOthers(name, spec, { options: inCluster, before: [...before, metrics] });
    createPrometheusService(name, monitored);
    createTraceBudget(name, spec, monitored);
    createMonitors(name, spec, monitored);

    this.ready = [metrics, ...others];
    this.heartbeatTopicArn = heartbeat.arn;
    this.monitoringNamespace = monitoring;
    this.registerOutputs({ heartbeatTopicArn: this.heartbeatTopicArn });
  }
}

/** Agents see their node, which no restricted pod may; they are alone in their namespace, and it is closed like the others. */
function createNamespaces(name: string, options: pulumi.CustomResourceOptions) {
  const made = Object.values(namespaces).map((namespace) => {
    const profile = namespace === namespaces.agents ? "privileged" : "restricted";
    const created = new k8s.core.v1.Namespace(
      `${name}-${namespace}`,
      {
        metadata: {
          name: namespace,
          labels: {
            ...managed,
            "pod-security.kubernetes.io/enforce": profile,
            "pod-security.kubernetes.io/audit": profile,
            "pod-security.kubernetes.io/warn": profile,
          },
        },
      },
      options,
    );
    const isolated = { namespace: created.metadata.name, labels: managed };
    const guards = isolateNamespace(`${name}-${namespace}`, isolated, options);
    return { namespace, created, closed: [created, ...guards] as pulumi.Resource[] };
  });
  const monitoring = made.find(({ namespace }) => namespace === namespaces.monitoring);
  return {
    closed: made.flatMap(({ closed }) => closed),
    monitoring: monitoring?.created.metadata.name ?? pulumi.output<string>(namespaces.monitoring),
  };
}

/** The first: it brings the kinds that the others make objects of. */
function createMetrics(
  name: string,
  spec: ObservabilityStackSpec,
  releases: Releases,
): k8s.helm.v3.Release {
  return createRelease(
    name,
    {
      chart: "kubePrometheusStack",
      release: "kube-prometheus-stack",
      namespace: namespaces.monitoring,
      values: metricsValues(spec),
      spec,
    },
    releases,
  );
}

function createOthers(
  name: string,
  spec: ObservabilityStackSpec,
  releases: Releases,
): k8s.helm.v3.Release[] {
  const { monitoring, logging, tracing, agents } = namespaces;
  const create = (part: Omit<ReleaseArgs, "spec">, after: readonly pulumi.Resource[] = []) =>
    createRelease(name, { ...part, spec }, { ...releases, before: [...releases.before, ...after] });
  const loki = create({
    ...{ chart: "loki", release: "loki", namespace: logging, values: lokiValues(spec) },
  });
  const jaeger = create({
    ...{ chart: "jaeger", release: "jaeger", namespace: tracing, values: jaegerValues(spec) },
  });
  const collector = { chart: "opentelemetryCollector" } as const;
  const gateway = create(
    { ...collector, release: "otel-gateway", namespace: tracing, values: gatewayValues(spec) },
    [jaeger],
  );
  const agent = create(
    { ...collector, release: "otel-agent", namespace: agents, values: agentValues(spec) },
    [loki, gateway],
  );
  const exporters = { namespace: monitoring };
  const blackbox = create({
    ...exporters,
    ...{ chart: "blackboxExporter", release: "blackbox-exporter", values: blackboxValues(spec) },
  });
  const cloudwatch = create({
    ...exporters,
    ...{ chart: "cloudwatchExporter", release: "cloudwatch-exporter" },
    values: cloudwatchValues(spec),
  });
  return [loki, jaeger, gateway, agent, blackbox, cloudwatch];
}

interface ReleaseArgs {
  readonly spec: ObservabilityStackSpec;
  readonly chart: ChartKey;
  readonly release: string;
  readonly namespace: string;
  readonly values: Record<string, unknown>;
}

function createRelease(
  name: string,
  { spec, chart, release, namespace, values }: ReleaseArgs,
  { options, before }: Releases,
): k8s.helm.v3.Release {
  return releaseChart(
    `${name}-${release}`,
    {
      chart: charts[chart].chart,
      location: spec.charts[chart],
      release,
      namespace,
      timeoutSeconds: installTimeoutSeconds,
      values,
    },
    { ...options, dependsOn: [...before] },
  );
}

/**
 * Under the name by which autoscalers and releases ask, whatever the chart calls its own. It selects by the labels that
 * network policies name, no more: else the CNI would not let them through.
 */
function createPrometheusService(
  name: string,
  options: pulumi.CustomResourceOptions,
): k8s.core.v1.Service {
  return new k8s.core.v1.Service(
    `${name}-prometheus`,
    {
      metadata: { name: "prometheus", namespace: namespaces.monitoring, labels: managed },
      spec: {
        selector: { ...podLabels.prometheus },
        ports: [{ name: "http", port: ports.prometheus, targetPort: ports.prometheus }],
        // The two differ by moments: whoever asks twice is to ask the same.
        sessionAffinity: "ClientIP",
      },
    },
    options,
  );
}

/** The chart has none. */
function createTraceBudget(
  name: string,
  { traces }: ObservabilityStackSpec,
  options: pulumi.CustomResourceOptions,
): void {
  const budget = budgetOf(traces.replicas);
  if (budget === undefined) return;
  new k8s.policy.v1.PodDisruptionBudget(
    `${name}-jaeger`,
    {
      metadata: { name: "jaeger", namespace: namespaces.tracing, labels: managed },
      spec: { selector: { matchLabels: { ...podLabels.jaeger } }, ...budget },
    },
    options,
  );
}

function createTraceDisk(
  name: string,
  { traces }: ObservabilityStackSpec,
  options: pulumi.CustomResourceOptions,
): pulumi.Resource[] {
  if (traces.storage.kind !== "badger") return [];
  return [
    new k8s.core.v1.PersistentVolumeClaim(
      `${name}-traces`,
      {
        metadata: {
          name: traceClaimName,
          namespace: namespaces.tracing,
          labels: managed,
          // Its disk is made in the zone of the pod, which comes after it.
          annotations: { "pulumi.com/skipAwait": "true" },
        },
        spec: claimOf(traces.storage.sizeGiB).spec,
      },
      options,
    ),
  ];
}

/** Dashboards are ConfigMaps of the namespace. */
function createDashboardRights(
  name: string,
  options: pulumi.CustomResourceOptions,
): pulumi.Resource[] {
  const metadata = { name: "dashboards", namespace: namespaces.monitoring, labels: managed };
  return [
    new k8s.rbac.v1.Role(
      `${name}-dashboards`,
      {
        metadata,
        rules: [{ apiGroups: [""], resources: ["configmaps"], verbs: ["get", "list", "watch"] }],
      },
      options,
    ),
    new k8s.rbac.v1.RoleBinding(
      `${name}-dashboards`,
      {
        metadata,
        roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: "dashboards" },
        subjects: [
          { kind: "ServiceAccount", name: grafanaAccount, namespace: namespaces.monitoring },
        ],
      },
      options,
    ),
  ];
}
