import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { drawPicture, type Picture, type Series } from "./picture";
import type { Recorder, Sample } from "./recorder";

function seriesOf(
  samples: readonly Sample[],
  names: readonly string[],
  value: (sample: Sample, name: string) => number,
): Series[] {
  return names.map((name) => ({
    name,
    points: samples.map((sample) => [sample.seconds, value(sample, name)] as const),
  }));
}

/** Ready pods by service above nodes by class. */
export function drawRecord(
  title: string,
  { samples, events, elapsed }: Recorder,
  services: readonly string[],
): Picture {
  const classes = [...new Set(samples.flatMap(({ nodes }) => Object.keys(nodes)))];
  return {
    title,
    events,
    seconds: elapsed(),
    panels: [
      {
        title: "ready pods by service",
        series: seriesOf(samples, services, ({ ready }, name) => ready[name] ?? 0),
      },
      {
        title: "pods without a node",
        series: seriesOf(samples, ["pending"], ({ pending }) => pending),
      },
      {
        title: "nodes by class",
        series: seriesOf(samples, classes, ({ nodes }, name) => nodes[name] ?? 0),
      },
    ],
  };
}

/** Writes it to `out/drills/NAME.svg` and gives that path. */
export function writePicture(projectDirectory: string, name: string, picture: Picture): string {
  const path = join("out", "drills", `${name}.svg`);
  mkdirSync(join(projectDirectory, "out", "drills"), { recursive: true });
  writeFileSync(join(projectDirectory, path), drawPicture(picture));
  return path;
}
