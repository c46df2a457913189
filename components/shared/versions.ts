/**
 * Every version that the platform pins: Kubernetes minors with their add-ons and node images, charts, third-party
 * images. No other file in components/ or stacks/ names one. Sources, and how to find newer ones: docs/versions.md.
 */

/** Amazon EKS add-ons that the platform installs, in EKS's own names. */
export type AddonName =
  | "vpc-cni"
  | "kube-proxy"
  | "coredns"
  | "aws-ebs-csi-driver"
  | "eks-pod-identity-agent"
  | "eks-node-monitoring-agent"
  | "metrics-server"
  | "snapshot-controller";

/** Node images of EKS managed node groups, in EKS's own names. */
export type AmiType = "AL2023_x86_64_STANDARD" | "AL2023_ARM_64_STANDARD";

type AddonVersion = `v${number}.${number}.${number}-eksbuild.${number}`;
type IsoDate = `${number}-${number}-${number}`;

/** What is pinned for one Kubernetes minor. Its kube-proxy and its nodes are of the same minor: the types say so. */
export interface KubernetesRelease<Minor extends string = string> {
  /** From this day on EKS bills extended support, or upgrades the cluster by itself (upgrade policy STANDARD). */
  readonly standardSupportEnds: IsoDate;
  /** From this day on EKS upgrades the cluster by itself. */
  readonly extendedSupportEnds: IsoDate;
  readonly addons: Readonly<Record<Exclude<AddonName, "kube-proxy">, AddonVersion>> & {
    readonly "kube-proxy": `v${Minor}.${number}-eksbuild.${number}`;
  };
  /** Release versions of the node image, "KUBERNETES-DATE". */
  readonly amiReleases: Readonly<Record<AmiType, `${Minor}.${number}-${number}`>>;
  /** Cluster Autoscaler is built with the scheduler of one minor, and simulates with it. */
  readonly clusterAutoscaler: `v${Minor}.${number}`;
}

/** Minors that clusters may run: in standard support, with a confirmed version of every add-on. */
export type KubernetesVersion = "1.35" | "1.36";

/**
 * Support periods: @see https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html
 * Add-ons: builds that EKS offers for the minor, its defaults where it has told them, as of 2026-10-02.
 * vpc-cni is 1.22.4 or newer: older ones let pods of colliding names past a NetworkPolicy.
 * @see https://raw.githubusercontent.com/CVEProject/cvelistV5/main/cves/2026/86xxx/CVE-2026-86831.json
 * Cluster Autoscaler: the newest release of the minor. @see https://github.com/kubernetes/autoscaler/releases
 * Node images: v20260923. The two releases after it have a kernel that panics under memory pressure.
 * @see https://github.com/awslabs/amazon-eks-ami/releases/tag/v20261012
 */
export const kubernetesMatrix = {
  "1.35": {
    standardSupportEnds: "2027-03-27",
    extendedSupportEnds: "2028-03-27",
    addons: {
      "vpc-cni": "v1.22.4-eksbuild.3",
      "kube-proxy": "v1.35.3-eksbuild.29",
      coredns: "v1.13.2-eksbuild.31",
      "aws-ebs-csi-driver": "v1.66.0-eksbuild.1",
      "eks-pod-identity-agent": "v1.3.10-eksbuild.3",
      "eks-node-monitoring-agent": "v1.7.0-eksbuild.1",
      "metrics-server": "v0.9.0-eksbuild.11",
      "snapshot-controller": "v8.6.0-eksbuild.6",
    },
    amiReleases: {
      AL2023_x86_64_STANDARD: "1.35.8-20260923",
      AL2023_ARM_64_STANDARD: "1.35.8-20260923",
    },
    clusterAutoscaler: "v1.35.2",
  },
  "1.36": {
    standardSupportEnds: "2027-08-02",
    extendedSupportEnds: "2028-08-02",
    addons: {
      "vpc-cni": "v1.22.4-eksbuild.3",
      "kube-proxy": "v1.36.0-eksbuild.25",
      coredns: "v1.14.3-eksbuild.23",
      "aws-ebs-csi-driver": "v1.66.0-eksbuild.1",
      "eks-pod-identity-agent": "v1.3.10-eksbuild.3",
      "eks-node-monitoring-agent": "v1.7.2-eksbuild.1",
      "metrics-server": "v0.9.0-eksbuild.11",
      "snapshot-controller": "v8.6.0-eksbuild.8",
    },
    amiReleases: {
      AL2023_x86_64_STANDARD: "1.36.4-20260923",
      AL2023_ARM_64_STANDARD: "1.36.4-20260923",
    },
    clusterAutoscaler: "v1.36.1",
  },
} as const satisfies { readonly [Minor in KubernetesVersion]: KubernetesRelease<Minor> };

/** Helm charts, each with the exact version that was read. */
export const charts = {
  /** @see https://github.com/aws/eks-charts/tree/master/stable/aws-load-balancer-controller */
  awsLoadBalancerController: {
    chart: "aws-load-balancer-controller",
    repository: "https://aws.github.io/eks-charts",
    version: "3.5.0",
  },
  /** Made for 1.35; the image of another minor takes the same values. @see https://github.com/kubernetes/autoscaler/tree/master/cluster-autoscaler/charts/cluster-autoscaler */
  clusterAutoscaler: {
    chart: "cluster-autoscaler",
    repository: "https://kubernetes.github.io/autoscaler",
    version: "9.59.0",
  },
  /** @see https://github.com/argoproj/argo-helm/tree/argo-rollouts-2.41.0/charts/argo-rollouts */
  argoRollouts: {
    chart: "argo-rollouts",
    repository: "https://argoproj.github.io/argo-helm",
    version: "2.41.0",
  },
  /** @see https://github.com/external-secrets/external-secrets/tree/helm-chart-2.9.0/deploy/charts/external-secrets */
  externalSecrets: {
    chart: "external-secrets",
    repository: "https://charts.external-secrets.io",
    version: "2.9.0",
  },
  /** With `karpenter-crd` beside it, of the same version. @see https://github.com/aws/karpenter-provider-aws/tree/v1.14.1/charts/karpenter */
  karpenter: {
    chart: "karpenter",
    repository: "oci://public.ecr.aws/karpenter",
    version: "1.14.1",
  },
  /** @see https://github.com/kedacore/charts/tree/main/keda */
  keda: {
    chart: "keda",
    repository: "https://kedacore.github.io/charts",
    version: "2.20.2",
  },
  /** @see https://github.com/stakater/Reloader/tree/chart-v2.2.16/deployments/kubernetes/chart/reloader */
  reloader: {
    chart: "reloader",
    repository: "https://stakater.github.io/stakater-charts",
    version: "2.2.16",
  },
  /** @see https://github.com/aquasecurity/trivy-operator/tree/v0.32.0/deploy/helm */
  trivyOperator: {
    chart: "trivy-operator",
    repository: "https://aquasecurity.github.io/helm-charts/",
    version: "0.34.0",
  },
  /** With Prometheus, Alertmanager, Grafana and their exporters. @see https://github.com/prometheus-community/helm-charts/tree/kube-prometheus-stack-88.5.3/charts/kube-prometheus-stack */
  kubePrometheusStack: {
    chart: "kube-prometheus-stack",
    repository: "https://prometheus-community.github.io/helm-charts",
    version: "88.5.3",
  },
  /** @see https://github.com/grafana-community/helm-charts/tree/loki-18.11.0/charts/loki */
  loki: {
    chart: "loki",
    repository: "https://grafana-community.github.io/helm-charts",
    version: "18.11.0",
  },
  /** Agent and gateway alike. @see https://github.com/open-telemetry/opentelemetry-helm-charts/tree/opentelemetry-collector-0.170.0/charts/opentelemetry-collector */
  opentelemetryCollector: {
    chart: "opentelemetry-collector",
    repository: "https://open-telemetry.github.io/opentelemetry-helm-charts",
    version: "0.170.0",
  },
  /** @see https://github.com/jaegertracing/helm-charts/tree/jaeger-4.11.1/charts/jaeger */
  jaeger: {
    chart: "jaeger",
    repository: "https://jaegertracing.github.io/helm-charts",
    version: "4.11.1",
  },
  /** @see https://github.com/prometheus-community/helm-charts/tree/main/charts/prometheus-blackbox-exporter */
  blackboxExporter: {
    chart: "prometheus-blackbox-exporter",
    repository: "https://prometheus-community.github.io/helm-charts",
    version: "11.17.2",
  },
  /** @see https://github.com/prometheus-community/helm-charts/tree/main/charts/prometheus-yet-another-cloudwatch-exporter */
  cloudwatchExporter: {
    chart: "prometheus-yet-another-cloudwatch-exporter",
    repository: "https://prometheus-community.github.io/helm-charts",
    version: "0.47.0",
  },
  /** @see https://github.com/opencost/opencost-helm-chart/tree/opencost-2.5.17/charts/opencost */
  openCost: {
    chart: "opencost",
    repository: "https://opencost.github.io/opencost-helm-chart",
    version: "2.5.17",
  },
} as const satisfies Record<
  string,
  { chart: string; repository: `${"https" | "oci"}://${string}`; version: string }
>;

const clusterAutoscalerRepository = "registry.k8s.io/autoscaling/cluster-autoscaler";
/**
 * Aurora PostgreSQL: the newest minor that public configurations are seen to run, announced in August 2026; 18 is offered too.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraPostgreSQLReleaseNotes/AuroraPostgreSQL.Updates.html
 */
export const auroraPostgresql = {
  major: "17",
  version: "17.10",
  /** Of parameter groups. */
  family: "aurora-postgresql17",
} as const;

/** Images of third parties, pinned in the values of the chart that runs them. */
export const images = {
  /** The version that chart 3.5.0 was made for (its appVersion). */
  awsLoadBalancerController: {
    repository: "public.ecr.aws/eks/aws-load-balancer-controller",
    tag: "v3.5.0",
  },
  clusterAutoscaler135: {
    repository: clusterAutoscalerRepository,
    tag: kubernetesMatrix["1.35"].clusterAutoscaler,
  },
  clusterAutoscaler136: {
    repository: clusterAutoscalerRepository,
    tag: kubernetesMatrix["1.36"].clusterAutoscaler,
  },
  /** The version that chart 1.14.1 was made for (its appVersion). */
  karpenter: { repository: "public.ecr.aws/karpenter/controller", tag: "1.14.1" },
  /** Does nothing: holds room on nodes. @see https://github.com/kubernetes/kubernetes/tree/master/build/pause */
  pause: { repository: "registry.k8s.io/pause", tag: "3.10.1" },
  /** The version that chart 2.41.0 was made for (its appVersion). */
  argoRollouts: { repository: "quay.io/argoproj/argo-rollouts", tag: "v1.9.0" },
  /** The version that chart 2.9.0 was made for (its appVersion); controller, webhook and certificate controller in one. */
  externalSecrets: {
    repository: "ghcr.io/external-secrets/external-secrets",
    tag: "v2.9.0",
  },
  /** The three of KEDA are of the version that chart 2.20.2 was made for (its appVersion). */
  kedaOperator: { repository: "ghcr.io/kedacore/keda", tag: "2.20.2" },
  kedaMetricsAdapter: { repository: "ghcr.io/kedacore/keda-metrics-apiserver", tag: "2.20.2" },
  kedaWebhooks: { repository: "ghcr.io/kedacore/keda-admission-webhooks", tag: "2.20.2" },
  /** The version that chart 2.2.16 was made for (its appVersion). */
  reloader: { repository: "ghcr.io/stakater/reloader", tag: "v1.4.21" },
  /** The version that chart 0.34.0 was made for (its appVersion). */
  trivyOperator: { repository: "mirror.gcr.io/aquasec/trivy-operator", tag: "0.32.0" },
  /** The scanner that the operator 0.32.0 starts. */
  trivy: { repository: "mirror.gcr.io/aquasec/trivy", tag: "0.72.0" },
  /** Prometheus, Alertmanager, their operator and its reloader: what chart 88.5.3 was made for. */
  prometheus: { repository: "quay.io/prometheus/prometheus", tag: "v3.14.0" },
  alertmanager: { repository: "quay.io/prometheus/alertmanager", tag: "v0.34.0" },
  prometheusOperator: {
    repository: "quay.io/prometheus-operator/prometheus-operator",
    tag: "v0.93.1",
  },
  prometheusConfigReloader: {
    repository: "quay.io/prometheus-operator/prometheus-config-reloader",
    tag: "v0.93.1",
  },
  /** Of the charts that chart 88.5.3 contains: kube-state-metrics 8.4.0, node-exporter 4.56.1, grafana 12.11.1. */
  kubeStateMetrics: {
    repository: "registry.k8s.io/kube-state-metrics/kube-state-metrics",
    tag: "v2.20.0",
  },
  nodeExporter: { repository: "quay.io/prometheus/node-exporter", tag: "v1.12.1" },
  grafana: { repository: "docker.io/grafana/grafana", tag: "13.2.0" },
  grafanaSidecar: { repository: "quay.io/kiwigrid/k8s-sidecar", tag: "2.10.1" },
  /** The version that chart 18.11.0 was made for (its appVersion). */
  loki: { repository: "docker.io/grafana/loki", tag: "3.7.6" },
  /**
   * The version that chart 0.170.0 was made for. The distribution with all components: the one for Kubernetes has no
   * exporter for Prometheus, which reads the metrics of spans.
   */
  opentelemetryCollector: {
    repository:
      "ghcr.io/open-telemetry/opentelemetry-collector-releases/opentelemetry-collector-contrib",
    tag: "0.158.0",
  },
  /** Newer than chart 4.11.1's own: before it, what was signed for OpenSearch could fail to be written. @see https://github.com/jaegertracing/jaeger/pull/8768 */
  jaeger: { repository: "docker.io/jaegertracing/jaeger", tag: "2.20.0" },
  /** The version that chart 11.17.2 was made for (its appVersion). */
  blackboxExporter: { repository: "quay.io/prometheus/blackbox-exporter", tag: "v0.28.0" },
  /** The version that chart 0.47.0 was made for (its appVersion). */
  cloudwatchExporter: {
    repository: "quay.io/prometheuscommunity/yet-another-cloudwatch-exporter",
    tag: "v0.67.0",
  },
  /** The version that chart 2.5.17 was made for (its appVersion). */
  openCost: { repository: "ghcr.io/opencost/opencost", tag: "1.120.1" },
} as const satisfies Record<
  string,
  { repository: string; tag: `${"v" | ""}${number}.${number}.${number}` }
>;

/**
 * Engines of the stores. Each is moved by hand: docs/data-stores.md says how, and what it interrupts.
 */
export const storeEngines = {
  /**
   * Valkey, which speaks Redis 7.2's protocol: open source and priced below Redis on ElastiCache, whose last Redis is 7.1.
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/supported-engine-versions.html
   */
  valkey: { engine: "valkey", version: "8.2", family: "valkey8" },
  /**
   * RabbitMQ 3, as the services run with today: its classic queues are mirrored over the nodes. RabbitMQ 4 mirrors quorum
   * queues alone, which a Celery older than 5.5 does not use.
   * @see https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/rabbitmq-version-management.html
   */
  rabbitmq: { engine: "RabbitMQ", version: "3.13" },
  /**
   * The version that MSK recommends, without ZooKeeper: a cluster keeps the mode that it was created in.
   * @see https://docs.aws.amazon.com/msk/latest/developerguide/supported-kafka-versions.html
   */
  kafka: { version: "3.9.x.kraft" },
  /**
   * Search, in which Jaeger keeps traces: Jaeger 2 is tested with 2.19 and 3.
   * @see https://docs.aws.amazon.com/opensearch-service/latest/developerguide/what-is.html#choosing-version
   */
  opensearch: { version: "OpenSearch_2.19" },
} as const;

/**
 * Runtime of CloudWatch canaries, without a browser: Node.js 22, as the functions have. The newest that AWS's page names.
 * @see https://docs.amazonaws.cn/en_us/AmazonCloudWatch/latest/monitoring/CloudWatch_Synthetics_Library_Nodejs.md
 */
export const canaryRuntime = "syn-nodejs-4.1";

function isKubernetesVersion(version: string): version is KubernetesVersion {
  return Object.hasOwn(kubernetesMatrix, version);
}

/**
 * Why clusters cannot run this Kubernetes version, in the words of an argument problem; undefined if they can.
 * With a date, a minor that EKS no longer runs on that day is refused as well.
 */
export function kubernetesVersionProblem(version: string, today?: Date): string | undefined {
  const running = Object.entries(kubernetesMatrix)
    .filter(([, row]) => today === undefined || today < new Date(row.extendedSupportEnds))
    .map(([minor]) => minor);
  if (running.includes(version)) return undefined;
  const ended = isKubernetesVersion(version)
    ? `, whose extended support ended on ${kubernetesMatrix[version].extendedSupportEnds}`
    : "";
  const accepted = running.length > 0 ? `one of ${running.join(", ")}` : "a newer version matrix";
  return `got "${version}"${ended}, need ${accepted}`;
}

/** What is pinned for a Kubernetes minor; throws for one that has no row. */
export function supportedKubernetes(version: string): KubernetesRelease {
  if (isKubernetesVersion(version)) return kubernetesMatrix[version];
  throw new Error(`Kubernetes version: ${kubernetesVersionProblem(version) ?? ""}`);
}

/** True if standard support of the minor has ended on that day or ends within so many days after it. */
export function supportEndsWithin(version: string, date: Date, days: number): boolean {
  const end = new Date(supportedKubernetes(version).standardSupportEnds);
  return end.getTime() - date.getTime() <= days * 24 * 60 * 60 * 1000;
}
