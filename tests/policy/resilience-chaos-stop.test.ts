import { resilienceChaosStop } from "../../policy/rules/resilience-chaos-stop";
import { unknownText } from "../support/check-policy";
import { describeRule } from "./rule-table";

const template = "aws:fis/experimentTemplate:ExperimentTemplate";
const good = {
  stopConditions: [{ source: "aws:cloudwatch:alarm", value: "arn" }],
  experimentOptions: { emptyTargetResolutionMode: "fail" },
  logConfiguration: { logSchemaVersion: 2 },
  targets: [{ resourceType: "aws:ec2:instance", resourceTags: [{ key: "a", value: "b" }] }],
};
const noAlarm = "stopConditions: no alarm ends it";
const role = { resourceType: "aws:iam:role", resourceArns: ["arn"] };
const instance = { resourceType: "aws:ec2:instance", resourceArns: ["arn"] };

describeRule(resilienceChaosStop, [
  ["an experiment that an alarm ends passes", template, good, []],
  [
    "one without is reported",
    template,
    { ...good, stopConditions: [{ source: "none" }] },
    [noAlarm],
  ],
  ["an empty list is none", template, { ...good, stopConditions: [] }, [noAlarm]],
  [
    "an alarm whose ARN a preview does not know passes",
    template,
    { ...good, stopConditions: [{ source: "aws:cloudwatch:alarm", value: unknownText }] },
    [],
  ],
  ["conditions that it does not know pass", template, { ...good, stopConditions: unknownText }, []],
  [
    "targets by ARN are reported, but for kinds that have nothing else",
    template,
    { ...good, targets: [role, instance] },
    ["targets: aws:ec2:instance is named by ARN, need tags that somebody put there for it"],
  ],
  [
    "empty targets have to fail, and a log is needed",
    template,
    { stopConditions: good.stopConditions },
    [
      "experimentOptions.emptyTargetResolutionMode: is not fail, so that hitting nothing looks like holding",
      "logConfiguration: is missing, so that nobody knows what was hit",
    ],
  ],
]);
