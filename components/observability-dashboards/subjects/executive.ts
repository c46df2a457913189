import { cloudWatch } from "../../observability-rules";
import { layOut, type Rows } from "../layout";
import { dashboardLink } from "../links";
import { graph, note, stat, table } from "../panels";
import type { PlannedDashboard } from "../planned";
import { automation, money } from "./executive-value";
import { restoresHeld } from "./recovery";
import { noneWanted, ofEnvironment, type Subject } from "./subject";

/** What the plan of improvement asked for, in its own numbers. */
const targets = { recoverySeconds: 30 * 60, toldSomething: 0.9 } as const;

/** For those who answer for the whole: what was promised and planned, against what came of it. */
export function executiveDashboard(subject: Subject): PlannedDashboard {
  return layOut({
    uid: "executive",
    title: "Executive overview",
    about:
      "Is the platform there for its users, safe, and worth its price? Every number over the last 30 days.",
    folder: "Overview",
    tags: ["executive"],
    from: "now-30d",
    links: {
      "All promises": dashboardLink("objectives"),
      Recovery: dashboardLink("recovery"),
      Security: dashboardLink("security"),
      Cost: dashboardLink("cost"),
    },
    rows: [
      promises(subject),
      troubles,
      disasters(subject),
      safety(subject),
      money(subject),
      automation(subject),
    ],
  });
}

function promises({ records }: Subject): Rows {
  const services = records.filter(({ slo }) => slo !== undefined).map(({ name }) => name);
  if (services.length === 0)
    return {
      title: "Is it there for its users?",
      panels: [
        note({
          title: "No promise",
          text: "No service promises anything that is measured.",
          width: 24,
        }),
      ],
    };
  const of = `{slo="availability",slo_service=~"${services.join("|")}"}`;
  const by = "by (slo_service)";
  return {
    title: "Is it there for its users?",
    panels: [
      stat({
        title: "Availability of the weakest service",
        about: "Share of requests that were answered without an error of ours.",
        unit: "percentunit",
        decimals: 3,
        width: 6,
        height: 6,
        nothing: "not yet",
        queries: [{ expr: `1 - max(slo:sli_error:ratio_period${of})` }],
      }),
      stat({
        title: "Least that may still go wrong",
        about: "Of what a promise allows; below nothing, it is broken.",
        unit: "percentunit",
        decimals: 0,
        width: 6,
        height: 6,
        limits: { colors: ["red", "orange", "green"], at: [0, 0.25] },
        nothing: "not yet",
        queries: [{ expr: `min(slo:error_budget_remaining:ratio${of})` }],
      }),
      table({
        title: "Each service: promised, kept, and what may still go wrong",
        unit: "percentunit",
        decimals: 3,
        width: 12,
        height: 6,
        queries: [
          { expr: `max ${by} (slo:objective:ratio${of})`, legend: "promised" },
          { expr: `1 - max ${by} (slo:sli_error:ratio_period${of})`, legend: "kept" },
          {
            expr: `min ${by} (slo:error_budget_remaining:ratio${of})`,
            legend: "may still go wrong",
          },
        ],
      }),
    ],
  };
}

const troubles: Rows = {
  title: "When something breaks",
  panels: [
    stat({
      title: "Incidents",
      about: "Times that somebody was called because a service was in trouble.",
      decimals: 0,
      width: 4,
      height: 6,
      queries: [{ expr: "incident:started:sum30d" }],
    }),
    stat({
      title: "Average time until it works",
      about: "From the call until no cause for one is left. Goal: within 30 minutes.",
      unit: "s",
      decimals: 0,
      width: 5,
      height: 6,
      limits: { colors: ["green", "red"], at: [targets.recoverySeconds] },
      nothing: "no incident",
      queries: [{ expr: "incident:recovery_seconds:mean30d" }],
    }),
    stat({
      title: "Calls for something",
      about: "Not over by itself within five minutes. Goal: 90 %.",
      unit: "percentunit",
      decimals: 0,
      width: 4,
      height: 6,
      limits: { colors: ["red", "green"], at: [targets.toldSomething] },
      nothing: "no call",
      queries: [{ expr: "page:told_something:ratio30d" }],
    }),
    graph({
      title: "Services in trouble",
      unit: "short",
      width: 5,
      height: 6,
      queries: [{ expr: "incident:open:count", legend: "services" }],
    }),
    note({
      title: "Noticed before users do",
      text: "Who noticed first is written down by people, after each incident. That the alerts notice is tried with incidents that are played back: the drill `alerts` (docs/drills.md).",
      width: 6,
      height: 6,
    }),
  ],
};

function disasters(subject: Subject): Rows {
  const of = ofEnvironment(subject);
  return {
    title: "Would it survive a disaster?",
    panels: [
      stat({
        title: "Restores that worked",
        about: "The last of each kind of store; tried every week.",
        unit: "percentunit",
        decimals: 0,
        width: 5,
        height: 6,
        limits: { colors: ["red", "green"], at: [1] },
        nothing: "none this week",
        queries: [{ expr: restoresHeld(subject) }],
      }),
      stat({
        title: "Longest time that one took",
        unit: "s",
        decimals: 0,
        width: 5,
        height: 6,
        nothing: "none this week",
        queries: [{ expr: `max(${cloudWatch("Auterity/Recovery", "MeasuredRto")}${of})` }],
      }),
      stat({
        title: "Most that one had lost",
        about: "Age of the newest data that came back.",
        unit: "s",
        decimals: 0,
        width: 5,
        height: 6,
        nothing: "none this week",
        queries: [{ expr: `max(${cloudWatch("Auterity/Recovery", "MeasuredRpo")}${of})` }],
      }),
      note({
        title: "Loss of a data centre",
        text: "Tried with a copy of the platform in which one of the three is switched off: the drill `failover` (docs/failover.md). Where zonal autoshift is switched on, AWS practises it every week; the record of it stands in the console of Amazon Application Recovery Controller.",
        width: 9,
        height: 6,
      }),
    ],
  };
}

function safety(subject: Subject): Rows {
  const serious = 'trivy_image_vulnerabilities{severity=~"Critical|High"}';
  return {
    title: "Is it safe?",
    panels: [
      stat({
        title: "Known serious weaknesses",
        about: "Critical and high ones, in all that runs.",
        decimals: 0,
        width: 5,
        height: 6,
        queries: [{ expr: `sum(${serious})` }],
      }),
      stat({
        title: "Fewer than 30 days ago, by",
        about: "The plan asks for 90 % fewer than when it began.",
        unit: "percentunit",
        decimals: 0,
        width: 5,
        height: 6,
        nothing: "not yet",
        queries: [{ expr: `1 - sum(${serious}) / (sum(${serious} offset 30d) > 0)` }],
      }),
      stat({
        title: "Overdue passwords and keys",
        decimals: 0,
        width: 5,
        height: 6,
        limits: noneWanted,
        nothing: "not yet",
        queries: [
          {
            expr: `max(${cloudWatch("Auterity/Secrets", "OverdueSecrets")}${ofEnvironment(subject)})`,
          },
        ],
      }),
      note({
        title: "Stored safely, and security incidents",
        text: "Every password and key of every service is kept in AWS Secrets Manager and nowhere else: a plan with one in a setting is refused. Whether an incident was one of security is decided by people; there is no number that would be true.",
        width: 9,
        height: 6,
      }),
    ],
  };
}
