import { readEnvironment } from "./environment";
import { definePlatform } from "./platform";

export const {
  vpcId,
  clusterName,
  clusterEndpoint,
  registryHost,
  userPoolId,
  loadBalancerHostname,
  loadBalancerSecurityGroupId,
  certificateRecords,
} = definePlatform(readEnvironment());
