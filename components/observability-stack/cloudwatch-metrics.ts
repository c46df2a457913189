type Statistic = "Average" | "Maximum" | "Minimum" | "Sum";

interface CloudwatchMetrics {
  /** As CloudWatch spells it. */
  readonly namespace: `AWS/${string}` | `Auterity/${string}` | "CloudWatchSynthetics";
  /** How often it is asked for, and over how long one value is. */
  readonly periodSeconds: 300 | 86_400;
  readonly metrics: Readonly<Record<string, readonly Statistic[]>>;
}

/**
 * What only CloudWatch knows. A value costs USD 0.01 for a thousand requests of it, by metric and resource: what no rule
 * and no dashboard asks for is not here. In Prometheus, `CPUUtilization` of AWS/RDS as an average is
 * `aws_rds_cpuutilization_average`.
 * @see https://aws.amazon.com/cloudwatch/pricing/
 * @see https://github.com/prometheus-community/yet-another-cloudwatch-exporter/blob/v0.67.0/pkg/config/services.go
 */
export const cloudwatchMetrics: readonly CloudwatchMetrics[] = [
  {
    namespace: "AWS/RDS",
    periodSeconds: 300,
    metrics: {
      CPUUtilization: ["Average"],
      DatabaseConnections: ["Average"],
      FreeableMemory: ["Average"],
      FreeLocalStorage: ["Average"],
      AuroraReplicaLag: ["Average"],
      Deadlocks: ["Average"],
      ReadLatency: ["Average"],
      WriteLatency: ["Average"],
      CommitLatency: ["Average"],
    },
  },
  {
    namespace: "AWS/ElastiCache",
    periodSeconds: 300,
    metrics: {
      EngineCPUUtilization: ["Average"],
      DatabaseMemoryUsagePercentage: ["Average"],
      Evictions: ["Sum"],
      ReplicationLag: ["Average"],
      CurrConnections: ["Maximum"],
    },
  },
  {
    namespace: "AWS/AmazonMQ",
    periodSeconds: 300,
    metrics: {
      MessageReadyCount: ["Maximum"],
      MessageUnacknowledgedCount: ["Maximum"],
      ConsumerCount: ["Average"],
      SystemCpuUtilization: ["Average"],
      RabbitMQMemUsed: ["Average"],
      RabbitMQDiskFree: ["Average"],
    },
  },
  {
    namespace: "AWS/Kafka",
    periodSeconds: 300,
    metrics: {
      UnderReplicatedPartitions: ["Maximum"],
      OfflinePartitionsCount: ["Maximum"],
      ActiveControllerCount: ["Maximum"],
      KafkaDataLogsDiskUsed: ["Maximum"],
      CpuUser: ["Average"],
    },
  },
  {
    namespace: "AWS/ES",
    periodSeconds: 300,
    metrics: {
      "ClusterStatus.red": ["Maximum"],
      "ClusterStatus.yellow": ["Maximum"],
      FreeStorageSpace: ["Minimum"],
      CPUUtilization: ["Average"],
      JVMMemoryPressure: ["Maximum"],
    },
  },
  {
    namespace: "AWS/ApplicationELB",
    periodSeconds: 300,
    metrics: {
      RequestCount: ["Sum"],
      TargetResponseTime: ["Average"],
      HTTPCode_ELB_5XX_Count: ["Sum"],
      HTTPCode_Target_5XX_Count: ["Sum"],
      UnHealthyHostCount: ["Maximum"],
      HealthyHostCount: ["Minimum"],
    },
  },
  {
    namespace: "AWS/WAFV2",
    periodSeconds: 300,
    metrics: { BlockedRequests: ["Sum"], AllowedRequests: ["Sum"] },
  },
  {
    namespace: "AWS/NATGateway",
    periodSeconds: 300,
    metrics: {
      BytesOutToDestination: ["Sum"],
      BytesInFromDestination: ["Sum"],
      ErrorPortAllocation: ["Sum"],
      PacketsDropCount: ["Sum"],
    },
  },
  {
    namespace: "AWS/S3",
    periodSeconds: 300,
    metrics: { ReplicationLatency: ["Maximum"], OperationsFailedReplication: ["Sum"] },
  },
  {
    namespace: "AWS/Lambda",
    periodSeconds: 300,
    metrics: { Errors: ["Sum"], Throttles: ["Sum"] },
  },
  {
    namespace: "CloudWatchSynthetics",
    periodSeconds: 300,
    metrics: { SuccessPercent: ["Average"], Duration: ["Average"] },
  },
  {
    namespace: "AWS/Backup",
    periodSeconds: 86_400,
    metrics: {
      NumberOfBackupJobsCompleted: ["Sum"],
      NumberOfBackupJobsFailed: ["Sum"],
      NumberOfCopyJobsFailed: ["Sum"],
    },
  },
  {
    namespace: "AWS/CertificateManager",
    periodSeconds: 86_400,
    metrics: { DaysToExpiry: ["Minimum"] },
  },
];

/** What the platform's own functions measure; none of it has a tag, all of it the environment in a dimension. */
export const ownMetrics: readonly CloudwatchMetrics[] = [
  {
    namespace: "Auterity/Recovery",
    periodSeconds: 86_400,
    metrics: {
      RestoresValidated: ["Sum"],
      RestoresRefuted: ["Sum"],
      MeasuredRpo: ["Maximum"],
      MeasuredRto: ["Maximum"],
    },
  },
  {
    namespace: "Auterity/Cost",
    periodSeconds: 86_400,
    metrics: { WeekCost: ["Maximum"], MonthToDateCost: ["Maximum"], MonthForecast: ["Maximum"] },
  },
  {
    namespace: "Auterity/Secrets",
    periodSeconds: 86_400,
    metrics: { OverdueSecrets: ["Maximum"], UnfilledSecrets: ["Maximum"] },
  },
  {
    namespace: "Auterity/FlowLogs",
    periodSeconds: 86_400,
    metrics: { UnexpectedConversations: ["Maximum"] },
  },
  {
    namespace: "Auterity/EdgeProbe",
    periodSeconds: 86_400,
    metrics: { ProbesRefused: ["Minimum"], ProbesPassed: ["Maximum"] },
  },
];
