/**
 * The load of a working day, hour by hour from midnight, as a share of its peak. Assumed: nobody has measured the
 * platform's. It is the usual shape of software that people use at work: quiet nights, a peak before and one after
 * noon, an evening that fades. Replace it by measured values once there are any.
 */
const workingDay = [
  ...[0.1, 0.08, 0.06, 0.06, 0.07, 0.12, 0.25, 0.45, 0.7, 0.9, 1, 0.95],
  ...[0.8, 0.9, 1, 0.95, 0.85, 0.7, 0.5, 0.4, 0.32, 0.25, 0.18, 0.13],
];

/** Work that runs when nobody waits for it: three hours of training in the night. */
const night = [...[0, 1, 1, 1], ...Array.from({ length: 20 }, () => 0)];

interface Load {
  readonly curve: readonly number[];
  /** At the curve's 1, in replicas' worth. Below the most replicas of the record, or part of the load is not served. */
  readonly peak: number;
}

/** Assumed as well: peaks that fill most of what each record allows. */
const loads: Readonly<Record<string, Load>> = {
  relaycore: { curve: workingDay, peak: 10 },
  "automatrix-api": { curve: workingDay, peak: 10 },
  "automatrix-worker": { curve: workingDay, peak: 10 },
  "automatrix-web": { curve: workingDay, peak: 4.5 },
  "neuroweaver-api": { curve: workingDay, peak: 6 },
  "neuroweaver-web": { curve: workingDay, peak: 3 },
  "neuroweaver-training": { curve: night, peak: 2 },
};

export const hours = 24;

/** In replicas' worth at an hour of the day; straight lines between the hours, but for work that is on or off. */
export function demandAt(service: string, hour: number): number {
  const load = loads[service];
  if (load === undefined) return 0;
  const { curve, peak } = load;
  const from = Math.floor(hour) % hours;
  const here = curve[from] ?? 0;
  if (curve === night) return here * peak;
  const next = curve[(from + 1) % hours] ?? 0;
  return (here + (next - here) * (hour % 1)) * peak;
}
