import { snapshot, unknownValue } from "../shared/known";
import { onResource, resourceRule } from "../shared/rule";
import { listAt, textAt, valueAt } from "../shared/tree";

/** Kinds of targets that AWS finds by ARN alone. */
const byArnAlone = ["aws:iam:role", "aws:eks:cluster"];

export const resilienceChaosStop = resourceRule({
  name: "resilience-chaos-stop",
  description:
    "An experiment that breaks something is ended by an alarm, hits what is marked, fails when it hits nothing, and is logged.",
  reach: "everywhere",
  severity: "high",
  tags: ["house:chaos"],
  remediationSteps:
    "Add a stop condition with an alarm on what users see, name targets by tags, set emptyTargetResolutionMode to fail, and configure a log.",
  url: "https://docs.aws.amazon.com/fis/latest/userguide/stop-conditions.html",
  settings: {},
  checks: [
    onResource(["aws:fis/experimentTemplate:ExperimentTemplate"], ({ props, report }) => {
      const stops = snapshot((): unknown => props["stopConditions"]);
      const sources = listAt({ stops }, "stops").map((stop) => valueAt(stop, "source"));
      if (
        stops !== unknownValue &&
        !sources.some((source) => source === "aws:cloudwatch:alarm" || source === unknownValue)
      )
        report("stopConditions: no alarm ends it");
      const mode = valueAt(
        snapshot((): unknown => props["experimentOptions"]),
        "emptyTargetResolutionMode",
      );
      if (mode !== unknownValue && mode !== "fail")
        report(
          "experimentOptions.emptyTargetResolutionMode: is not fail, so that hitting nothing looks like holding",
        );
      if (snapshot((): unknown => props["logConfiguration"]) === undefined)
        report("logConfiguration: is missing, so that nobody knows what was hit");
      const targets = snapshot((): unknown => props["targets"]);
      for (const target of listAt({ targets }, "targets")) {
        const kind = textAt(target, "resourceType") ?? "";
        const arns = valueAt(target, "resourceArns");
        const named = arns === unknownValue || (Array.isArray(arns) && arns.length > 0);
        if (named && !byArnAlone.includes(kind))
          report(`targets: ${kind} is named by ARN, need tags that somebody put there for it`);
      }
    }),
  ],
});
