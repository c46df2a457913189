import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { AlarmTopic } from "../components/alarm-topic";
import type { MultiAzCluster } from "../components/multi-az-cluster";
import { ZonalAutoshift } from "../components/zonal-autoshift";
import type { Environment } from "./environment";

interface ZoneParts {
  readonly environment: Environment;
  readonly cluster: MultiAzCluster;
  readonly alarms: AlarmTopic;
  readonly provider: aws.Provider;
}

/** Moves the cluster out of a zone by itself, where the environment has zones and capacity enough for it. */
export function defineZonalAutoshift(
  prefix: string,
  { environment, cluster, alarms, provider }: ZoneParts,
): void {
  const { region, accountId, network } = environment;
  const { enabled, blockedWindows } = environment.cluster.zonalAutoshift;
  if (!enabled) return;
  new ZonalAutoshift(
    prefix,
    {
      clusterName: prefix,
      clusterArn: pulumi.interpolate`arn:aws:eks:${region}:${accountId}:cluster/${cluster.clusterName}`,
      zones: network.availabilityZones.length,
      blockedWindows,
      alarmTopicArn: alarms.topicArn,
    },
    { providers: { aws: provider } },
  );
}
