import { readEnvironment } from "./environment";
import { definePlatform } from "./platform";

export const { vpcId, clusterName, clusterEndpoint, registryHost } =
  definePlatform(readEnvironment());
