import type * as pulumi from "@pulumi/pulumi";
import {
  canaryRunRecord,
  isAlert,
  type Objective,
  type RuleGroup,
  seriesLabels,
} from "../observability-rules";
import { ArgsError } from "../shared/args-error";
import { recordProblems } from "../shared/catalogue";
import type { ServiceRecord } from "../shared/service-record";
import type { PlannedDashboard } from "./planned";
import { dashboardProblems } from "./problems";
import { dashboardCatalogue } from "./subjects";
import type { Subject } from "./subjects/subject";

export interface ObservabilityDashboardsArgs {
  /** The catalogue: a dashboard for each service comes from it. */
  readonly records: readonly ServiceRecord[];
  /** Value of the tag `environment`; the platform's own measurements in CloudWatch are told apart by it. */
  readonly environment: string;
  /** All rules that are in force: what they record may be shown, and where their alerts lead has to be there. */
  readonly groups: readonly RuleGroup[];
  /** Promises of the platform itself, beside those of the services. Default: []. */
  readonly platformObjectives?: readonly Objective[];
  /** Default: "cluster-autoscaler". */
  readonly nodeAutoscaler?: Subject["nodeAutoscaler"];
  /** Whether OpenCost runs in the cluster, so that there are costs of namespaces to show. Default: false. */
  readonly openCost?: boolean;
  /** USD a month that the environment is to cost. Default: none, and the dashboards say so. */
  readonly monthlyBudgetUsd?: number;
  /** USD that a service's questions to language models may cost a day. Default: 200. */
  readonly aiSpendPerDay?: number;
  /** Of the caller's own, made with Grafana's foundation SDK. Default: []. */
  readonly furtherDashboards?: readonly PlannedDashboard[];
  /** Where Grafana runs; its sidecar looks nowhere else. */
  readonly namespace: pulumi.Input<string>;
}

/** The dashboards of an environment without a cluster to put them in. */
export type DashboardsArgs = Omit<ObservabilityDashboardsArgs, "namespace">;

const defaults = {
  platformObjectives: [],
  nodeAutoscaler: "cluster-autoscaler",
  openCost: false,
  aiSpendPerDay: 200,
  furtherDashboards: [],
} as const;

/** @throws ArgsError with everything that is wrong, by dashboard and panel. */
export function resolveDashboards(name: string, args: DashboardsArgs): PlannedDashboard[] {
  const spec = { ...defaults, ...args };
  const problems = [
    ...(args.records.length === 0 ? ["records: got none, need at least one"] : []),
    ...args.records.flatMap((record) =>
      recordProblems(record).map((problem) => `records.${record.name}.${problem}`),
    ),
    ...valueProblems(spec),
  ];
  // Dashboards made of broken records would only repeat what is wrong with them.
  const dashboards =
    problems.length > 0
      ? []
      : [
          ...dashboardCatalogue({ ...spec, canaries: records(spec, canaryRunRecord) }),
          ...spec.furtherDashboards,
        ];
  if (problems.length === 0) {
    const labelsOf = seriesLabels(spec.records, spec.groups);
    problems.push(...dashboardProblems({ dashboards, labelsOf, groups: spec.groups }));
  }
  if (problems.length > 0) throw new ArgsError("ObservabilityDashboards", name, problems);
  return dashboards;
}

/** Whether one of the rules records a series of this name. */
function records({ groups }: Pick<DashboardsArgs, "groups">, name: string): boolean {
  return groups.some(({ rules }) => rules.some((rule) => !isAlert(rule) && rule.record === name));
}

function valueProblems({ environment, monthlyBudgetUsd, aiSpendPerDay }: DashboardsArgs): string[] {
  const problems: string[] = [];
  if (!/^[A-Za-z0-9][\w-]*$/.test(environment))
    problems.push(`environment: got "${environment}", need the value of the tag`);
  for (const [path, dollars] of Object.entries({ monthlyBudgetUsd, aiSpendPerDay }))
    if (dollars !== undefined && !(dollars > 0 && Number.isFinite(dollars)))
      problems.push(`${path}: got ${dollars}, need dollars above 0`);
  return problems;
}
