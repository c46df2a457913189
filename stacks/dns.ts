import type * as aws from "@pulumi/aws";
import { AlarmTopic } from "../components/alarm-topic";
import { DnsFailover, type FailoverHost } from "../components/dns-failover";
import type { PublicIngress } from "../components/public-ingress";
import type { ServiceRecord } from "../components/shared/service-record";
import { publicDomain } from "./edge";
import { type Environment, unassigned } from "./environment";
import { isPilotLight } from "./recovery-mode";

interface DnsParts {
  readonly environment: Environment;
  readonly services: readonly ServiceRecord[];
  /** Undefined in a pilot light. */
  readonly ingress: PublicIngress | undefined;
  readonly provider: aws.Provider;
}

/** Whether the public hosts have records of ours; else a person makes them. */
export function hasDns({ ingress, recovery }: Environment): boolean {
  return (
    recovery.dns.record !== "none" &&
    ingress.hostedZoneId !== "none" &&
    ingress.domain !== unassigned
  );
}

/** Records of the public hosts, of which the other region's program has the other half. */
export function defineDns(
  prefix: string,
  { environment, services, ingress, provider }: DnsParts,
): DnsFailover | undefined {
  const { name, accountId, alarms, recovery } = environment;
  const { record, ttlSeconds, admitsTraffic } = recovery.dns;
  if (record === "none" || !hasDns(environment)) return undefined;
  const options = { providers: { aws: provider } };
  const topic = new AlarmTopic(
    `${prefix}-dns`,
    // Health checks are measured there, and an alarm tells topics of its own region alone.
    { region: "us-east-1", accountId, emailAddresses: alarms.emailAddresses },
    options,
  );
  return new DnsFailover(
    `${prefix}-dns`,
    {
      domain: publicDomain(environment),
      hostedZoneId: environment.ingress.hostedZoneId,
      hosts: hostsOf(services),
      record,
      label: name,
      ...(ingress !== undefined && { targetHostname: ingress.loadBalancerHostname }),
      admitsTraffic: admitsTraffic && !isPilotLight(environment),
      ttlSeconds,
      alarmTopicArn: topic.topicArn,
    },
    options,
  );
}

function hostsOf(services: readonly ServiceRecord[]): FailoverHost[] {
  return services.flatMap(({ exposure, tier }) =>
    exposure === undefined
      ? []
      : [
          {
            subdomain: exposure.subdomain,
            healthPath: exposure.healthCheckPath,
            critical: tier === "critical",
          },
        ],
  );
}
