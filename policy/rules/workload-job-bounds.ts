import { snapshot, unknownValue } from "../shared/known";
import { onResource, resourceRule } from "../shared/rule";
import { valueAt } from "../shared/tree";

const jobType = "kubernetes:batch/v1:Job";
const cronJobType = "kubernetes:batch/v1:CronJob";

export const workloadJobBounds = resourceRule({
  name: "workload-job-bounds",
  description: "Jobs end, are tried a number of times, and are cleared away.",
  reach: "production",
  severity: "low",
  tags: ["kube-linter:job-ttl-seconds-after-finished", "kyverno:require-cronjob-deadline"],
  remediationSteps:
    "Set activeDeadlineSeconds, backoffLimit and ttlSecondsAfterFinished; for a CronJob concurrencyPolicy Forbid or Replace too.",
  url: "https://kubernetes.io/docs/concepts/workloads/controllers/job/",
  settings: {},
  checks: [
    onResource([jobType], ({ props, report }) => {
      boundProblems(
        snapshot(() => props["spec"]),
        "spec",
      ).forEach(report);
    }),
    onResource([cronJobType], ({ props, report }) => {
      const spec = snapshot(() => props["spec"]);
      boundProblems(valueAt(spec, "jobTemplate", "spec"), "spec.jobTemplate.spec").forEach(report);
      const together = valueAt(spec, "concurrencyPolicy");
      if (together !== "Forbid" && together !== "Replace" && together !== unknownValue)
        report("spec.concurrencyPolicy: lets a run begin while the one before goes on");
    }),
  ],
});

function boundProblems(spec: unknown, path: string): string[] {
  return ["activeDeadlineSeconds", "backoffLimit", "ttlSecondsAfterFinished"]
    .filter((key) => valueAt(spec, key) === undefined)
    .map((key) => `${path}.${key}: is missing`);
}
