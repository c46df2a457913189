import { EventDrivenAutoscaler } from "../components/event-driven-autoscaler";
import type { NodeHeadroom } from "../components/node-headroom";
import type { PlatformService } from "../components/platform-service";
import type { SecretsSync } from "../components/secrets-sync";
import type { ServiceNamespace } from "../components/service-namespace";
import { ServiceScaling } from "../components/service-scaling";
import { brokerUrlVariable } from "../components/shared/record-scaling";
import type { ServiceRecord } from "../components/shared/service-record";
import { chartOf, imageOf } from "./chart-versions";
import { controllerNetwork } from "./cluster-network";
import type { Environment } from "./environment";
import { workingHours, workingWeek } from "./nights";
import type { SecretsParts } from "./secrets";

/** Replicas of a service that always run in an environment. */
export function minimumReplicas({ services }: Environment, { scaling }: ServiceRecord): number {
  return services.minimumReplicas === "one" ? Math.min(1, scaling.min) : scaling.min;
}

interface ScalingParts extends SecretsParts {
  /** Room on nodes, some of it by the hour; none where none is asked for. */
  readonly headroom: NodeHeadroom | undefined;
}

/** After the namespaces, in which it gets its rights; before whatever it scales. */
export function defineAutoscaler(
  prefix: string,
  { environment, services, network, cluster, headroom }: ScalingParts,
  namespaces: ReadonlyMap<string, ServiceNamespace>,
): EventDrivenAutoscaler {
  const autoscaler = new EventDrivenAutoscaler(
    prefix,
    {
      namespaces: [
        ...[...namespaces.values()].map(({ namespaceName }) => namespaceName),
        ...(headroom === undefined ? [] : [headroom.namespace]),
      ],
      network: controllerNetwork(network),
      ...(services.some(readsQueue) && { brokerSubnetCidrs: network.subnetCidrs.data }),
      chart: chartOf(environment, "keda"),
      images: {
        operator: imageOf(environment, "kedaOperator"),
        metricsAdapter: imageOf(environment, "kedaMetricsAdapter"),
        webhooks: imageOf(environment, "kedaWebhooks"),
      },
    },
    {
      providers: { kubernetes: cluster.provider },
      // Not on the headroom, which ends with what depends on this: its namespace is enough.
      dependsOn: [...cluster.ready, ...namespaces.values()],
    },
  );
  headroom?.followDay(autoscaler);
  return autoscaler;
}

interface Scaled {
  readonly record: ServiceRecord;
  readonly workload: PlatformService;
  readonly namespace: ServiceNamespace;
  readonly secrets: SecretsSync;
  readonly autoscaler: EventDrivenAutoscaler;
}

export function defineScaling(
  prefix: string,
  { environment, cluster }: SecretsParts,
  { record, workload, namespace, secrets, autoscaler }: Scaled,
): ServiceScaling {
  const brokerUrl = readsQueue(record) ? brokerUrlVariable(record) : undefined;
  const brokerConnection = secrets.secretEnvironment[record.name]?.[brokerUrl ?? ""];
  const week = workingWeek(environment);
  return new ServiceScaling(
    `${prefix}-${record.name}`,
    {
      record,
      namespace: namespace.namespaceName,
      minimumReplicas: minimumReplicas(environment, record),
      // Where one replica is enough, nobody comes by the hour.
      schedule: environment.services.minimumReplicas === "one" ? "none" : "declared",
      ...(week && { workingHours: workingHours(week) }),
      ...(brokerConnection && { brokerConnection }),
    },
    { providers: { kubernetes: cluster.provider }, dependsOn: [workload, autoscaler] },
  );
}

function readsQueue({ scaling }: ServiceRecord): boolean {
  return scaling.signals.some(({ kind }) => kind === "queue-length");
}
