import { awakeFrom, weekdays, type Weekday, type WorkingWeek } from "../../shared/working-week";
import type { Route } from "./configuration";

/** What follows from services that rest on purpose; nothing that says whether the platform itself works. */
export const restingAlerts = [
  ...["ServiceDown", "ServiceNotScraped", "SloNoData", "TracesSilent"],
  // Nobody is behind the public addresses, and whoever asks is told so.
  ...["ProbeFailed", "ProbeSlow", "LoadBalancerWithoutTargets", "LoadBalancerServerErrors"],
  // They are stopped.
  ...["CanaryFailing", "CanarySlow", "CanarySilent"],
] as const;

const nights = "nights";

interface Configuration {
  readonly route: Route;
  readonly time_intervals?: readonly object[];
}

/**
 * Any configuration of Alertmanager with those alerts muted from the end of a working day until everything is to be there
 * again. What still fires then is told then. Everything else stays as it was: a copy of its own routes is asked first.
 */
export function withQuietNights<T extends Configuration>(configuration: T, week: WorkingWeek) {
  const { route, time_intervals: intervals = [] } = configuration;
  const { routes = [] } = route;
  const resting: Route = {
    receiver: route.receiver,
    matchers: [`alertname=~"${restingAlerts.join("|")}"`],
    mute_time_intervals: [nights],
    routes: routes.filter((each) => !isByName(each)).map(muted),
  };
  return {
    ...configuration,
    route: { ...route, routes: [resting, ...routes] },
    time_intervals: [...intervals, nightInterval(week)],
  };
}

/** Routes of other alerts would take none of these. */
function isByName({ matchers = [] }: Route): boolean {
  return matchers.some((matcher) => matcher.startsWith("alertname"));
}

/** A route does not inherit when it is silent. */
function muted(route: Route): Route {
  return {
    ...route,
    mute_time_intervals: [...(route.mute_time_intervals ?? []), nights],
    ...(route.routes && { routes: route.routes.map(muted) }),
  };
}

const dayNames: Readonly<Record<Weekday, string>> = {
  ...{ SUN: "sunday", MON: "monday", TUE: "tuesday", WED: "wednesday" },
  ...{ THU: "thursday", FRI: "friday", SAT: "saturday" },
};

/** @see https://prometheus.io/docs/alerting/latest/configuration/#time_interval-0 */
function nightInterval(week: WorkingWeek): object {
  const { timeZone: location, workingDays, to } = week;
  const named = (works: boolean) =>
    weekdays.filter((day) => workingDays.includes(day) === works).map((day) => dayNames[day]);
  const free = named(false);
  return {
    name: nights,
    time_intervals: [
      {
        weekdays: named(true),
        times: [
          { start_time: "00:00", end_time: awakeFrom(week) },
          { start_time: to, end_time: "24:00" },
        ],
        location,
      },
      ...(free.length === 0 ? [] : [{ weekdays: free, location }]),
    ],
  };
}
