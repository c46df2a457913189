import type * as aws from "@pulumi/aws";
import type { AlarmTopic } from "../components/alarm-topic";
import { autoscalerWebhookPorts } from "../components/event-driven-autoscaler";
import { catalogueFlows, FlowLogAnalysis } from "../components/flow-log-analysis";
import { knownWebhookPorts } from "../components/multi-az-cluster";
import { baselineInterfaceEndpoints, planSubnets, SecureVpc } from "../components/secure-vpc";
import { defaultStoreEndpoints } from "../components/service-conversations";
import type { ServiceRecord } from "../components/shared/service-record";
import { boundaryArn } from "./accounts";
import { chaosTags } from "./chaos-targets";
import type { Environment } from "./environment";

export function defineNetwork(
  prefix: string,
  { network, region, accountId, deletionProtection, chaos }: Environment,
  provider: aws.Provider,
): SecureVpc {
  return new SecureVpc(
    prefix,
    {
      region,
      accountId,
      cidrBlock: network.cidrBlock,
      availabilityZones: network.availabilityZones,
      natGateways: network.natGateways,
      interfaceEndpoints:
        network.interfaceEndpoints === "baseline" ? baselineInterfaceEndpoints : [],
      flowLogRetentionDays: network.flowLogRetentionDays,
      clusterName: prefix,
      protect: deletionProtection,
      tags: chaosTags({ chaos }),
    },
    { providers: { aws: provider } },
  );
}

interface AnalysisParts {
  readonly environment: Environment;
  readonly services: readonly ServiceRecord[];
  readonly network: SecureVpc;
  readonly alarms: AlarmTopic;
  readonly provider: aws.Provider;
}

/** Traffic between tiers that the catalogue does not know is told the day after. */
export function defineFlowLogAnalysis(
  prefix: string,
  { environment, services, network, alarms, provider }: AnalysisParts,
): void {
  const { region, accountId, deletionProtection } = environment;
  const { postgresql, redis, rabbitmq, kafka } = defaultStoreEndpoints;
  new FlowLogAnalysis(
    prefix,
    {
      region,
      accountId,
      environment: environment.name,
      flowLogBucketName: network.flowLogBucketName,
      flowLogKeyArn: network.flowLogKeyArn,
      subnets: planSubnets(environment.network),
      allowedFlows: catalogueFlows({
        records: services,
        storePorts: {
          postgresql: postgresql.port,
          redis: redis.port,
          rabbitmq: rabbitmq.port,
          kafka: kafka.port,
        },
        // Jaeger, and what deletes old traces.
        otherDataPorts: environment.observability.traces.store === "opensearch" ? [443] : [],
        controlPlaneCalls: Object.values({ ...knownWebhookPorts, ...autoscalerWebhookPorts }),
      }),
      crossZonePricePerGib: environment.network.crossZonePricePerGib,
      alarmTopicArn: alarms.topicArn,
      permissionsBoundaryArn: boundaryArn(environment),
      protect: deletionProtection,
    },
    { providers: { aws: provider } },
  );
}
