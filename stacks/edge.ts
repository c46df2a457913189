import type * as aws from "@pulumi/aws";
import type { AlarmTopic } from "../components/alarm-topic";
import { EdgeProtection } from "../components/edge-protection";
import { dataClassTags } from "../components/shared/data-class";
import type { ServiceRecord } from "../components/shared/service-record";
import { UserDirectory } from "../components/user-directory";
import { boundaryArn } from "./accounts";
import { type Environment, unassigned } from "./environment";
import { grafanaSignIn } from "./grafana-sign-in";

export interface EdgeParts {
  readonly environment: Environment;
  readonly services: readonly ServiceRecord[];
  readonly alarms: AlarmTopic;
  readonly provider: aws.Provider;
}

/** What stands between the internet and the load balancer: firewall, certificate, logs, and the probe that proves it. */
export function defineEdge(
  prefix: string,
  { environment, services, alarms, provider }: EdgeParts,
): EdgeProtection {
  const { region, accountId, edge, ingress, deletionProtection } = environment;
  const domain = publicDomain(environment);
  return new EdgeProtection(
    prefix,
    {
      region,
      accountId,
      environment: environment.name,
      domain,
      hosts: services.flatMap(({ exposure }) =>
        exposure === undefined ? [] : [`${exposure.subdomain}.${domain}`],
      ),
      ...(ingress.hostedZoneId !== "none" && { hostedZoneId: ingress.hostedZoneId }),
      countUntil: edge.countUntil,
      largeBodyPaths: edge.largeBodyPaths.map(({ subdomain, pathPrefix }) => ({
        host: `${subdomain}.${domain}`,
        pathPrefix,
      })),
      alarmTopicArn: alarms.topicArn,
      permissionsBoundaryArn: boundaryArn(environment),
      protect: deletionProtection,
    },
    { providers: { aws: provider } },
  );
}

/** Who signs in; each environment has its own, since Cognito copies no pool to another region. */
export function defineUsers(
  prefix: string,
  { environment, provider }: EdgeParts,
  { webAclArn }: EdgeProtection,
): UserDirectory {
  const { region, accountId, users, deletionProtection } = environment;
  return new UserDirectory(
    prefix,
    {
      region,
      accountId,
      poolName: prefix,
      totp: users.totp,
      signInDomain: { prefix: users.signInPrefix },
      ...grafanaSignIn,
      webAclArn,
      protect: deletionProtection,
      tags: dataClassTags("vital"),
    },
    { providers: { aws: provider } },
  );
}

/** A plan goes on without a domain, under a name that never resolves. @see https://www.rfc-editor.org/rfc/rfc2606 */
export function publicDomain({ ingress }: Environment): string {
  return ingress.domain === unassigned ? `${unassigned}.invalid` : ingress.domain;
}
