export {
  multiAzClusterDefaults,
  type AccessEntryArgs,
  type AccessPolicy,
  type ClusterVersions,
  type EndpointAccess,
  type MultiAzClusterArgs,
  type NodeClassArgs,
  type NodeClassName,
  type NodeEgress,
} from "./args";
export { MultiAzCluster } from "./multi-az-cluster";
export { amiTypeOf } from "./node-classes";
export { autoScalingGroupPattern } from "./node-groups";
export { knownWebhookPorts } from "./security-groups";
