import type { LoadPlan } from "../../../tools/load/load-plan";

const asked = { method: "GET", url: "http://127.0.0.1/", headers: {}, stages: [] };

/** One with an objective for its latency, and one without. */
export const twoServices: LoadPlan = {
  targets: [
    { name: "start", service: "shop", expectedStatus: 200, ...asked },
    { name: "basket", service: "shop", expectedStatus: 204, ...asked },
    { name: "docs", service: "docs", expectedStatus: 200, ...asked },
  ],
  objectives: [
    {
      service: "shop",
      failedAtMost: 0.001,
      abortAbove: 0.0144,
      latency: { milliseconds: 500, answeredAtLeast: 0.95 },
    },
    { service: "docs", failedAtMost: 0.001, abortAbove: 0.0144 },
  ],
  timeoutSeconds: 30,
  behindSeconds: 5,
  abortAfterSeconds: 30,
};
