import type { Input } from "@pulumi/pulumi";
import { ArgsError } from "../shared/args-error";
import { repeated } from "../shared/record-workload";

/** Dollars a month, above 0; "unassigned" in a plan for which nobody has said how much. */
export type MonthlyBudget = number | "unassigned";

export interface AnomalyThreshold {
  /** Dollars above what was expected. Default: 100. */
  readonly leastDollars: number;
  /** Percent above what was expected. Default: 40. */
  readonly leastPercent: number;
}

export interface CostControlsArgs {
  /** Where the report runs and the topic is; budgets and Cost Explorer belong to the account. */
  readonly region: string;
  /** 12 digits, or "unassigned" in a plan without an account. */
  readonly accountId: string;
  /** Value of the tag `environment` that costs are told apart by. */
  readonly environment: string;
  /** Of all that carries the environment's tag. */
  readonly monthlyBudgetUsd: MonthlyBudget;
  /** Of what carries the tag `team` too, by its value. Shared nodes do not. Default: {}. */
  readonly teamBudgetsUsd?: Readonly<Record<string, MonthlyBudget>>;
  /** Who gets budgets' warnings, anomalies and the report; each has to confirm once. Default: []. */
  readonly emailAddresses?: readonly string[];
  /**
   * Both must be passed before people are told: the defaults are those that AWS itself sets up.
   * @see https://docs.aws.amazon.com/cost-management/latest/userguide/getting-started-ad.html
   */
  readonly anomaly?: Partial<AnomalyThreshold>;
  /**
   * What an account has once: the monitor of all services of AWS. True for one environment of the account. Default: false.
   */
  readonly ownsAccountSettings?: boolean;
  /**
   * Tag keys that are switched on for cost allocation: only in the account that pays, and only keys that it has seen for a
   * day. Default: [].
   */
  readonly allocationTags?: readonly string[];
  readonly report?: {
    /** Default: "cron(0 14 ? * MON *)", Mondays at 14:00 UTC, when Sunday's costs are there. */
    readonly schedule?: string;
    /** Secret with the https:// address of a chat's incoming webhook. Default: none, mail alone. */
    readonly chatSecretArn?: Input<string>;
    /** Key of that secret; needed with it. */
    readonly chatSecretKeyArn?: Input<string>;
  };
  /** Told when the report fails. */
  readonly alarmTopicArn: Input<string>;
  /** Of the report's log. Default: 90. */
  readonly logRetentionDays?: number;
  /** Policy that bounds the roles. Default: none. */
  readonly permissionsBoundaryArn?: Input<string>;
  /** Default: {}. */
  readonly tags?: Readonly<Record<string, string>>;
}

const defaults = {
  teamBudgetsUsd: {},
  emailAddresses: [],
  ownsAccountSettings: false,
  allocationTags: [],
  logRetentionDays: 90,
  tags: {},
} as const;

const reportDefaults = { schedule: "cron(0 14 ? * MON *)" } as const;
const anomalyDefaults = { leastDollars: 100, leastPercent: 40 } as const;

export type CostControlsSpec = Omit<CostControlsArgs, "anomaly" | "report"> &
  Required<Pick<CostControlsArgs, keyof typeof defaults>> & {
    readonly anomaly: AnomalyThreshold;
    readonly report: NonNullable<CostControlsArgs["report"]> & { readonly schedule: string };
  };

export function resolveCostControlsArgs(name: string, args: CostControlsArgs): CostControlsSpec {
  const spec: CostControlsSpec = {
    ...defaults,
    ...args,
    anomaly: { ...anomalyDefaults, ...args.anomaly },
    report: { ...reportDefaults, ...args.report },
  };
  const problems = [
    ...placeProblems(name, spec),
    ...budgetProblems(spec),
    ...peopleProblems(spec),
    ...reportProblems(spec),
  ];
  if (problems.length > 0) throw new ArgsError("CostControls", name, problems);
  return spec;
}

/** Behind it, the name of the function has at most 64 characters with "-cost-report". */
const longestName = 52;

function placeProblems(
  name: string,
  { region, accountId, environment }: CostControlsSpec,
): string[] {
  const problems: string[] = [];
  if (!/^[a-z][a-z0-9-]*$/.test(name) || name.length > longestName)
    problems.push(
      `name: got "${name}", need at most ${longestName} lower-case letters, digits and hyphens, a letter first`,
    );
  if (!/^[a-z]{2}(-[a-z]+)+-\d$/.test(region))
    problems.push(`region: got "${region}", need an AWS region`);
  if (!/^(\d{12}|unassigned)$/.test(accountId))
    problems.push(`accountId: got "${accountId}", need 12 digits, or unassigned`);
  if (environment === "") problems.push("environment: got none, need the value of the tag");
  return problems;
}

function budgetProblems({ monthlyBudgetUsd, teamBudgetsUsd, anomaly }: CostControlsSpec): string[] {
  const budgets = Object.entries(teamBudgetsUsd).map(
    ([team, budget]) => [`teamBudgetsUsd.${team}`, budget] as const,
  );
  const problems = [["monthlyBudgetUsd", monthlyBudgetUsd] as const, ...budgets].flatMap(
    ([path, budget]) =>
      budget === "unassigned" || (budget > 0 && Number.isFinite(budget))
        ? []
        : [`${path}: got ${budget}, need dollars above 0, or unassigned`],
  );
  for (const team of Object.keys(teamBudgetsUsd))
    if (!/^[A-Za-z][\w-]*$/.test(team))
      problems.push(`teamBudgetsUsd: got "${team}", need the value of a tag team`);
  for (const [key, value] of Object.entries(anomaly))
    if (!(value > 0 && Number.isFinite(value)))
      problems.push(`anomaly.${key}: got ${value}, need more than 0`);
  return problems;
}

/** Of a budget's notification. @see https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_budgets_NotificationWithSubscribers.html */
function peopleProblems({ emailAddresses, allocationTags }: CostControlsSpec): string[] {
  const problems: string[] = [];
  for (const address of emailAddresses)
    if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(address))
      problems.push(`emailAddresses: got "${address}", need a mail address`);
  for (const twice of repeated(emailAddresses))
    problems.push(`emailAddresses: got "${twice}" twice, need each once`);
  for (const key of allocationTags)
    if (!/^[\w.:/=+@-]{1,128}$/.test(key) || key.startsWith("aws:"))
      problems.push(`allocationTags: got "${key}", need the key of a tag of ours`);
  for (const twice of repeated(allocationTags))
    problems.push(`allocationTags: got "${twice}" twice, need each once`);
  return problems;
}

function reportProblems({ report, logRetentionDays }: CostControlsSpec): string[] {
  const problems: string[] = [];
  if (!/^(cron|rate)\(.+\)$/.test(report.schedule))
    problems.push(`report.schedule: got "${report.schedule}", need cron(…) or rate(…)`);
  if ((report.chatSecretArn === undefined) !== (report.chatSecretKeyArn === undefined))
    problems.push("report.chatSecretKeyArn: need it exactly where report.chatSecretArn is given");
  if (!Number.isInteger(logRetentionDays) || logRetentionDays < 1)
    problems.push(`logRetentionDays: got ${logRetentionDays}, need a whole number of at least 1`);
  return problems;
}
