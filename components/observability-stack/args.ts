import type * as k8s from "@pulumi/kubernetes";
import type { Input } from "@pulumi/pulumi";
import { ArgsError } from "../shared/args-error";
import type { ControllerVersion } from "../shared/controller-chart";
import type { ClusterNetwork } from "../shared/controller-network-policies";
import type { PodPeer } from "../shared/network-policy-rules";
import type { ComputeResources } from "../shared/service-record";
import { resolveProblems } from "./problems";

type ChartSource = ControllerVersion["chart"];
export type PinnedImage = ControllerVersion["image"];

export const chartKeys = [
  "kubePrometheusStack",
  "loki",
  "opentelemetryCollector",
  "jaeger",
  "blackboxExporter",
  "cloudwatchExporter",
] as const;
export type ChartKey = (typeof chartKeys)[number];

export const imageKeys = [
  "prometheus",
  "alertmanager",
  "prometheusOperator",
  "prometheusConfigReloader",
  "kubeStateMetrics",
  "nodeExporter",
  "grafana",
  "grafanaSidecar",
  "loki",
  "opentelemetryCollector",
  "jaeger",
  "blackboxExporter",
  "cloudwatchExporter",
] as const;
type ImageKey = (typeof imageKeys)[number];

/** Pods whose metrics Prometheus reads; who they belong to lets Prometheus in. */
export interface ScrapeTarget extends Omit<PodPeer, "namespace"> {
  readonly namespace: string;
  /** Container port. */
  readonly port: number;
  /** Default: "/metrics". */
  readonly path?: string;
  /** Labels on its series, such as the service's team. Default: {}. */
  readonly labels?: Readonly<Record<string, string>>;
  /** Its own labels win over those of the scrape, for what tells of other pods. Default: false. */
  readonly honorLabels?: boolean;
  /** Names of the only series to keep. Default: all are kept. */
  readonly only?: readonly string[];
}

/** A page that is asked for from inside all day, by way of the internet. */
export interface ProbedPage {
  readonly url: string;
  readonly service: string;
  readonly expectedStatus: number;
}

export interface MetricsSettings {
  /** Prometheus servers, each with all series and a disk of its own: 1, or 2 in two zones. */
  readonly replicas: number;
  readonly retentionDays: number;
  /** Disk of each, in GiB; what is oldest goes when nine tenths of it are used. */
  readonly storageGiB: number;
  /** Of each; the memory is its limit too. */
  readonly requests: ComputeResources;
}

export interface AlertingSettings {
  /** 1, or 3 that agree on who tells. */
  readonly replicas: number;
  /** Topic of the environment's alarms, and the key of its messages. */
  readonly topicArn: Input<string>;
  readonly topicKeyArn: Input<string>;
  /**
   * Alertmanager's whole configuration, without a credential: it reads them from files of `secretNames`. Its route of the
   * alert Watchdog goes to `heartbeatReceiver`. Default: critical and warning to the topic.
   */
  readonly configuration?: Input<Readonly<Record<string, unknown>>>;
  /**
   * Secrets in the namespace `monitoring`, mounted below `receiverFolder`. Alertmanager starts before they are there, and
   * reads them once they are. Default: [].
   */
  readonly secretNames?: readonly string[];
}

export interface LogSettings {
  /** Loki servers: 1, or 3 of which two write every line. */
  readonly replicas: number;
  readonly retentionDays: number;
  /** Disk of each, in GiB, for what is not in the bucket yet. */
  readonly storageGiB: number;
  readonly requests: ComputeResources;
  /** Bucket of its own, and its key. */
  readonly bucketName: Input<string>;
  readonly bucketArn: Input<string>;
  readonly bucketKeyArn: Input<string>;
}

/** Where traces are kept. "opensearch" outlives a zone; "badger" is a disk of one pod, for development. */
export type TraceStorage =
  | {
      readonly kind: "opensearch";
      readonly endpoint: Input<string>;
      readonly domainArn: Input<string>;
      /** Of the subnets in which the domain answers. */
      readonly subnetCidrs: readonly string[];
    }
  | { readonly kind: "badger"; readonly sizeGiB: number };

export interface TraceSettings {
  /** Gateways, each of which decides on whole traces: 1 to 9. */
  readonly gateways: number;
  readonly gatewayRequests: ComputeResources;
  /** Jaeger servers; 1 with "badger". */
  readonly replicas: number;
  readonly requests: ComputeResources;
  readonly retentionDays: number;
  readonly storage: TraceStorage;
  /** Of the traces without an error that are not slow: 0 to 100. */
  readonly sampledPercent: number;
  /** More of the traces of some services, such as those that call language models. Default: {}. */
  readonly sampledPercentByService?: Readonly<Record<string, number>>;
}

export interface GrafanaSettings {
  /** Where the browser reaches it: `https://…`, or `http://localhost:PORT` through a port that kubectl forwards. */
  readonly rootUrl: string;
  /** Host of the user pool's sign-in pages. */
  readonly signInHost: string;
  /** Client of the pool for Grafana, without a secret: it proves itself by PKCE. */
  readonly clientId: Input<string>;
  /** Groups of the pool; whoever is in none does not get in. */
  readonly groups: { readonly administrators: string; readonly viewers: string };
}

export interface ObservabilityStackArgs {
  readonly region: string;
  /** 12 digits, or "unassigned" in a plan without an account. */
  readonly accountId: string;
  readonly clusterName: string;
  /** Label on all that is measured and logged, such as "prod". */
  readonly environment: string;
  /** Credentials of the cluster; every object in it is made with them. */
  readonly provider: k8s.Provider;
  readonly network: ClusterNetwork;
  /** By name of the job: what Prometheus reads beside the parts of the stack itself. */
  readonly targets: Readonly<Record<string, ScrapeTarget>>;
  /** Pods that ask Prometheus, such as autoscalers. */
  readonly askers: readonly PodPeer[];
  /** Pods that send traces and logs to the agent of their node, by name. */
  readonly applications: Readonly<Record<string, PodPeer>>;
  readonly pages: readonly ProbedPage[];
  readonly metrics: MetricsSettings;
  readonly alerting: AlertingSettings;
  readonly logs: LogSettings;
  readonly traces: TraceSettings;
  readonly grafana: GrafanaSettings;
  readonly charts: Readonly<Record<ChartKey, ChartSource>>;
  readonly images: Readonly<Record<ImageKey, PinnedImage>>;
  /** Policy that bounds the roles. */
  readonly permissionsBoundaryArn: Input<string>;
  /** Default: {}. */
  readonly tags?: Readonly<Record<string, string>>;
}

export type ObservabilityStackSpec = Required<ObservabilityStackArgs>;

export function resolveObservabilityStackArgs(
  name: string,
  args: ObservabilityStackArgs,
): ObservabilityStackSpec {
  const spec = { tags: {}, ...args };
  const problems = resolveProblems(spec);
  if (problems.length > 0) throw new ArgsError("ObservabilityStack", name, problems);
  return spec;
}
