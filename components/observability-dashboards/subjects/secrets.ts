import { cloudWatch } from "../../observability-rules";
import { layOut, type Rows } from "../layout";
import { graph, note, perPixel, stat, table } from "../panels";
import type { PlannedDashboard } from "../planned";
import { noneWanted, ofEnvironment, orZero, type Subject } from "./subject";

const notReady = (metric: string): string => `${metric}{condition="Ready",status="False"} == 1`;

/** Whether each service has the secrets that it needs, and whether they are renewed in time. */
export function secretsDashboard(subject: Subject): PlannedDashboard {
  return layOut({
    // Not "secrets": a file of that name in a ConfigMap looks like one, to policies and to people.
    uid: "key-sync",
    title: "Secrets",
    about:
      "Secrets on their way from Secrets Manager to services, and the age of those that people renew.",
    folder: "Platform",
    tags: ["secrets"],
    from: "now-24h",
    rows: [glance(subject), sync],
  });
}

function glance(subject: Subject): Rows {
  const of = ofEnvironment(subject);
  return {
    title: "At a glance",
    panels: [
      stat({
        title: "Secrets that do not arrive",
        width: 6,
        limits: noneWanted,
        queries: [{ expr: orZero(`count(${notReady("externalsecret_status_condition")})`) }],
      }),
      stat({
        title: "Services that cannot sign in",
        width: 6,
        limits: noneWanted,
        queries: [{ expr: orZero(`count(${notReady("secretstore_status_condition")})`) }],
      }),
      stat({
        title: "Older than they may be",
        about: "Secrets from outside, which people renew. Measured once a day.",
        width: 6,
        limits: noneWanted,
        nothing: "not yet",
        queries: [{ expr: `max(${cloudWatch("Auterity/Secrets", "OverdueSecrets")}${of})` }],
      }),
      stat({
        title: "That nobody has filled yet",
        width: 6,
        limits: noneWanted,
        nothing: "not yet",
        queries: [{ expr: `max(${cloudWatch("Auterity/Secrets", "UnfilledSecrets")}${of})` }],
      }),
    ],
  };
}

const sync: Rows = {
  title: "Sync",
  panels: [
    graph({
      title: "Syncs and failed syncs a second",
      unit: "short",
      width: 12,
      queries: [
        { expr: `sum(rate(externalsecret_sync_calls_total[${perPixel}]))`, legend: "all" },
        { expr: `sum(rate(externalsecret_sync_calls_error[${perPixel}]))`, legend: "failed" },
      ],
    }),
    graph({
      title: "Questions to Secrets Manager that it refused, a second",
      unit: "short",
      width: 12,
      queries: [
        {
          expr: `sum by (call) (rate(externalsecret_provider_api_calls_count{status="error"}[${perPixel}]))`,
          legend: "{{call}}",
        },
      ],
    }),
    table({
      title: "Which do not arrive",
      width: 12,
      nothing: "none",
      queries: [
        {
          expr: `max by (exported_namespace, name) (${notReady("externalsecret_status_condition")})`,
          legend: "does not arrive",
        },
      ],
    }),
    note({
      title: "Renewal by itself",
      text: "Whether a rotation failed is seen by an alarm of each secret in CloudWatch, not here: Secrets Manager gives no metric of it. `npm run secrets -- status` lists when each was renewed last (docs/secrets.md).",
      width: 12,
      height: 8,
    }),
  ],
};
