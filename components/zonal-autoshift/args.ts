import type { Input } from "@pulumi/pulumi";
import { ArgsError } from "../shared/args-error";

export interface ZonalAutoshiftArgs {
  /** Name of a cluster that has zonal shift, for descriptions. */
  readonly clusterName: string;
  readonly clusterArn: Input<string>;
  /** Of the cluster's nodes. At least 3: with one shifted away, two are left. */
  readonly zones: number;
  /** No practice run starts then: Day:HH:MM-Day:HH:MM in UTC, such as Mon:15:00-Tue:02:00; at most 15. Default: []. */
  readonly blockedWindows?: readonly string[];
  /** Answers with an error of all answers, in percent, from which on a practice run is ended and has failed. Default: 5. */
  readonly errorPercent?: number;
  /** Who is told when the alarm goes off, practice run or not. */
  readonly alarmTopicArn: Input<string>;
  /** Default: {}. */
  readonly tags?: Readonly<Record<string, string>>;
}

export type ZonalAutoshiftSpec = Required<ZonalAutoshiftArgs>;

const fewestZones = 3;
/** @see https://docs.aws.amazon.com/arc-zonal-shift/latest/api/API_CreatePracticeRunConfiguration.html */
const mostWindows = 15;
const moment = "(Mon|Tue|Wed|Thu|Fri|Sat|Sun):([01]\\d|2[0-3]):[0-5]\\d";
const window = new RegExp(`^${moment}-${moment}$`);

export function resolveZonalAutoshiftArgs(
  name: string,
  args: ZonalAutoshiftArgs,
): ZonalAutoshiftSpec {
  const spec = { blockedWindows: [], errorPercent: 5, tags: {}, ...args };
  const { zones, blockedWindows, errorPercent } = spec;
  const problems: string[] = [];
  if (!Number.isInteger(zones) || zones < fewestZones)
    problems.push(`zones: got ${zones}, need ${fewestZones} or more: two are left of them`);
  if (blockedWindows.length > mostWindows)
    problems.push(`blockedWindows: got ${blockedWindows.length}, need ${mostWindows} at most`);
  for (const given of blockedWindows)
    if (!window.test(given))
      problems.push(
        `blockedWindows: got "${given}", need Day:HH:MM-Day:HH:MM in UTC, such as Mon:15:00-Tue:02:00`,
      );
  if (!(errorPercent > 0 && errorPercent < 100))
    problems.push(`errorPercent: got ${errorPercent}, need more than 0 and less than 100`);
  if (problems.length > 0) throw new ArgsError("ZonalAutoshift", name, problems);
  return spec;
}
