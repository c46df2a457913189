import {
  type DashboardsArgs,
  dashboardJson,
  ObservabilityDashboards,
  resolveDashboards,
} from "../../components/observability-dashboards";
import type { MultiAzCluster } from "../../components/multi-az-cluster";
import { type ObservabilityRules, resolveRules } from "../../components/observability-rules";
import type { ObservabilityStack } from "../../components/observability-stack";
import { prometheus } from "../../components/shared/prometheus-address";
import type { ServiceRecord } from "../../components/shared/service-record";
import { type Environment, unassigned } from "../environment";
import { servicesOf } from "../releases";
import { platformObjectives } from "./objectives";
import { type PlannedDocument, plannedRules, rulesArgs } from "./rules";

/** What the dashboards of an environment are made of. */
export function dashboardsArgs(
  environment: Environment,
  records: readonly ServiceRecord[],
  groups: DashboardsArgs["groups"],
): DashboardsArgs {
  const { alerting, cluster, costs } = environment;
  return {
    records,
    groups,
    environment: environment.name,
    platformObjectives: platformObjectives(environment),
    nodeAutoscaler: cluster.nodeAutoscaler,
    aiSpendPerDay: alerting.aiSpendPerDay,
    openCost: costs.openCost,
    ...(costs.monthlyBudgetUsd !== unassigned && { monthlyBudgetUsd: costs.monthlyBudgetUsd }),
  };
}

interface DashboardParts {
  readonly environment: Environment;
  readonly services: readonly ServiceRecord[];
  readonly cluster: MultiAzCluster;
  readonly rules: ObservabilityRules;
  /** Makes the namespace in which Grafana looks. */
  readonly watched: ObservabilityStack;
}

/** What people see in Grafana. */
export function defineDashboards(
  prefix: string,
  { environment, services, cluster, rules, watched }: DashboardParts,
): void {
  new ObservabilityDashboards(
    prefix,
    { ...dashboardsArgs(environment, services, rules.groups), namespace: prometheus.namespace },
    { providers: { kubernetes: cluster.provider }, dependsOn: watched.ready },
  );
}

/**
 * Files that the plan writes beside the manifests: rules, Alertmanager's configuration and dashboards.
 * @throws ArgsError with everything that is wrong with them.
 */
export function plannedDocuments(
  environment: Environment,
  records: readonly ServiceRecord[],
): PlannedDocument[] {
  const services = servicesOf(environment, records);
  const name = `auterity-${environment.name}`;
  const { groups } = resolveRules(name, rulesArgs(environment, services));
  const dashboards = resolveDashboards(name, dashboardsArgs(environment, services, groups));
  return [
    ...plannedRules(environment, records),
    ...dashboards.map(({ dashboard }) => ({
      path: `dashboards/${dashboard.uid ?? ""}.json`,
      content: JSON.parse(dashboardJson(dashboard)) as unknown,
    })),
  ];
}
