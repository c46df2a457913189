/** Type tokens of what runs on machines, with the properties that say which. */
export const machineProperties: Readonly<Record<string, readonly string[]>> = {
  "aws:ec2/instance:Instance": ["instanceType"],
  "aws:eks/nodeGroup:NodeGroup": ["instanceTypes"],
  "aws:rds/instance:Instance": ["instanceClass"],
  "aws:rds/clusterInstance:ClusterInstance": ["instanceClass"],
  "aws:elasticache/replicationGroup:ReplicationGroup": ["nodeType"],
  "aws:mq/broker:Broker": ["hostInstanceType"],
  "aws:msk/cluster:Cluster": ["brokerNodeGroupInfo.instanceType"],
  "aws:opensearch/domain:Domain": [
    "clusterConfig.instanceType",
    "clusterConfig.dedicatedMasterType",
    "clusterConfig.warmType",
  ],
};

/** Of Karpenter: which machines it may start stands in the requirements of a pool. */
export const nodePoolType = "kubernetes:karpenter.sh/v1:NodePool";
