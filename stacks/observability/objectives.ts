import type { Objective } from "../../components/observability-rules";
import { type WindowLength, windowSeconds } from "../../components/shared/burn-rates";

const common = { team: "platform", windowDays: 30 } as const;

function isWindow(window: string): window is WindowLength {
  return window in windowSeconds;
}

/** Probes a second, of all public addresses: each counts once every time that it is asked. */
function probes(window: string, failed: boolean): string {
  const asked = `probe_success{job="public-endpoints"}`;
  const seconds = isWindow(window) ? windowSeconds[window] : 1;
  const all = `count_over_time(${asked}[${window}])`;
  return failed
    ? `sum(${all} - sum_over_time(${asked}[${window}])) / ${seconds}`
    : `sum(${all}) / ${seconds}`;
}

/** What the platform promises beside its services. */
export const platformObjectives: readonly Objective[] = [
  {
    ...common,
    service: "public-endpoints",
    namespace: "monitoring",
    name: "availability",
    title: "probes from inside the cluster that the public addresses answer",
    targetPercent: 99.9,
    pages: true,
    bad: (window) => probes(window, true),
    total: (window) => probes(window, false),
  },
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
