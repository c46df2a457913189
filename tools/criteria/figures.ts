import type { Figure } from "./criterion";

const drills = "docs/drills.md";

function documented(pattern: RegExp, date: string): Required<Figure>["documented"] {
  return { file: drills, pattern, date };
}

/** The figures that criteria show, by what they say. */
export const figures = {
  failover: {
    drill: "failover",
    inRun: /at full strength after .*/,
    documented: documented(/\d+ to \d+ s where nodes are gone, .*?\sare marked/s, "2026-11-30"),
  },
  spike: {
    drill: "spike",
    inRun: /.*from \d+ to \d+ pods.*/,
    documented: documented(/3 to \d+ pods of each, .*? asking to being there/s, "2026-11-30"),
  },
  utilisation: {
    drill: "day",
    inRun: /CPU utilisation of nodes .*?\)/,
    documented: documented(/pods use [\d.]+ % of the CPU .*? at the fixed size/s, "2026-11-30"),
  },
  cost: {
    drill: "day",
    inRun: /cost [+-].*\)/,
    documented: documented(/[\d.]+ dollars\s+a day against [\d.]+ \(-\d+ %/s, "2026-11-30"),
  },
  nights: {
    drill: "nights",
    inRun: /the nodes of services are gone .*/,
    documented: documented(/no pods [\d to]+ s after the end, .*?\sbeginning/s, "2026-12-01"),
  },
  restore: {
    drill: "restore",
    inRun: /RPO .*RTO .*/,
    documented: documented(/a loss of [\d.]+ to [\d.]+ s, .*? restore and check/s, "2026-12-01"),
  },
  segmentation: {
    drill: "segmentation",
    inRun: /[\d,]+ conversations.*/,
    documented: documented(/[\d,]+ conversations between .*?\scatalogue says/s, "2026-11-30"),
  },
  alerts: {
    drill: "alerts",
    inRun: /.*precision.*/,
    documented: documented(/recall \d+ %, precision \d+ %/, "2026-11-30"),
  },
  chaos: {
    drill: "chaos",
    inRun: /\d+ pods killed, .*? nodes lost/,
    documented: documented(/\d+ pods killed, .*? at most/s, "2026-12-01"),
  },
} as const satisfies Record<string, Figure>;
