import { unknownValue } from "../shared/known";
import { podsOf } from "../shared/pods";
import { onResource, resourceRule } from "../shared/rule";
import { listAt, valueAt } from "../shared/tree";
import { containersOf, longRunningWorkloads } from "../shared/workloads";

interface Settings {
  /** Paths that look at more than the process; a restart would spread the outage of what they look at. */
  dependencyPaths: string[];
}

export const workloadProbes = resourceRule<Settings>({
  name: "workload-probes",
  description:
    "A container that listens says when it is ready and when it is dead, by two checks; death is no question of dependencies.",
  reach: "production",
  severity: "medium",
  tags: ["ckv:CKV_K8S_8", "ckv:CKV_K8S_9", "kyverno:ensure-probes-different"],
  remediationSteps:
    "Add a readiness probe, and a liveness probe of the process alone: another path than readiness, or a TCP check.",
  url: "https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/",
  settings: {
    dependencyPaths: {
      type: "array",
      items: { type: "string" },
      default: ["/ready", "/readyz", "/health/ready"],
    },
  },
  checks: [
    onResource(longRunningWorkloads, ({ type, props, settings, report }) => {
      for (const { path, container, isInit } of podsOf(type, props).flatMap(containersOf)) {
        if (isInit) continue;
        const [readiness, liveness] = ["readinessProbe", "livenessProbe"].map((probe) =>
          valueAt(container, probe),
        );
        // Nobody waits for what does not listen, and its end restarts it.
        if (listAt(container, "ports").length > 0) {
          if (readiness === undefined) report(`${path}: has no readinessProbe`);
          if (liveness === undefined) report(`${path}: has no livenessProbe`);
        }
        if (isSameQuestion(readiness, liveness))
          report(`${path}.livenessProbe: asks what the readinessProbe asks`);
        const asked = valueAt(liveness, "httpGet", "path");
        if (typeof asked === "string" && settings.dependencyPaths.includes(asked))
          report(`${path}.livenessProbe: asks ${asked}, which looks at dependencies`);
      }
    }),
  ],
});

/** Whether both ask one path or run one command; an open port says as little to either. */
function isSameQuestion(readiness: unknown, liveness: unknown): boolean {
  return (["httpGet", "exec", "grpc"] as const).some((kind) => {
    const [first, second] = [valueAt(readiness, kind), valueAt(liveness, kind)];
    if (first === undefined || first === unknownValue) return false;
    return JSON.stringify(first) === JSON.stringify(second);
  });
}
