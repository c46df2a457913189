import { assumed, type Counter, hourly } from "./item";
import { listOf, numberOf, textOf, within } from "./read-inputs";

const database: Counter = ({ inputs }, { usage, count }) => [
  // Paid by the processor of each instance.
  ...(inputs["databaseInsightsMode"] === "advanced"
    ? [{ price: "aurora/insights-advanced", quantity: 1 }]
    : []),
  ...assumed("aurora/storage", usage.databaseGib / count),
  ...assumed("aurora/requests", usage.databaseMillionRequests / count),
];

const databaseInstance: Counter = ({ inputs }) => [
  hourly(`aurora/${textOf(inputs["instanceClass"])}`, 1),
];

const cache: Counter = ({ inputs }) => {
  const shards = numberOf(inputs["numNodeGroups"]);
  const nodes =
    shards === 0
      ? numberOf(inputs["numCacheClusters"])
      : shards * (1 + numberOf(inputs["replicasPerNodeGroup"]));
  return [hourly(`cache/${textOf(inputs["nodeType"])}`, nodes)];
};

/** A RabbitMQ cluster is three nodes; a single one has no zone to fall back on. */
const broker: Counter = ({ inputs }, { usage, count }) => [
  hourly(
    `mq/${textOf(inputs["hostInstanceType"])}`,
    inputs["deploymentMode"] === "CLUSTER_MULTI_AZ" ? 3 : 1,
  ),
  ...assumed("mq/storage", usage.brokerGib / count),
];

const eventStream: Counter = ({ inputs }) => {
  const nodes = within(inputs, "brokerNodeGroupInfo");
  const count = numberOf(inputs["numberOfBrokerNodes"]);
  const disk = within(within(nodes, "storageInfo"), "ebsStorageInfo");
  return [
    hourly(`msk/${textOf(nodes["instanceType"])}`, count),
    { price: "msk/storage", quantity: count * numberOf(disk["volumeSize"]) },
  ];
};

const search: Counter = ({ inputs }) => {
  const cluster = within(inputs, "clusterConfig");
  const disk = within(inputs, "ebsOptions");
  const count = numberOf(cluster["instanceCount"]) || 1;
  return [
    hourly(`search/${textOf(cluster["instanceType"])}`, count),
    {
      price: `search/storage-${textOf(disk["volumeType"])}`,
      quantity: count * numberOf(disk["volumeSize"]),
    },
    ...(cluster["dedicatedMasterEnabled"] === true
      ? [
          hourly(
            `search/${textOf(cluster["dedicatedMasterType"])}`,
            numberOf(cluster["dedicatedMasterCount"]),
          ),
        ]
      : []),
  ];
};

const bucket: Counter = (_, { usage, count }) => assumed("s3/standard", usage.bucketGib / count);

const repository: Counter = (_, { usage, count }) => assumed("ecr/storage", usage.imageGib / count);

const vault: Counter = (_, { usage, count }) => assumed("backup/aurora", usage.backupGib / count);

const volume: Counter = ({ inputs }) => [
  {
    price: `ebs/${textOf(inputs["type"]) || "gp2"}`,
    quantity: numberOf(inputs["size"]),
  },
];

export const storeCounters: Readonly<Record<string, Counter>> = {
  "aws:rds/cluster:Cluster": database,
  "aws:rds/clusterInstance:ClusterInstance": databaseInstance,
  "aws:elasticache/replicationGroup:ReplicationGroup": cache,
  "aws:mq/broker:Broker": broker,
  "aws:msk/cluster:Cluster": eventStream,
  "aws:opensearch/domain:Domain": search,
  "aws:s3/bucket:Bucket": bucket,
  "aws:ecr/repository:Repository": repository,
  "aws:backup/vault:Vault": vault,
  "aws:ebs/volume:Volume": volume,
};

export const keyCounters: Readonly<Record<string, Counter>> = {
  "aws:kms/key:Key": () => [{ price: "kms/key", quantity: 1 }],
  "aws:kms/replicaKey:ReplicaKey": () => [{ price: "kms/key", quantity: 1 }],
  // Each copy in another region costs what the secret costs.
  "aws:secretsmanager/secret:Secret": ({ inputs }) => [
    { price: "secret/secret", quantity: 1 + listOf(inputs["replicas"]).length },
  ],
};
