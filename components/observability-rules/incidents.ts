import type { RuleGroup } from "./rule";

/** Seconds between two evaluations: what is counted is counted at this step. */
const stepSeconds = 60;
/** Over how long means and shares are taken. */
const window = "30d";

/** What has woken somebody, one series for whoever it is about; alerts of one service at a time are one incident. */
const open = 'max by (service) (ALERTS{alertstate="firing",severity="critical"})';
const minuteAgo = `${open.slice(0, -1)} offset 1m)`;

/** Each page by itself. */
const page = 'max by (alertname, service) (ALERTS{alertstate="firing",severity="critical"})';
const pageBefore = (offset: string): string => `${page.slice(0, -1)} offset ${offset})`;

/**
 * How often somebody is woken, for how long, and whether for something: counted from the alerts themselves. An incident
 * lasts from the first critical alert of a service until none of it fires any more. A page that is over within five
 * minutes, before anybody could have done a thing, counts as one that told nothing.
 */
export const incidentGroups: readonly RuleGroup[] = [
  {
    name: "incidents",
    interval: `${stepSeconds}s`,
    rules: [
      { record: "incident:open:count", expression: `count(${open}) or vector(0)` },
      {
        record: "incident:started:count",
        expression: `count(${open} unless ${minuteAgo}) or vector(0)`,
      },
      {
        record: "page:ended:count",
        expression: `count(${pageBefore("1m")} unless ${page}) or vector(0)`,
      },
      {
        record: "page:ended_brief:count",
        expression: `count((${pageBefore("1m")} unless ${page}) unless ${pageBefore("6m")}) or vector(0)`,
      },
    ],
  },
  {
    name: "incident-quality",
    interval: "2m",
    rules: [
      {
        record: "incident:started:sum30d",
        expression: `sum_over_time(incident:started:count[${window}])`,
      },
      {
        record: "incident:recovery_seconds:mean30d",
        expression: `sum_over_time(incident:open:count[${window}]) * ${stepSeconds} / (sum_over_time(incident:started:count[${window}]) > 0)`,
      },
      {
        record: "page:told_something:ratio30d",
        expression: `1 - sum_over_time(page:ended_brief:count[${window}]) / (sum_over_time(page:ended:count[${window}]) > 0)`,
      },
    ],
  },
];
