import { snapshot } from "../shared/known";
import { podsOf } from "../shared/pods";
import { onResource, resourceRule } from "../shared/rule";
import { valueAt } from "../shared/tree";
import { carriesOne, containersOf, longRunningWorkloads } from "../shared/workloads";

interface Settings {
  /** Most pods that a rollout may take away at a time, in percent. */
  mostUnavailablePercent: number;
  /** KEY=VALUE of what gives way to everything, such as pods that only keep room free. */
  expendableLabels: string[];
}

/** What Kubernetes waits for a pod that says nothing. */
const defaultGraceSeconds = 30;

export const workloadRollout = resourceRule<Settings>({
  name: "workload-rollout",
  description:
    "A release replaces few pods at a time, and pods have the time to end what they have begun.",
  reach: "nowhere",
  severity: "low",
  tags: ["kube-linter:no-rolling-update-strategy", "eks-bpg:reliability"],
  remediationSteps:
    "Use RollingUpdate with maxUnavailable of a quarter or less, and a grace period longer than the preStop pause.",
  url: "https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#strategy",
  settings: {
    mostUnavailablePercent: { type: "number", default: 25 },
    expendableLabels: { type: "array", items: { type: "string" }, default: [] },
  },
  checks: [
    onResource(longRunningWorkloads, ({ type, props, settings, report }) => {
      const labels = valueAt(
        snapshot(() => props["metadata"]),
        "labels",
      );
      if (carriesOne(settings.expendableLabels, labels)) return;
      const spec = snapshot(() => props["spec"]);
      const strategy = valueAt(spec, "strategy", "type") ?? valueAt(spec, "updateStrategy", "type");
      if (strategy === "Recreate" || strategy === "OnDelete")
        report(`the strategy ${strategy} leaves nothing running`);
      const most = [
        valueAt(spec, "strategy", "rollingUpdate", "maxUnavailable"),
        valueAt(spec, "updateStrategy", "rollingUpdate", "maxUnavailable"),
      ].find((value) => value !== undefined);
      const percent = typeof most === "string" ? /^(\d+)%$/.exec(most)?.[1] : undefined;
      if (percent !== undefined && Number(percent) > settings.mostUnavailablePercent)
        report(`maxUnavailable: is ${percent}%, need ${settings.mostUnavailablePercent}% at most`);
      for (const pod of podsOf(type, props)) {
        const grace = valueAt(pod.spec, "terminationGracePeriodSeconds") ?? defaultGraceSeconds;
        for (const { path, container } of containersOf(pod)) {
          const pause = valueAt(container, "lifecycle", "preStop", "sleep", "seconds");
          if (typeof pause === "number" && typeof grace === "number" && pause >= grace)
            report(`${path}: pauses ${pause} s before it ends, and is killed after ${grace} s`);
        }
      }
    }),
  ],
});
