export interface Sample {
  readonly services: number;
  readonly seconds: number;
  readonly megabytes: number;
}

/** A service more may cost this much more in a large catalogue than in a small one, noise included. */
const linearUpTo = 1.5;

/**
 * What a service more costs over the lower and over the upper half of the sizes; the same in both if the cost is linear.
 * Start-up costs, which every plan has, drop out.
 */
export function describeGrowth(samples: readonly Sample[]): string[] {
  const sorted = [...samples].sort((a, b) => a.services - b.services);
  const low = sorted[0];
  const middle = sorted[Math.floor((sorted.length - 1) * 0.75)];
  const high = sorted.at(-1);
  if (low === undefined || middle === undefined || high === undefined) return [];
  if (low.services === middle.services || middle.services === high.services) return [];
  const line = (what: string, unit: string, cost: (from: Sample, to: Sample) => number): string => {
    const [lower, upper] = [cost(low, middle), cost(middle, high)];
    const ratio = upper / lower;
    const verdict = ratio <= linearUpTo ? "linear" : "worse than linear";
    return (
      `${what}: a service more costs ${lower.toFixed(1)} ${unit} from ${low.services} to ${middle.services}, ` +
      `${upper.toFixed(1)} ${unit} from ${middle.services} to ${high.services}: ratio ${ratio.toFixed(2)}, ${verdict}`
    );
  };
  const perService = (pick: (sample: Sample) => number) => (from: Sample, to: Sample) =>
    (1000 * (pick(to) - pick(from))) / (to.services - from.services);
  return [
    line(
      "time",
      "ms",
      perService(({ seconds }) => seconds),
    ),
    line(
      "memory",
      "KB",
      perService(({ megabytes }) => megabytes),
    ),
  ];
}
