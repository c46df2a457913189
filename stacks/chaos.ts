import type * as aws from "@pulumi/aws";
import type { AlarmTopic } from "../components/alarm-topic";
import { ChaosExperiments, type Experiments, ServiceAlarms } from "../components/chaos-experiments";
import type { MultiAzCluster } from "../components/multi-az-cluster";
import type { SecureVpc } from "../components/secure-vpc";
import { boundaryArn } from "./accounts";
import { targetTag } from "./chaos-targets";
import { controllerNetwork } from "./cluster-network";
import type { Environment } from "./environment";

interface ChaosParts {
  readonly environment: Environment;
  readonly network: SecureVpc;
  readonly cluster: MultiAzCluster;
  readonly alarms: AlarmTopic;
  readonly provider: aws.Provider;
}

/** Experiments on what the environment has: none asks for what is not there. */
export function defineChaos(prefix: string, parts: ChaosParts): void {
  const { environment, cluster, alarms, provider } = parts;
  const { region, accountId, name, chaos, deletionProtection } = environment;
  if (!chaos.enabled) return;
  const options = { providers: { aws: provider } };
  const { alarmArns } = new ServiceAlarms(
    `${prefix}-chaos-stop`,
    { region, environment: name, ...chaos.stop, alarmTopicArn: alarms.topicArn },
    options,
  );
  new ChaosExperiments(
    prefix,
    {
      ...{ region, accountId, environment: name, clusterName: prefix, targetTag },
      stopAlarmArns: alarmArns,
      experiments: experimentsOf(parts),
      schedules: Object.fromEntries(chaos.schedules.map(({ experiment, at }) => [experiment, at])),
      scheduleTimeZone: chaos.scheduleTimeZone,
      alarmTopicArn: alarms.topicArn,
      permissionsBoundaryArn: boundaryArn(environment),
      protect: deletionProtection,
    },
    { ...options, dependsOn: [...cluster.ready] },
  );
}

function experimentsOf({ environment, network, cluster }: ChaosParts): Experiments {
  const { availabilityZones: zones } = environment.network;
  const { database, cache } = environment.data;
  const cacheZones = Math.min(cache.nodes, zones.length);
  return {
    zonePower: { zones, cacheZones: cacheZones > 1 ? cacheZones : 0 },
    nodeLoss: {},
    ...(environment.chaos.faultNamespace && {
      networkLatency: { provider: cluster.provider, network: controllerNetwork(network) },
    }),
    ...(environment.chaos.nodeLatency && {
      nodeLatency: { toCidrs: network.subnetCidrs.private },
    }),
    ...(database.availability !== "single-instance" && {
      databaseFailover: { readers: zones.length - 1 },
    }),
    spotInterruption: {},
    regionConnectivity: { region: environment.recovery.region },
  };
}
