/** One alert on one set of series: when it must be silent, when it must fire, and what it must say then. */
export interface AlertCase {
  readonly alert: string;
  /** File of the rules; needed where several have an alert of this name. Default: the only one that has it. */
  readonly file?: string;
  /** Values by series, a sample a minute, as promtool writes them. */
  readonly series: Readonly<Record<string, string>>;
  /** Just before it fires; absent for what must never be silent. */
  readonly silentAt?: string;
  readonly firesAt: string;
  /** Severity and team. */
  readonly told: readonly ["critical" | "warning" | "info", string];
  /** All other labels. */
  readonly labels: Readonly<Record<string, string>>;
  readonly summary: string;
}

/** The same value at every minute. */
export function steady(value: number, minutes = 2000): string {
  return `${value}x${minutes}`;
}

/** One value after the other, each for some minutes. */
export function values(...parts: readonly (readonly [minutes: number, value: number])[]): string {
  return parts.map(([minutes, value]) => `${value}x${minutes - 1}`).join(" ");
}

/** A counter that grows by so much every minute, part after part. */
export function counter(
  ...parts: readonly (readonly [minutes: number, perMinute: number])[]
): string {
  let start = 0;
  return parts
    .map(([minutes, perMinute]) => {
      const text = `${start}+${perMinute}x${minutes - 1}`;
      start += perMinute * minutes;
      return text;
    })
    .join(" ");
}

/** Nodes by their zones, as kube-state-metrics and AWS name them. */
export function nodes(zones: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(zones).map(([node, zone]) => [
      `kube_node_info{node="${node}",provider_id="aws:///${zone}/i-${node}"}`,
      steady(1),
    ]),
  );
}

/** Which nodes are ready, minute by minute. */
export function ready(states: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(states).map(([node, state]) => [
      `kube_node_status_condition{node="${node}",condition="Ready",status="true"}`,
      state,
    ]),
  );
}

/** Three nodes, one in each zone of production. */
export const threeNodes = nodes({ a1: "us-west-2a", b1: "us-west-2b", c1: "us-west-2c" });

/** Labels of a scrape of a service's pods. */
export function scraped(service: string, pod = "1"): string {
  const product = service.split("-")[0] ?? service;
  return `namespace="${product}",container="${service}",pod="${service}-${pod}"`;
}
