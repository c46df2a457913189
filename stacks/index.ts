import { readEnvironment } from "./environment";
import { definePlatform } from "./platform";

export const {
  vpcId,
  clusterName,
  clusterEndpoint,
  registryHost,
  userPoolId,
  databaseIdentifier,
  loadBalancerHostname,
  loadBalancerSecurityGroupId,
  healthCheckId,
  certificateRecords,
} = definePlatform(readEnvironment());
