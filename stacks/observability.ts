import type * as aws from "@pulumi/aws";
import type { AlarmTopic } from "../components/alarm-topic";
import type { MultiAzCluster } from "../components/multi-az-cluster";
import {
  chartKeys,
  imageKeys,
  ObservabilityStack,
  type ProbedPage,
  type ScrapeTarget,
  telemetryAgent,
  traceIndexPrefix,
  type TraceStorage,
} from "../components/observability-stack";
import { ReplicatedBucket } from "../components/replicated-bucket";
import type { SecureVpc } from "../components/secure-vpc";
import { dataClassTags } from "../components/shared/data-class";
import { selectorLabels } from "../components/shared/service-labels";
import type { ServiceRecord } from "../components/shared/service-record";
import { TraceStore } from "../components/trace-store";
import type { UserDirectory } from "../components/user-directory";
import { boundaryArn } from "./accounts";
import { chartOf, imageOf } from "./chart-versions";
import { controllerNetwork } from "./cluster-network";
import { publicDomain } from "./edge";
import { type Environment, unreleased } from "./environment";
import { grafanaGroups, grafanaUrl } from "./grafana-sign-in";
import { monitoredControllers } from "./monitored-controllers";
import { alertmanagerOf, receiverSecretNames } from "./observability/alertmanager";
import { rulesArgs } from "./observability/rules";

export interface ObservabilityParts {
  readonly environment: Environment;
  readonly services: readonly ServiceRecord[];
  readonly network: SecureVpc;
  readonly cluster: MultiAzCluster;
  readonly alarms: AlarmTopic;
  readonly users: UserDirectory;
  readonly provider: aws.Provider;
}

/** Of services that call others outside, language models above all: of a twentieth nobody could learn anything. */
const sampledPercentOfCallers = 25;

/** Before whatever is watched, so that its first minutes are seen; nothing waits for it. */
export function defineObservability(prefix: string, parts: ObservabilityParts): ObservabilityStack {
  const { environment, services, network, cluster, alarms, provider } = parts;
  const { region, accountId, observability } = environment;
  const { metrics, logs, traces, alertmanagers } = observability;
  const bucket = defineLogBucket(prefix, parts);
  const controllers = monitoredControllers(
    environment,
    services.some(({ rollout }) => rollout === "blue-green"),
  );
  return new ObservabilityStack(
    prefix,
    {
      region,
      accountId,
      clusterName: prefix,
      environment: environment.name,
      provider: cluster.provider,
      network: controllerNetwork(network),
      targets: { ...controllers.targets, ...serviceTargets(services) },
      askers: controllers.askers,
      applications: Object.fromEntries(services.map((record) => [record.name, podsOf(record)])),
      pages: pagesOf(environment, services),
      metrics,
      alerting: {
        replicas: alertmanagers,
        topicArn: alarms.topicArn,
        topicKeyArn: alarms.keyArn,
        configuration: alertmanagerOf(
          environment,
          rulesArgs(environment, services).alerting,
          alarms.topicArn,
        ),
        secretNames: receiverSecretNames(environment.alerting),
      },
      logs: { ...logs, ...bucket },
      traces: {
        ...traces,
        storage: defineTraceStorage(prefix, parts),
        sampledPercentByService: Object.fromEntries(
          services
            .filter(({ talksTo }) => talksTo.hosts.length > 0)
            .map(({ name }) => [name, sampledPercentOfCallers]),
        ),
      },
      grafana: grafanaSettings(parts),
      charts: charts(environment),
      images: images(environment),
      permissionsBoundaryArn: boundaryArn(environment),
    },
    { providers: { aws: provider }, dependsOn: [...cluster.ready] },
  );
}

/** No backup brings back what was watched: who needs to know what happened reads it while it is kept. */
const expendable = dataClassTags("none");

/** Days in which the compactor deletes what is too old, after which S3 does. */
const graceDays = 7;

function defineLogBucket(prefix: string, { environment, provider }: ObservabilityParts) {
  const { region, accountId, data, deletionProtection, observability } = environment;
  const { bucketName, bucketArn, keyArn } = new ReplicatedBucket(
    `${prefix}-service-logs`,
    {
      region,
      accountId,
      purpose: "Logs",
      // Chunks are written once; what the compactor deletes is gone the day after.
      folders: {
        "": { expireDays: observability.logs.retentionDays + graceDays, replacedDays: 1 },
      },
      accessLogRetentionDays: data.buckets.accessLogRetentionDays,
      protect: deletionProtection,
      tags: expendable,
    },
    { providers: { aws: provider } },
  );
  return { bucketName, bucketArn, bucketKeyArn: keyArn };
}

function defineTraceStorage(
  prefix: string,
  { environment, network, cluster, alarms, provider }: ObservabilityParts,
): TraceStorage {
  const { region, accountId, deletionProtection, observability, cluster: settings } = environment;
  const { store, instanceType, storageGiB, retentionDays } = observability.traces;
  if (store === "badger") return { kind: "badger", sizeGiB: storageGiB };
  const traces = new TraceStore(
    `${prefix}-traces`,
    {
      region,
      accountId,
      domainName: `${prefix}-traces`,
      network: {
        vpcId: network.vpcId,
        subnetIds: network.dataSubnetIds,
        clients: { nodes: cluster.nodeSecurityGroupId },
      },
      functionSubnetIds: Object.values(network.privateSubnetIdByZone),
      instanceType,
      storageGiB,
      retentionDays,
      indexPrefix: traceIndexPrefix,
      logRetentionDays: settings.logRetentionDays,
      alarmTopicArn: alarms.topicArn,
      permissionsBoundaryArn: boundaryArn(environment),
      protect: deletionProtection,
      tags: expendable,
    },
    { providers: { aws: provider } },
  );
  const { endpoint, domainArn } = traces;
  return { kind: "opensearch", endpoint, domainArn, subnetCidrs: network.subnetCidrs.data };
}

function grafanaSettings({ users }: ObservabilityParts) {
  const { signInHost, applicationClientIds } = users;
  const clientId = applicationClientIds["grafana"];
  if (signInHost === undefined || clientId === undefined)
    throw new Error("the user pool has no sign-in for Grafana");
  return { rootUrl: grafanaUrl, signInHost, clientId, groups: grafanaGroups };
}

function podsOf(record: ServiceRecord) {
  return { namespace: record.product, podLabels: selectorLabels(record) };
}

function serviceTargets(services: readonly ServiceRecord[]): Record<string, ScrapeTarget> {
  return Object.fromEntries(
    services.flatMap((record) => {
      const { name, port, metricsPath, team, tier } = record;
      if (port === undefined || metricsPath === undefined) return [];
      return [[name, { ...podsOf(record), port, path: metricsPath, labels: { team, tier } }]];
    }),
  );
}

/** The critical paths that anybody may ask for. */
function pagesOf(environment: Environment, services: readonly ServiceRecord[]): ProbedPage[] {
  return services.flatMap(({ name, exposure, criticalPaths }) =>
    exposure === undefined
      ? []
      : criticalPaths
          .filter(({ method }) => method === "GET")
          .map(({ path, expectedStatus }) => ({
            url: `https://${exposure.subdomain}.${publicDomain(environment)}${path}`,
            service: name,
            expectedStatus,
          })),
  );
}

/** What tells a service where its traces go, and who it is in them. */
export function telemetrySettings(
  { name: environmentName, services }: Environment,
  { name, product, team }: ServiceRecord,
): Record<string, string> {
  const version = services.versions[name];
  const attributes = {
    "service.namespace": product,
    "service.version": version === undefined || version === unreleased ? unreleased : version.tag,
    "deployment.environment.name": environmentName,
    team,
  };
  return {
    OTEL_SERVICE_NAME: name,
    OTEL_EXPORTER_OTLP_ENDPOINT: telemetryAgent.endpoint,
    OTEL_EXPORTER_OTLP_PROTOCOL: "grpc",
    OTEL_RESOURCE_ATTRIBUTES: Object.entries(attributes)
      .map((pair) => pair.join("="))
      .join(","),
    OTEL_PROPAGATORS: "tracecontext,baggage",
    // Everything goes to the gateway, which decides on whole traces.
    OTEL_TRACES_SAMPLER: "parentbased_always_on",
    // Metrics are read by Prometheus, and logs from what the container writes.
    OTEL_METRICS_EXPORTER: "none",
    OTEL_LOGS_EXPORTER: "none",
  };
}

function charts(environment: Environment) {
  const entries = chartKeys.map((key) => [key, chartOf(environment, key)] as const);
  return Object.fromEntries(entries) as Record<
    (typeof chartKeys)[number],
    ReturnType<typeof chartOf>
  >;
}

function images(environment: Environment) {
  const entries = imageKeys.map((key) => [key, imageOf(environment, key)] as const);
  return Object.fromEntries(entries) as Record<
    (typeof imageKeys)[number],
    ReturnType<typeof imageOf>
  >;
}
