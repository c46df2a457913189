import type { types } from "@pulumi/kubernetes";
import type { Tier } from "../shared/service-record";

type Behavior = types.input.autoscaling.v2.HorizontalPodAutoscalerBehavior;

interface Pace {
  /** Time for which a higher need must last. */
  readonly upAfterSeconds: number;
  /** Of the replicas, within a minute at most. */
  readonly upPercent: number;
  readonly downPercent: number;
}

/**
 * A critical service grows at the first sign, and gives back slowly: a pod too many costs cents, one too few costs
 * answers. Batch work starts when the need has lasted, and goes at once when it is over.
 */
const paces: Readonly<Record<Tier, Pace>> = {
  critical: { upAfterSeconds: 0, upPercent: 100, downPercent: 25 },
  standard: { upAfterSeconds: 30, upPercent: 100, downPercent: 50 },
  batch: { upAfterSeconds: 60, upPercent: 100, downPercent: 100 },
};

/** The highest need of the last five minutes holds: a lull between two waves takes no pods away. */
const downAfterSeconds = 300;

/** A small service may grow by this many pods in a minute, whatever the percentage says. */
const fewestNewPods = 4;

export function behaviorOf(tier: Tier): Behavior {
  const { upAfterSeconds, upPercent, downPercent } = paces[tier];
  const perMinute = { periodSeconds: 60 };
  return {
    scaleUp: {
      stabilizationWindowSeconds: upAfterSeconds,
      selectPolicy: "Max",
      policies: [
        { type: "Percent", value: upPercent, ...perMinute },
        { type: "Pods", value: fewestNewPods, ...perMinute },
      ],
    },
    scaleDown: {
      stabilizationWindowSeconds: downAfterSeconds,
      selectPolicy: "Max",
      policies: [{ type: "Percent", value: downPercent, ...perMinute }],
    },
  };
}
