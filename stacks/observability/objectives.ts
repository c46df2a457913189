import {
  awakeProbeRecord,
  canaryRunRecord,
  type Objective,
} from "../../components/observability-rules";
import { type WindowLength, windowSeconds } from "../../components/shared/burn-rates";
import type { Environment } from "../environment";
import { workingWeek } from "../nights";

const common = { team: "platform", windowDays: 30 } as const;

function isWindow(window: string): window is WindowLength {
  return window in windowSeconds;
}

/** Probes a second, of all public addresses: each counts once every time that it is asked. */
function probes(asked: string, window: string, failed: boolean): string {
  const seconds = isWindow(window) ? windowSeconds[window] : 1;
  const all = `count_over_time(${asked}[${window}])`;
  return failed
    ? `sum(${all} - sum_over_time(${asked}[${window}])) / ${seconds}`
    : `sum(${all}) / ${seconds}`;
}

/** Runs a second of all canaries, and those that failed. */
function canaryRuns(window: string, failed: boolean): string {
  const seconds = isWindow(window) ? windowSeconds[window] : 1;
  const all = `count_over_time(${canaryRunRecord}[${window}])`;
  return failed
    ? `sum(${all} - sum_over_time(${canaryRunRecord}[${window}])) / ${seconds}`
    : `sum(${all}) / ${seconds}`;
}

/** Of the canaries, where there are some; who fails twice in a row pages by an alert of its own. */
const canaryObjective: Objective = {
  ...common,
  service: "canaries",
  namespace: "monitoring",
  name: "availability",
  title: "runs of canaries, from outside of the cluster, that succeed",
  targetPercent: 99.5,
  pages: false,
  bad: (window) => canaryRuns(window, true),
  total: (window) => canaryRuns(window, false),
};

/** What the platform promises beside its services. */
export function platformObjectives(environment: Environment): readonly Objective[] {
  // A service that rests does not break a promise.
  const asked =
    workingWeek(environment) === undefined
      ? 'probe_success{job="public-endpoints"}'
      : awakeProbeRecord;
  return [
    {
      ...common,
      service: "public-endpoints",
      namespace: "monitoring",
      name: "availability",
      title: "probes from inside the cluster that the public addresses answer",
      targetPercent: 99.9,
      pages: true,
      bad: (window) => probes(asked, window, true),
      total: (window) => probes(asked, window, false),
    },
    ...objectives,
    ...(environment.synthetics.enabled ? [canaryObjective] : []),
  ];
}

const objectives: readonly Objective[] = [
  {
    ...common,
    service: "secrets-sync",
    namespace: "external-secrets",
    name: "synced",
    title: "syncs of secrets that succeed",
    targetPercent: 99.5,
    pages: false,
    bad: (window) => `sum(rate(externalsecret_sync_calls_error[${window}]))`,
    total: (window) => `sum(rate(externalsecret_sync_calls_total[${window}]))`,
  },
  {
    ...common,
    service: "telemetry",
    namespace: "monitoring",
    name: "spans",
    title: "spans that the collectors accept",
    targetPercent: 99.9,
    pages: false,
    bad: (window) => `sum(rate(otelcol_receiver_refused_spans_total[${window}]))`,
    total: (window) =>
      `(sum(rate(otelcol_receiver_accepted_spans_total[${window}])) + (sum(rate(otelcol_receiver_refused_spans_total[${window}])) or vector(0)))`,
  },
];
