import {
  ObservabilityRules,
  resolveRules,
  ruleFiles,
  type RulesArgs,
} from "../../components/observability-rules";
import type { MultiAzCluster } from "../../components/multi-az-cluster";
import type { ObservabilityStack } from "../../components/observability-stack";
import { prometheus } from "../../components/shared/prometheus-address";
import type { ServiceRecord } from "../../components/shared/service-record";
import { type Environment, unassigned } from "../environment";
import { grafanaUrl } from "../grafana-sign-in";
import { workingWeek } from "../nights";
import { servicesOf } from "../releases";
import { minimumReplicas } from "../scaling";
import { alertmanagerOf, receiverPlaces } from "./alertmanager";
import { platformObjectives } from "./objectives";

/** The rules of an environment; refused with everything that is wrong with them. */
export function rulesArgs(environment: Environment, records: readonly ServiceRecord[]): RulesArgs {
  const { alerting, cluster, costs, network, synthetics } = environment;
  // A team may be paged for what others run: its own services may be in another environment.
  const owners = [...records.map(({ team }) => team), ...alerting.pagerDutyTeams];
  const teams = [...new Set(["platform", ...owners])];
  return {
    records,
    zones: network.availabilityZones,
    nodeAutoscaler: cluster.nodeAutoscaler,
    replicaFloor: (record) => minimumReplicas(environment, record),
    aiSpendPerDay: alerting.aiSpendPerDay,
    ...(costs.usage.natGib > 0 && { natGibPerDay: natGibPerDay(costs.usage.natGib) }),
    platformObjectives: platformObjectives(environment),
    ...(synthetics.enabled && { canaries: { everyMinutes: synthetics.everyMinutes } }),
    rests: workingWeek(environment) !== undefined,
    runbookUrl:
      alerting.runbookUrl === unassigned
        ? "https://runbooks.invalid/docs/runbooks"
        : alerting.runbookUrl,
    dashboardUrl: grafanaUrl,
    alerting: {
      teams,
      ...receiverPlaces(alerting),
      officeHours: { timeZone: "America/Los_Angeles", from: "07:00", to: "19:00" },
    },
  };
}

/** Twice what the estimate assumes: then it is wrong, or something is. */
function natGibPerDay(assumedGibPerMonth: number): number {
  return Math.ceil((2 * assumedGibPerMonth) / 30);
}

interface RulesParts {
  readonly environment: Environment;
  readonly services: readonly ServiceRecord[];
  readonly cluster: MultiAzCluster;
  /** Brings the kind of the objects, and whoever reads them. */
  readonly watched: ObservabilityStack;
}

/** What Prometheus computes and warns of: objectives of the catalogue, alerts, anomalies. */
export function defineRules(
  prefix: string,
  { environment, services, cluster, watched }: RulesParts,
): ObservabilityRules {
  return new ObservabilityRules(
    prefix,
    { ...rulesArgs(environment, services), namespace: prometheus.namespace },
    { providers: { kubernetes: cluster.provider }, dependsOn: watched.ready },
  );
}

/** A file that the plan writes beside the manifests: rules as Prometheus reads them, and Alertmanager's configuration. */
export interface PlannedDocument {
  readonly path: string;
  readonly content: unknown;
}

/** The topic's own name is known once it is made. */
function plannedTopic({ name, region, accountId }: Environment): string {
  return `arn:aws:sns:${region}:${accountId}:auterity-${name}-alarms`;
}

/** @throws ArgsError with everything that is wrong with the rules, by group and rule. */
export function plannedRules(
  environment: Environment,
  records: readonly ServiceRecord[],
): PlannedDocument[] {
  const rules = resolveRules(
    `auterity-${environment.name}`,
    rulesArgs(environment, servicesOf(environment, records)),
  );
  return [
    ...ruleFiles(rules.groups, rules).map(({ name, groups }) => ({
      path: `rules/${name}.yaml`,
      content: { groups },
    })),
    {
      path: "rules/alertmanager.yaml",
      content: alertmanagerOf(environment, rules.alerting, plannedTopic(environment)),
    },
  ];
}
