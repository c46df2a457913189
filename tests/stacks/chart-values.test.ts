import { expect } from "chai";
import { knownValues, unknownKeys } from "../support/chart-values";
import { observabilityChartKeys } from "../support/observability-chart-keys";
import { environmentNames, planned } from "../support/planned";

/** Keys that a chart reads without giving them a default, by chart; all below those that end with a dot. */
const readWithoutDefault: Readonly<Record<string, readonly string[]>> = {
  // Both contexts go into the pod as they are; values.yaml shows some keys in comments.
  "aws-load-balancer-controller": [
    ...["podSecurityContext.runAsNonRoot", "podSecurityContext.seccompProfile"],
    ...["securityContext.capabilities", "securityContext.seccompProfile"],
  ],
  // As for the load balancer's controller: both contexts go into the pod as they are.
  "argo-rollouts": [
    ...["podSecurityContext.seccompProfile", "containerSecurityContext.runAsNonRoot"],
  ],
  // Flags of the autoscaler itself, handed on as they are.
  "cluster-autoscaler": ["extraArgs."],
  // Named in a comment of values.yaml.
  reloader: ["reloader.podDisruptionBudget.minAvailable"],
  ...observabilityChartKeys,
};

function isTaken(chart: string, path: string): boolean {
  const taken = readWithoutDefault[chart] ?? [];
  return taken.some((key) => (key.endsWith(".") ? path.startsWith(key) : path === key));
}

describe("the Helm releases", () => {
  it("set only values that their charts have", async function () {
    const given = new Map<string, object[]>();
    for (const environment of environmentNames)
      for (const { type, inputs } of await planned(environment, "known"))
        if (type === "kubernetes:helm.sh/v3:Release") {
          const chart = inputs["chart"] as string;
          given.set(chart, [...(given.get(chart) ?? []), inputs["values"] as object]);
        }
    expect(given.size).to.be.greaterThan(3);
    const unknown = [...given].flatMap(([chart, values]) => {
      const known = knownValues(chart);
      if (known === undefined) return [];
      const paths = new Set(values.flatMap((each) => unknownKeys(each, known)));
      return [...paths].filter((path) => !isTaken(chart, path)).map((path) => `${chart}: ${path}`);
    });
    if (process.env["AUTERITY_CHARTS"] === undefined) this.skip();
    expect(unknown).to.deep.equal([]);
  });
});
