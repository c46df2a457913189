import { rolloutStrategies, type ServiceRecord } from "./service-record";

/**
 * What a blue-green release needs beside the rules that hold for every record.
 * The load balancer controller takes the old pods out of a target group before it puts the new ones in: where a Service
 * changes its selector, which is how traffic moves at once, the group is without a healthy target for a while.
 * @see https://argo-rollouts.readthedocs.io/en/stable/features/bluegreen/
 */
export function rolloutProblems(record: ServiceRecord): string[] {
  const { rollout = "rolling", exposure, port, scaling, slo } = record;
  if (!rolloutStrategies.includes(rollout))
    return [`rollout: got "${rollout}", need one of ${rolloutStrategies.join(", ")}`];
  if (rollout === "rolling") return [];
  const problems: string[] = [];
  if (port === undefined)
    problems.push("rollout: got blue-green without a port, need a port whose traffic can move");
  if (slo === undefined)
    problems.push("rollout: got blue-green without slo, need an objective to judge a release by");
  if (scaling.min < 1)
    problems.push(
      `rollout: got blue-green with scaling.min ${scaling.min}, need 1 or more, or nothing runs that could be judged`,
    );
  if (exposure !== undefined)
    problems.push(
      "rollout: got blue-green with an exposure, need rolling; a load balancer's target group would be empty while traffic moves",
    );
  return problems;
}
