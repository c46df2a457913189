/** What is left of a promise's error budget, 1 for all of it; negative once the promise is broken. */
export interface Budget {
  readonly service: string;
  readonly objective: string;
  readonly remaining: number;
}

/** What has to be known before something is broken on purpose. */
export interface Situation {
  /** Undefined where Prometheus was not asked. */
  readonly budgets: readonly Budget[] | undefined;
  /** Alerts that wake somebody and are firing. */
  readonly firing: readonly string[];
  /** Alarms that would end the experiment, by name. */
  readonly alarms: readonly { readonly name: string; readonly state: string }[];
  /** Experiments that are under way, by id. */
  readonly running: readonly string[];
}

export interface Conditions {
  /** Whose budget counts: every critical service of the catalogue. */
  readonly services: readonly string[];
  /** Of the month's error budget. */
  readonly leastBudgetPercent: number;
  /** Production never goes without; elsewhere there may be no Prometheus to ask. */
  readonly budgetNeeded: boolean;
}

/** Why an experiment must not be started now; empty if nothing speaks against it. What is not known speaks against it. */
export function refusals(situation: Situation, conditions: Conditions): string[] {
  return [
    ...budgetRefusals(situation.budgets, conditions),
    ...situation.firing.map((alert) => `an incident is open: ${alert} is firing`),
    ...situation.alarms
      .filter(({ state }) => state !== "OK")
      .map(({ name, state }) =>
        state === "INSUFFICIENT_DATA"
          ? `nobody knows what users see: the alarm ${name} has no data`
          : `users see something already: the alarm ${name} is ${state}`,
      ),
    ...(situation.alarms.length === 0 ? ["no alarm would end the experiment"] : []),
    ...situation.running.map((id) => `an experiment is under way: ${id}`),
  ];
}

function budgetRefusals(
  budgets: readonly Budget[] | undefined,
  { services, leastBudgetPercent, budgetNeeded }: Conditions,
): string[] {
  if (budgets === undefined)
    return budgetNeeded
      ? ["nobody knows the error budget: name Prometheus by --prometheus (docs/chaos.md)"]
      : [];
  return services.flatMap((service) => {
    const own = budgets.filter((budget) => budget.service === service);
    if (own.length === 0) return [`${service}: Prometheus knows no error budget of it`];
    return own
      .filter(({ remaining }) => !(100 * remaining >= leastBudgetPercent))
      .map(
        ({ objective, remaining }) =>
          `${service}: ${percent(remaining)} % of the error budget of ${objective} is left, need ${leastBudgetPercent} %`,
      );
  });
}

export function percent(share: number): string {
  return (100 * share).toFixed(1);
}
