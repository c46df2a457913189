import { workloadJobBounds } from "../../policy/rules/workload-job-bounds";
import { describeRule } from "./rule-table";

const job = "kubernetes:batch/v1:Job";
const cronJob = "kubernetes:batch/v1:CronJob";
const bounds = { activeDeadlineSeconds: 600, backoffLimit: 2, ttlSecondsAfterFinished: 3600 };

describeRule(workloadJobBounds, [
  ["a job with bounds passes", job, { spec: bounds }, []],
  ["no second try is a bound", job, { spec: { ...bounds, backoffLimit: 0 } }, []],
  [
    "a job without is reported",
    job,
    { spec: {} },
    [
      "spec.activeDeadlineSeconds: is missing",
      "spec.backoffLimit: is missing",
      "spec.ttlSecondsAfterFinished: is missing",
    ],
  ],
  [
    "runs that go on together are reported",
    cronJob,
    { spec: { jobTemplate: { spec: bounds } } },
    ["spec.concurrencyPolicy: lets a run begin while the one before goes on"],
  ],
  [
    "a CronJob with bounds passes",
    cronJob,
    { spec: { concurrencyPolicy: "Forbid", jobTemplate: { spec: bounds } } },
    [],
  ],
]);
