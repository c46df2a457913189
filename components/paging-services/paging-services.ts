import * as aws from "@pulumi/aws";
import * as pagerduty from "@pulumi/pagerduty";
import * as pulumi from "@pulumi/pulumi";
import { type ChildOptions, childOptions } from "../shared/child-options";
import {
  type PagedTeam,
  type PagingServicesArgs,
  type PagingServicesSpec,
  resolvePagingServicesArgs,
} from "./args";
import { keysVersion } from "./keys-version";

/**
 * Whom PagerDuty calls: a service for each team with its escalation, windows in which nobody is called, and the routing keys of
 * the services in a secret of AWS. Needs providers of PagerDuty and AWS. People and schedules stay in PagerDuty.
 */
export class PagingServices extends pulumi.ComponentResource {
  /** By team, to link to; they hold no secret. */
  readonly serviceIds: Readonly<Record<string, pulumi.Output<string>>>;

  constructor(name: string, args: PagingServicesArgs, opts?: pulumi.ComponentResourceOptions) {
    const spec = resolvePagingServicesArgs(name, args);
    super("platform:observation:PagingServices", name, spec, opts);

    const owned = childOptions(this, opts);
    const services = spec.pagedTeams.flatMap((team) => {
      const paged = spec.teams[team];
      return paged === undefined ? [] : [createService(name, { spec, team, paged }, owned)];
    });
    createWindows(name, { spec, services }, owned);
    storeKeys(name, { spec, services }, owned);

    this.serviceIds = Object.fromEntries(services.map(({ team, service }) => [team, service.id]));
    this.registerOutputs({ serviceIds: this.serviceIds });
  }
}

interface TeamService {
  readonly team: string;
  readonly service: pagerduty.Service;
  /** Secret. */
  readonly routingKey: pulumi.Output<string>;
}

interface ServiceArgs {
  readonly spec: PagingServicesSpec;
  readonly team: string;
  readonly paged: PagedTeam;
}

function createService(
  name: string,
  { spec, team, paged }: ServiceArgs,
  owned: ChildOptions,
): TeamService {
  const physicalName = `auterity-${spec.environment}-${team}`;
  const policy = new pagerduty.EscalationPolicy(
    `${name}-paging-${team}`,
    {
      name: physicalName,
      description: `Critical alerts of ${team} in ${spec.environment}`,
      numLoops: spec.repeats,
      rules: paged.levels.map(({ minutes, scheduleIds, userIds }) => ({
        escalationDelayInMinutes: minutes,
        targets: [
          ...scheduleIds.map((id) => ({ type: "schedule_reference", id })),
          ...userIds.map((id) => ({ type: "user_reference", id })),
        ],
      })),
    },
    owned,
  );
  const service = new pagerduty.Service(
    `${name}-paging-${team}`,
    {
      name: physicalName,
      description: `Critical alerts of ${team} in ${spec.environment}`,
      escalationPolicy: policy.id,
      acknowledgementTimeout: `${spec.acknowledgementMinutes * 60}`,
      // Alertmanager says when it is over; until then it is not.
      autoResolveTimeout: "null",
      alertCreation: "create_alerts_and_incidents",
      // What comes here is critical: what is not goes to the chat.
      incidentUrgencyRule: { type: "constant", urgency: "high" },
    },
    owned,
  );
  const integration = new pagerduty.ServiceIntegration(
    `${name}-paging-${team}`,
    { name: "Alertmanager", service: service.id, type: "events_api_v2_inbound_integration" },
    // The provider itself does not call it one.
    { ...owned, additionalSecretOutputs: ["integrationKey"] },
  );
  return { team, service, routingKey: pulumi.secret(integration.integrationKey) };
}

interface ServicesArgs {
  readonly spec: PagingServicesSpec;
  readonly services: readonly TeamService[];
}

function createWindows(name: string, { spec, services }: ServicesArgs, owned: ChildOptions): void {
  for (const [key, { description, from, to, teams }] of Object.entries(spec.maintenanceWindows))
    new pagerduty.MaintenanceWindow(
      `${name}-maintenance-${key}`,
      {
        description,
        startTime: from,
        endTime: to,
        services: services
          .filter(({ team }) => teams.includes(team))
          .map(({ service }) => service.id),
      },
      owned,
    );
}

/** Write-only, so that a refresh reads no value; the version tells that a key has changed. */
function storeKeys(name: string, { spec, services }: ServicesArgs, owned: ChildOptions): void {
  const value = pulumi.secret(
    pulumi.jsonStringify(
      Object.fromEntries(
        services.map(({ team, routingKey }) => [spec.secret.keys[team] ?? team, routingKey]),
      ),
    ),
  );
  new aws.secretsmanager.SecretVersion(
    `${name}-paging-keys`,
    {
      region: spec.secret.region,
      secretId: spec.secret.arn,
      secretStringWo: value,
      secretStringWoVersion: value.apply(keysVersion),
    },
    owned,
  );
}
