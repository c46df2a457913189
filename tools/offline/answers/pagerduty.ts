import type { Outputs } from ".";

/** Everything else of PagerDuty gives back what it was given. */
export const pagerdutyOutputs: Record<string, Outputs> = {
  "pagerduty:index/serviceIntegration:ServiceIntegration": (name) => ({
    integrationKey: `routing-key-of-${name}`,
  }),
};
