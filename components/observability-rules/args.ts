import type * as pulumi from "@pulumi/pulumi";
import { ArgsError } from "../shared/args-error";
import { recordProblems } from "../shared/catalogue";
import type { ServiceRecord } from "../shared/service-record";
import { alertCatalogue } from "./alerts";
import type { AlertContext } from "./alerts/context";
import { type AlertingArgs, alertingProblems } from "./alertmanager/args";
import { anomalyGroups, watchedSeries } from "./anomalies";
import { dashboardOf } from "./dashboard-of";
import { incidentGroups } from "./incidents";
import { ruleProblems } from "./problems";
import { type AlertRule, isAlert, type RecordingRule, type RuleGroup } from "./rule";
import { type Objective, objectivesOf } from "./slo/objective";
import { objectiveGroups } from "./slo/rules";

export interface ObservabilityRulesArgs {
  /** The catalogue: objectives, alerts on services and what is watched for anomalies come from it. */
  readonly records: readonly ServiceRecord[];
  /** Names of the zones in which there are always nodes. */
  readonly zones: readonly string[];
  /** Default: "cluster-autoscaler". */
  readonly nodeAutoscaler?: AlertContext["nodeAutoscaler"];
  /** Fewest pods of a service that this environment keeps. Default: `scaling.min` of its record. */
  readonly replicaFloor?: AlertContext["replicaFloor"];
  /** USD that questions to language models may cost a day and service before somebody looks. Default: 200. */
  readonly aiSpendPerDay?: number;
  /** GiB that may pass the NAT gateways a day, both ways, before somebody looks. Default: nobody does. */
  readonly natGibPerDay?: AlertContext["natGibPerDay"];
  /** Canaries that ask from outside of the cluster, and how often. Default: none. */
  readonly canaries?: AlertContext["canaries"];
  /** Whether services rest at no pods at night, as in development (`withQuietNights`). Default: false. */
  readonly rests?: boolean;
  /** Promises of the platform itself, beside those of the services. Default: []. */
  readonly platformObjectives?: readonly Objective[];
  /** Rules of the caller's own. Default: []. */
  readonly furtherGroups?: readonly RuleGroup[];
  /** Where docs/runbooks is read by whoever is paged, without a slash at its end. */
  readonly runbookUrl: string;
  /** Where Grafana is reached, without a slash at its end. Default: none, and no alert names a dashboard. */
  readonly dashboardUrl?: string;
  readonly alerting: AlertingArgs;
  /** Where Prometheus runs, and looks for rules. */
  readonly namespace: pulumi.Input<string>;
  /** Labels by which Prometheus selects rules. Default: {}. */
  readonly labels?: Readonly<Record<string, string>>;
}

/** All but what has no default. */
type Filled<T> = Required<Omit<T, "canaries" | "dashboardUrl" | "natGibPerDay">> &
  Pick<ObservabilityRulesArgs, "dashboardUrl"> &
  Pick<AlertContext, "canaries" | "natGibPerDay">;

export interface ObservabilityRulesSpec extends Filled<ObservabilityRulesArgs> {
  readonly groups: readonly RuleGroup[];
}

const defaults = {
  nodeAutoscaler: "cluster-autoscaler",
  replicaFloor: ({ scaling }: ServiceRecord): number => scaling.min,
  aiSpendPerDay: 200,
  natGibPerDay: undefined,
  canaries: undefined,
  rests: false,
  platformObjectives: [],
  furtherGroups: [],
  labels: {},
} as const;

/** The rules of an environment without a cluster to put them in, for whoever writes or tests them. */
export type RulesArgs = Omit<ObservabilityRulesArgs, "namespace" | "labels">;

export function resolveRules(name: string, args: RulesArgs) {
  const spec = { ...defaults, ...args };
  const problems = [
    ...args.records.flatMap((record) =>
      recordProblems(record).map((problem) => `records.${record.name}.${problem}`),
    ),
    ...valueProblems(spec),
  ];
  // Rules made of broken records would only repeat what is wrong with them.
  const groups = problems.length > 0 ? [] : rulesOf(spec);
  problems.push(...groupProblems(groups, spec));
  if (problems.length > 0) throw new ArgsError("ObservabilityRules", name, problems);
  return { ...spec, groups };
}

export function resolveObservabilityRulesArgs(
  name: string,
  args: ObservabilityRulesArgs,
): ObservabilityRulesSpec {
  const { namespace, labels = defaults.labels, ...rules } = args;
  return { ...resolveRules(name, rules), namespace, labels };
}

type RulesSpec = Filled<RulesArgs>;

function rulesOf(spec: RulesSpec): RuleGroup[] {
  const objectives = [...objectivesOf(spec.records), ...spec.platformObjectives];
  const services = spec.records.map(({ name }) => name);
  return [
    ...objectives.flatMap(objectiveGroups),
    ...alertCatalogue(spec),
    ...anomalyGroups(watchedSeries(spec.records)),
    ...incidentGroups,
    ...spec.furtherGroups,
  ].map((group) => ({ ...group, rules: group.rules.map((rule) => shown(group, rule, services)) }));
}

function shown(
  group: RuleGroup,
  rule: AlertRule | RecordingRule,
  services: readonly string[],
): AlertRule | RecordingRule {
  if (!isAlert(rule)) return rule;
  const dashboard = rule.dashboard ?? dashboardOf(group, rule, services);
  return dashboard === undefined ? rule : { ...rule, dashboard };
}

function groupProblems(groups: readonly RuleGroup[], spec: RulesSpec): string[] {
  const teams = groups.flatMap(({ rules }) => rules.filter(isAlert).map(({ team }) => team));
  const exposed = spec.records.flatMap(({ exposes = [] }) => exposes.map(({ name }) => name));
  return [...ruleProblems({ groups, exposed }), ...alertingProblems(spec.alerting, teams)];
}

function valueProblems(spec: RulesSpec): string[] {
  const { records, zones, runbookUrl, dashboardUrl, aiSpendPerDay, natGibPerDay } = spec;
  const problems: string[] = [];
  if (records.length === 0) problems.push("records: got none, need at least one");
  if (zones.length === 0) problems.push("zones: got none, need those that have nodes");
  for (const zone of zones)
    if (!/^[a-z]{2}(-[a-z]+)+-\d[a-z]$/.test(zone))
      problems.push(`zones: got "${zone}", need an availability zone`);
  if (!/^https:\/\/[^\s/]+\S*[^\s/]$/.test(runbookUrl))
    problems.push(`runbookUrl: got "${runbookUrl}", need https:// without a slash at its end`);
  if (dashboardUrl !== undefined && !/^https?:\/\/[^\s/]+(\/\S*[^\s/])?$/.test(dashboardUrl))
    problems.push(
      `dashboardUrl: got "${dashboardUrl}", need https:// or http:// without a slash at its end`,
    );
  if (!(aiSpendPerDay > 0 && Number.isFinite(aiSpendPerDay)))
    problems.push(`aiSpendPerDay: got ${aiSpendPerDay}, need more than 0`);
  if (natGibPerDay !== undefined && !(natGibPerDay > 0 && Number.isFinite(natGibPerDay)))
    problems.push(`natGibPerDay: got ${natGibPerDay}, need more than 0, or leave it out`);
  return problems;
}
