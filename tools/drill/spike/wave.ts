import type { Demand } from "../cluster/demand";
import type { Recorder } from "../cluster/recorder";

/** A demand that goes from one level to another, and remembers how. */
export interface Wave {
  readonly demand: Demand;
  /** Straight to `to` replicas' worth within so many seconds, for the services that are hit. */
  readonly move: (to: number, seconds: number) => void;
  /** For a picture. */
  readonly points: (service: string, recorder: Recorder) => readonly (readonly [number, number])[];
}

/** What is asked in quiet hours: a little more than one replica's worth, well below every floor. */
export const quiet = 1.1;

interface Leg {
  readonly start: number;
  readonly seconds: number;
  readonly from: number;
  readonly to: number;
}

/** The others are quiet, and of some nothing is asked at all. */
export function createWave(hit: readonly string[], resting: readonly string[]): Wave {
  const legs: Leg[] = [{ start: performance.now(), seconds: 0, from: quiet, to: quiet }];
  const levelAt = (time: number): number => {
    const leg = legs.findLast(({ start }) => start <= time) ?? legs[0];
    if (leg === undefined) return quiet;
    const passed = (time - leg.start) / 1000;
    const share = leg.seconds === 0 ? 1 : Math.min(1, passed / leg.seconds);
    return leg.from + (leg.to - leg.from) * share;
  };
  return {
    demand: (service) => {
      if (hit.includes(service)) return levelAt(performance.now());
      return resting.includes(service) ? 0 : quiet;
    },
    move: (to, seconds) => {
      legs.push({ start: performance.now(), seconds, from: levelAt(performance.now()), to });
    },
    points: (service, recorder) => {
      const end = performance.now();
      const origin = end - recorder.elapsed() * 1000;
      const steps = Array.from({ length: 121 }, (_, index) => (recorder.elapsed() * index) / 120);
      return steps.map((seconds) => [
        seconds,
        hit.includes(service) ? levelAt(origin + seconds * 1000) : quiet,
      ]);
    },
  };
}
