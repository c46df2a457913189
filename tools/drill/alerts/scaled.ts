import type { RuleFile } from "../../../components/observability-rules";

/** A minute becomes a second: rates stay what they are, because counters are told by the second of the clock. */
const factor = 60;

const unitMilliseconds = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** "5m" becomes "5000ms". */
export function scaled(duration: string): string {
  let total = 0;
  for (const [, count, unit] of duration.matchAll(/(\d+)(ms|s|m|h|d)/g))
    total += Number(count) * unitMilliseconds[unit as keyof typeof unitMilliseconds];
  return `${Math.max(100, Math.round(total / factor))}ms`;
}

/** Every duration of the rules; numbers, thresholds and names stay. */
export function scaledFiles(files: readonly RuleFile[]): RuleFile[] {
  return files.map(({ name, groups }) => ({
    name,
    groups: groups.map((group) => ({
      ...group,
      interval: scaled(group.interval ?? "30s"),
      rules: group.rules.map((rule) => ({
        ...rule,
        expr: rule.expr
          .replace(/\[(\w+)\]/g, (_, range: string) => `[${scaled(range)}]`)
          .replace(/offset (\w+)/g, (_, offset: string) => `offset ${scaled(offset)}`),
        ...(rule.for !== undefined && { for: scaled(rule.for) }),
      })),
    })),
  }));
}

/** Every duration of Alertmanager's configuration; hours of the day are left out, since the drill runs at any hour. */
export function scaledConfiguration(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(scaledConfiguration);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== "active_time_intervals" && key !== "time_intervals")
      .map(([key, inner]) =>
        /^(group_wait|group_interval|repeat_interval)$/.test(key)
          ? [key, scaled(String(inner))]
          : [key, scaledConfiguration(inner)],
      ),
  );
}
