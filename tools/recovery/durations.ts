/** How long it takes until a resource of a kind is there. */
export interface Duration {
  readonly seconds: number;
  /**
   * "published": its maker says so. "measured": somebody did, and showed it. "bound": a test that creates and deletes it took no
   * longer. "assumed": nobody known has measured it.
   */
  readonly basis: "published" | "measured" | "bound" | "assumed";
  readonly source: string;
}

/** When these were looked up: creation times change, and are to be looked up again. */
export const durationsDated = "2026-12-01";

const provider = "https://github.com/hashicorp/terraform-provider-aws/pull";

/** What takes long enough to matter; everything else is a call or two of an API. Our own figure replaces one once there is an account. */
export const durations: Readonly<Record<string, Duration>> = {
  "awsx:ec2:Vpc": {
    seconds: 150,
    basis: "assumed",
    source: "NAT gateways become available after a minute or two",
  },
  "aws:ec2/vpcEndpoint:VpcEndpoint": {
    seconds: 120,
    basis: "assumed",
    source: "interfaces in each zone, then private DNS",
  },
  "eks:index:Cluster": {
    seconds: 540,
    basis: "published",
    source: "https://github.com/aws/containers-roadmap/issues/1227: 9 minutes on average",
  },
  "eks:index:ManagedNodeGroup": {
    seconds: 119,
    basis: "measured",
    source: "https://github.com/DevopsArtFactory/terraform-provisioning/pull/46 (1m59s)",
  },
  "aws:rds/cluster:Cluster": {
    seconds: 225,
    basis: "bound",
    source: `${provider}/30655 (TestAccRDSCluster_basic)`,
  },
  "aws:rds/clusterInstance:ClusterInstance": {
    seconds: 760,
    basis: "bound",
    source: `${provider}/8994 (TestAccAWSRDSClusterInstance_generatedName, with its cluster)`,
  },
  "aws:elasticache/replicationGroup:ReplicationGroup": {
    seconds: 658,
    basis: "bound",
    source: `${provider}/46526 (TestAccElastiCacheReplicationGroup_useCMKKMSKeyID)`,
  },
  "aws:mq/broker:Broker": {
    seconds: 900,
    basis: "published",
    source:
      "https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/getting-started-rabbitmq.html",
  },
  "aws:msk/cluster:Cluster": {
    seconds: 1487,
    basis: "bound",
    source: `${provider}/12215 (TestAccAWSMskCluster_LoggingInfo); an hour was seen too, issue 17726`,
  },
  "aws:opensearch/domain:Domain": {
    seconds: 1500,
    basis: "assumed",
    source:
      "the provider itself waits 10 minutes before it looks: terraform-provider-aws issue 45244",
  },
  "aws:acm/certificateValidation:CertificateValidation": {
    seconds: 1800,
    basis: "published",
    source:
      "https://docs.aws.amazon.com/acm/latest/userguide/dns-validation.html (up to 30 minutes)",
  },
  "aws:eks/addon:Addon": {
    seconds: 45,
    basis: "assumed",
    source: "pods on nodes that are there",
  },
  "kubernetes:helm.sh/v3:Release": {
    seconds: 60,
    basis: "assumed",
    source: "images are pulled and pods become ready",
  },
  "kubernetes:apps/v1:Deployment": {
    seconds: 57,
    basis: "measured",
    source: "npm run drill -- failover: full strength after 43 to 57 s",
  },
  "kubernetes:networking.k8s.io/v1:Ingress": {
    seconds: 180,
    basis: "assumed",
    source: "the controller makes a load balancer, which becomes active",
  },
};

/** Of the steps of a failover that are no resource. */
export const stepDurations = {
  promote: {
    seconds: 120,
    basis: "assumed",
    source:
      'Aurora\'s guide says "in the order of minutes": https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-global-database-disaster-recovery.html',
  },
  storeUsers: {
    seconds: 60,
    basis: "assumed",
    source: "a rotation of four steps by user, side by side",
  },
} as const satisfies Record<string, Duration>;

/** A call or two of an API. */
export const aCall: Duration = { seconds: 3, basis: "assumed", source: "a call of an API" };
